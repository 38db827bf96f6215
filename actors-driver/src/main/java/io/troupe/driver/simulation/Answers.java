package io.troupe.driver.simulation;

import io.troupe.cluster.protocol.StageId;
import io.troupe.cluster.protocol.TaskAttemptId;
import io.troupe.cluster.protocol.TaskId;
import io.troupe.driver.schedule.JobSpec;
import io.troupe.driver.schedule.StageSpec;
import java.util.HashMap;
import java.util.Map;

/// What simulated tasks compute: a number made from the task and from all that it read, so that a
/// wrong answer shows.
final class Answers {
    private Answers() {}

    /// A task's output.
    ///
    /// @param value the number
    /// @param picks for each task of an unstable stage that went into it, the attempt that did;
    ///   null if there is none
    record Output(long value, Map<TaskId, TaskAttemptId> picks) {
        /// Both together; null if they come from different attempts of an unstable task.
        static Map<TaskId, TaskAttemptId> merge(
                Map<TaskId, TaskAttemptId> some, Map<TaskId, TaskAttemptId> more) {
            if (some == null || more == null) {
                return some == null ? more : some;
            }
            Map<TaskId, TaskAttemptId> all = new HashMap<>(some);
            for (Map.Entry<TaskId, TaskAttemptId> pick : more.entrySet()) {
                TaskAttemptId other = all.put(pick.getKey(), pick.getValue());
                if (other != null && !other.equals(pick.getValue())) {
                    return Map.of();
                }
            }
            return all;
        }
    }

    /// What a task gives that reads nothing.
    static long start(StageId stage, int partition) {
        return mix(stage.query().value() * 1_000 + stage.number(), partition);
    }

    /// Adds something that was read.
    static long mix(long value, long read) {
        long x = (value ^ Long.rotateLeft(read, 17)) * 0x9E3779B97F4A7C15L;
        return x ^ x >>> 29;
    }

    /// The right answer: the value of each partition of the result, computed as one machine would.
    static long[] of(JobSpec job) {
        Map<StageId, long[]> values = new HashMap<>();
        for (StageSpec stage : job.stages()) {
            long[] own = new long[((Workload.StageWork) stage.plan()).tasks()];
            for (int p = 0; p < own.length; p++) {
                long read = 0;
                for (StageId input : stage.inputs()) {
                    long[] of = values.get(input);
                    for (int i = 0; i < Workload.reads(of.length); i++) {
                        read = mix(read, of[Workload.read(p, i, of.length)]);
                    }
                }
                own[p] = mix(start(stage.id(), p), read);
            }
            values.put(stage.id(), own);
        }
        return values.get(job.target());
    }
}
