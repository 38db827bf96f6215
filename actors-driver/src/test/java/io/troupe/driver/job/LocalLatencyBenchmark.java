package io.troupe.driver.job;

import io.troupe.columnar.memory.MemoryPool;
import io.troupe.driver.schedule.SchedulerListener;
import io.troupe.executor.task.PythonWorkers;
import io.troupe.planner.physical.ExchangeReading;
import io.troupe.planner.physical.Partitioning;
import io.troupe.planner.physical.PhysicalPlan;
import io.troupe.planner.stage.Stage;
import io.troupe.planner.stage.StageGraph;
import java.nio.file.Files;
import java.util.Arrays;
import java.util.List;
import java.util.Set;

/// Measures the actors alone: latency of a one-task job, and empty tasks per second. Run by hand:
/// `java … io.troupe.driver.job.LocalLatencyBenchmark`.
public final class LocalLatencyBenchmark {
    private LocalLatencyBenchmark() {}

    public static void main(String[] args) throws Exception {
        long begin = System.nanoTime();
        try (JobRunner runner =
                new LocalRunner(
                                2,
                                new MemoryPool(512 << 20),
                                List.of(Files.createTempDirectory("troupe-benchmark")),
                                new ToyEngine(),
                                PythonWorkers.none(),
                                Scheduling.local(new SchedulerListener() {}))
                        .start()) {
            System.out.printf("actors started in %.0f ms%n", (System.nanoTime() - begin) / 1e6);
            long query = 0;
            for (int round = 0; round < 5; round++) {
                long[] nanos = new long[2_000];
                for (int i = 0; i < nanos.length; i++) {
                    long start = System.nanoTime();
                    run(runner, ++query, Graphs.range(1));
                    nanos[i] = System.nanoTime() - start;
                }
                Arrays.sort(nanos);
                System.out.printf(
                        "one-task job: first round %d p50 %.3f ms p99 %.3f ms%n",
                        round, nanos[nanos.length / 2] / 1e6, nanos[nanos.length * 99 / 100] / 1e6);
            }
            for (int round = 0; round < 5; round++) {
                int tasks = 50_000;
                long start = System.nanoTime();
                run(runner, ++query, empty(tasks));
                double seconds = (System.nanoTime() - start) / 1e9;
                System.out.printf("%d empty tasks: %.0f tasks/s%n", tasks, tasks / seconds);
            }
        }
    }

    private static void run(JobRunner runner, long query, StageGraph graph) {
        try (JobHandle handle = runner.run(Graphs.job(query, graph))) {
            while (handle.next() != null) {
                continue;
            }
        }
    }

    /// As many reduce tasks as the shuffle has partitions, all empty.
    private static StageGraph empty(int tasks) {
        PhysicalPlan scan = new PhysicalPlan.RangeScan(0, 0, 1, 1, List.of());
        Stage map =
                new Stage(0, scan, List.of(), new Partitioning.Hash(List.of(), tasks), Set.of());
        PhysicalPlan read = new PhysicalPlan.ExchangeRead(1, 0, List.of(), ExchangeReading.EACH);
        return new StageGraph(List.of(map, new Stage(1, read, List.of(0), null, Set.of())));
    }
}
