package io.troupe.driver.simulation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(300)
class SimulationTest {
    private static final int SEEDS = Integer.getInteger("troupe.simulation.seeds", 3_000);

    @Test
    void everyJobSucceedsWhenNothingGoesWrong() {
        for (long seed = 0; seed < 500; seed++) {
            SimulationReport report = Simulation.run(seed, SimulationSettings.PEACEFUL);
            assertEquals(SimulationSettings.PEACEFUL.jobs(), report.succeeded(), "seed " + seed);
        }
    }

    @Test
    void resultsAreRightAndJobsEndWhateverGoesWrong() {
        SortedMap<String, Integer> paths = new TreeMap<>();
        int succeeded = 0;
        for (long seed = 0; seed < SEEDS; seed++) {
            SimulationReport report = Simulation.run(seed, SimulationSettings.SMALL);
            report.paths().forEach((path, times) -> paths.merge(path, times, Integer::sum));
            succeeded += report.succeeded();
        }
        assertTrue(
                succeeded > SEEDS * SimulationSettings.SMALL.jobs() / 2,
                "succeeded: " + succeeded + " " + paths);
        for (String path :
                List.of(
                        "message lost",
                        "message duplicated",
                        "fault: kill",
                        "fault: long pause taken for death",
                        "block lost",
                        "fetch failed: MISSING",
                        "fetch failed: UNREACHABLE",
                        "result lost",
                        "launched twice",
                        "launch of an ended task",
                        "stage attempt 3",
                        "job failed: Cancelled",
                        "failed: ExecutorLost")) {
            assertTrue(paths.containsKey(path), path + " was never reached: " + paths);
        }
    }

    @Test
    void seedReplaysTheSameRun() {
        for (long seed = 100; seed < 120; seed++) {
            assertEquals(
                    Simulation.run(seed, SimulationSettings.SMALL),
                    Simulation.run(seed, SimulationSettings.SMALL));
        }
    }
}
