package io.troupe.driver.node;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.troupe.cluster.protocol.ApplicationId;
import io.troupe.cluster.protocol.ExecutorId;
import io.troupe.driver.node.HostDecisions.Answer;
import org.junit.jupiter.api.Test;

class HostDecisionsTest {
    private static final ApplicationId ONE = new ApplicationId("one");
    private static final ApplicationId TWO = new ApplicationId("two");

    private final HostDecisions node = new HostDecisions("h:1", "a", 4, "3.12");

    @Test
    void applicationGetsOneExecutorHoweverOftenItAsks() {
        Answer.Start start = start(node, ONE, 8);
        assertEquals(4, start.slots());
        assertEquals(new Answer.Known(start.id()), node.ask(ONE, "3.12", 8));
    }

    @Test
    void slotsAreSharedAndComeBack() {
        ExecutorId first = start(node, ONE, 3).id();
        assertEquals(1, start(node, TWO, 3).slots());
        Answer full = node.ask(new ApplicationId("three"), "", 1);
        assertFalse(assertInstanceOf(Answer.Refuse.class, full).permanent());
        node.ended(first);
        assertEquals(3, node.freeSlots());
    }

    @Test
    void anotherPythonIsRefusedForGood() {
        Answer answer = node.ask(ONE, "3.13", 1);
        assertTrue(assertInstanceOf(Answer.Refuse.class, answer).permanent());
    }

    @Test
    void orderToStopSparesTheExecutorThatTookTheMeantOnesPlace() {
        ExecutorId first = start(node, ONE, 1).id();
        node.ended(first);
        ExecutorId second = start(node, ONE, 1).id();
        assertNotEquals(first, second);
        assertNull(node.toStop(ONE, first));
        assertEquals(second, node.toStop(ONE, second));
        assertEquals(second, node.toStop(ONE, null));
        assertNull(node.toStop(TWO, null));
    }

    @Test
    void processThatStartsAgainAtTheSameAddressNamesItsExecutorsAnew() {
        HostDecisions again = new HostDecisions("h:1", "b", 4, "3.12");
        assertNotEquals(start(node, ONE, 1).id(), start(again, ONE, 1).id());
    }

    private static Answer.Start start(HostDecisions node, ApplicationId application, int slots) {
        return assertInstanceOf(Answer.Start.class, node.ask(application, "", slots));
    }
}
