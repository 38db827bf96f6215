package io.troupe.driver.schedule;

import io.troupe.cluster.protocol.JobId;
import io.troupe.cluster.protocol.StageId;
import java.util.List;

/// A job: run what is missing of these stages until the target is done.
///
/// @param id its identity; lower ones go first
/// @param stages the target and all that it needs, directly or not
/// @param target the stage to be done: a result stage, or any other to have its outputs made
/// @param description for people: the user's line; may be empty
/// @param pool the pool whose slots it shares
/// @param deadlineMillis it is cancelled when it takes longer; 0 for no limit
public record JobSpec(
        JobId id,
        List<StageSpec> stages,
        StageId target,
        String description,
        String pool,
        long deadlineMillis) {
    /// A job of the default pool without a deadline.
    public JobSpec(JobId id, List<StageSpec> stages, StageId target, String description) {
        this(id, stages, target, description, SchedulingPolicy.Pool.DEFAULT, 0);
    }

    /// Copies the stages.
    public JobSpec {
        stages = List.copyOf(stages);
    }
}
