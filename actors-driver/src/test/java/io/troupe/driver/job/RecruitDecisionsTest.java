package io.troupe.driver.job;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.troupe.cluster.protocol.ExecutorId;
import java.util.List;
import org.junit.jupiter.api.Test;

class RecruitDecisionsTest {
    private static final String NODE = "h:1";
    private static final ExecutorId FIRST = new ExecutorId("h:1/a.1");
    private static final ExecutorId SECOND = new ExecutorId("h:1/a.2");
    private static final List<RecruitAction> ASK = List.of(new RecruitAction.Ask(NODE));

    private final RecruitDecisions decisions = new RecruitDecisions();

    @Test
    void nodeIsAskedUntilItsExecutorServes() {
        assertEquals(ASK, decisions.nodeUp(NODE));
        assertEquals(ASK, decisions.tick());
        assertEquals(List.of(), decisions.granted(NODE, FIRST));
        assertEquals(ASK, decisions.tick(), "a grant is no service");
        decisions.executorJoined(FIRST);
        assertEquals(List.of(), decisions.tick());
    }

    @Test
    void nodeIsAskedAgainWhenItsExecutorWasGivenUp() {
        serve(FIRST);
        decisions.executorLost(FIRST);
        assertEquals(ASK, decisions.tick());
        assertEquals(List.of(), decisions.granted(NODE, SECOND));
    }

    @Test
    void grantOfAnExecutorThatWasGivenUpIsDismissed() {
        serve(FIRST);
        decisions.executorLost(FIRST);
        assertEquals(
                List.of(new RecruitAction.Dismiss(NODE, FIRST, "the driver gave it up")),
                decisions.granted(NODE, FIRST));
        assertEquals(ASK, decisions.tick());
    }

    @Test
    void grantThatComesAfterTheLossIsDismissedToo() {
        decisions.nodeUp(NODE);
        decisions.executorJoined(FIRST);
        decisions.executorLost(FIRST);
        assertEquals(
                List.of(new RecruitAction.Dismiss(NODE, FIRST, "the driver gave it up")),
                decisions.granted(NODE, FIRST));
    }

    @Test
    void executorWhosePlaceAnotherTookIsGone() {
        decisions.nodeUp(NODE);
        decisions.granted(NODE, FIRST);
        assertEquals(
                List.of(new RecruitAction.Gone(FIRST, "its node has another executor now")),
                decisions.granted(NODE, SECOND));
    }

    @Test
    void nodeThatLeavesTakesItsExecutorWithIt() {
        serve(FIRST);
        assertEquals(
                List.of(new RecruitAction.Gone(FIRST, "its node left the cluster")),
                decisions.nodeGone(NODE));
        assertEquals(List.of(), decisions.tick());
        assertEquals(List.of(), decisions.granted(NODE, SECOND), "it is no member");
        assertEquals(ASK, decisions.nodeUp(NODE), "a new process at the same address");
    }

    private void serve(ExecutorId executor) {
        decisions.nodeUp(NODE);
        decisions.granted(NODE, executor);
        decisions.executorJoined(executor);
    }
}
