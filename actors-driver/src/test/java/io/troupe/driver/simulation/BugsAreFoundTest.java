package io.troupe.driver.simulation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.troupe.driver.job.RecruitDecisions;
import io.troupe.driver.node.HostDecisions;
import io.troupe.driver.schedule.DagDecisions;
import io.troupe.driver.schedule.TaskDecisions;
import io.troupe.driver.schedule.TaskLimits;
import io.troupe.driver.shuffle.StageOutputs;
import io.troupe.executor.TaskLedger;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Bugs that are put into the decision classes on purpose: the simulator must find each.
@Timeout(120)
class BugsAreFoundTest {
    private static final int SEEDS = 10_000;

    private static final Bug.Instead NOTHING = new Bug.Instead.ReturnNothing();
    private static final Bug.Instead TRUE = new Bug.Instead.ReturnTrue();
    private static final Bug.Instead FIRST = new Bug.Instead.ReturnFirst();

    private static Class<?> scheduler(String name) {
        try {
            return Class.forName(TaskDecisions.class.getPackageName() + "." + name);
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Bug.Instead without(String called) {
        return new Bug.Instead.LeaveOut(called);
    }

    static List<Bug> bugs() {
        Class<?> tasks = TaskDecisions.class;
        Class<?> dag = DagDecisions.class;
        return List.of(
                bug("a lost executor's tasks are not tried again", tasks, "lose", without("ended")),
                bug(
                        "a lost executor's outputs stay known",
                        StageOutputs.class,
                        "unregister",
                        NOTHING),
                bug("a lost input is not made again", dag, "fetchFailed", NOTHING),
                bug("a lost result is not made again", dag, "resultLost", NOTHING),
                bug("rows of different runs are mixed", dag, "rollBack", NOTHING),
                bug("late ends always count", scheduler("StageState"), "isCurrent", TRUE),
                bug("results are told twice", scheduler("StageState"), "isDelivered", NOTHING),
                bug("a stage is given up in secret", dag, "stageFailed", NOTHING),
                bug("everybody may commit", scheduler("CommitDecisions"), "ask", FIRST),
                bug("who failed keeps his leave", scheduler("CommitDecisions"), "failed", NOTHING),
                bug("leaves are kept for ever", scheduler("CommitDecisions"), "forget", NOTHING),
                bug("tasks never end", scheduler("TaskSet"), "end", TRUE),
                bug("failed tasks are forgotten", scheduler("TaskSet"), "retry", NOTHING),
                bug("slots have no limit", scheduler("ExecutorSlots"), "free", TRUE),
                bug("tries have no limit", TaskLimits.class, "outOfTries", NOTHING),
                bug("lost launches stay lost", scheduler("Reconciliation"), "compare", NOTHING),
                bug("lost drops stay lost", scheduler("DroppedQueries"), "stillHeld", NOTHING),
                bug("the dead come back", scheduler("Fleet"), "wasLost", NOTHING),
                bug("what is over is offered on", scheduler("Pools"), "remove", NOTHING),
                bug("leaving executors get tasks", scheduler("Fleet"), "drain", NOTHING),
                bug("dropped queries are kept", TaskLedger.class, "drop", NOTHING),
                bug("a lost order stays lost", RecruitDecisions.class, "tick", NOTHING),
                bug("slots of the dead stay taken", HostDecisions.class, "ended", NOTHING));
    }

    private static Bug bug(String what, Class<?> owner, String method, Bug.Instead instead) {
        return new Bug(what, owner, method, instead);
    }

    @ParameterizedTest
    @MethodSource("bugs")
    void isFound(Bug bug) throws ReflectiveOperationException {
        BuggyWorld world = new BuggyWorld(bug);
        String broken = null;
        long seed = 0;
        while (broken == null && seed < SEEDS) {
            broken = world.play(seed, seed % 8 == 7);
            seed++;
        }
        assertNotNull(broken, "not found in " + SEEDS + " seeds");
        System.out.println(bug + ": seed " + (seed - 1) + ": " + broken);
    }

    /// Worlds that share no state: what the steps depend on is the seed alone.
    @Test
    void seedThatFailsTellsTheSameStepsEachTime() throws ReflectiveOperationException {
        Bug bug = bugs().get(2);
        int failed = 0;
        for (long seed = 0; failed < 3; seed++) {
            String broken = new BuggyWorld(bug).play(seed, false);
            if (broken != null) {
                failed++;
                String told = new BuggyWorld(bug).explain(seed);
                assertTrue(told.endsWith(broken), told);
                assertTrue(told.lines().count() > 10, told);
                assertEquals(told, new BuggyWorld(bug).explain(seed));
            }
        }
    }

    @Test
    void withoutABugNothingIsFound() throws ReflectiveOperationException {
        BuggyWorld world = new BuggyWorld(null);
        for (long seed = 0; seed < 50; seed++) {
            assertNull(world.play(seed, seed % 8 == 7));
        }
    }
}
