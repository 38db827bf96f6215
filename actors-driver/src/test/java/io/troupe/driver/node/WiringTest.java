package io.troupe.driver.node;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.troupe.cluster.protocol.BlockId;
import io.troupe.cluster.protocol.DataRequest;
import io.troupe.cluster.protocol.ExecutorAddress;
import io.troupe.cluster.protocol.ExecutorId;
import io.troupe.cluster.protocol.FilledBlocks;
import io.troupe.cluster.protocol.InputLocations;
import io.troupe.cluster.protocol.OutputSizes;
import io.troupe.cluster.protocol.QueryId;
import io.troupe.cluster.protocol.StageAttempt;
import io.troupe.cluster.protocol.StageBundle;
import io.troupe.cluster.protocol.StageId;
import io.troupe.cluster.protocol.TaskAttemptId;
import io.troupe.cluster.protocol.TaskFailure;
import io.troupe.cluster.serialization.RegisteredClasses;
import io.troupe.cluster.serialization.WireCodec;
import io.troupe.cluster.serialization.WireFormatException;
import io.troupe.executor.task.StagePlan;
import io.troupe.planner.expression.Attribute;
import io.troupe.planner.expression.Literal;
import io.troupe.planner.physical.Partitioning;
import io.troupe.planner.physical.PhysicalPlan;
import io.troupe.planner.stage.Stage;
import io.troupe.planner.stage.TaskSpec;
import io.troupe.planner.type.AtomicType;
import java.io.File;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class WiringTest {
    private final RegisteredClasses classes = Wiring.classes();
    private final WireCodec codec = new WireCodec(classes, null, 1 << 24);

    private static TaskAttemptId task(int partition) {
        return new TaskAttemptId(new StageAttempt(new StageId(new QueryId(7), 3), 2), partition, 1);
    }

    @Test
    void everythingThatPlansAreMadeOfIsReachable() {
        assertTrue(classes.classes().contains(PhysicalPlan.HashAggregate.class));
        assertTrue(classes.classes().contains(Literal.class));
        assertTrue(classes.classes().contains(TaskFailure.FetchFailure.class));
        assertTrue(classes.classes().size() > 100, "only " + classes.classes().size());
        assertEquals(16, classes.hash().length());
        assertEquals(classes.hash(), Wiring.classes().hash());
    }

    @Test
    void bundleComesBackEqual() {
        Attribute id = new Attribute(1, "id", AtomicType.LONG, false);
        PhysicalPlan scan = new PhysicalPlan.RangeScan(0, 0, Long.MAX_VALUE, 1, List.of(id));
        PhysicalPlan plan = new PhysicalPlan.Filter(scan, Literal.of("ä€𝄞"));
        Stage stage =
                new Stage(3, plan, List.of(), new Partitioning.Hash(List.of(id), 9), Set.of(4, 5));
        StagePlan sent = new StagePlan(stage, null, true);
        InputLocations input =
                new InputLocations(
                        new StageId(new QueryId(7), 2),
                        List.of(new ExecutorAddress(new ExecutorId("a"), "h", 1)),
                        new int[] {0, 0},
                        new int[] {0, 1},
                        new int[] {2, 0},
                        FilledBlocks.of(
                                List.of(
                                        OutputSizes.of(new long[] {0, 8, 0}),
                                        OutputSizes.of(new long[] {0, 0, 0})),
                                3));
        StageBundle bundle =
                new StageBundle(
                        task(0).stage(),
                        sent,
                        9,
                        List.of(input),
                        Map.of(4, new TaskSpec(4, List.of())));
        StageBundle back = (StageBundle) codec.decode(codec.encode(bundle));
        assertEquals(bundle.stage(), back.stage());
        assertEquals(stage, ((StagePlan) back.plan()).stage());
        assertArrayEquals(new int[] {0, 1}, back.inputs().getFirst().stageAttempts());
        FilledBlocks filled = back.inputs().getFirst().filled();
        assertTrue(filled.any(0, 1, 2));
        assertFalse(filled.any(0, 2, 3));
        assertFalse(filled.any(1, 0, 3));
        assertEquals(bundle.largeTasks(), back.largeTasks());
    }

    @Test
    void sharedPartsOfAPlanStayShared() {
        PhysicalPlan scan = new PhysicalPlan.RangeScan(0, 0, 5, 1, List.of());
        PhysicalPlan union = new PhysicalPlan.Union(List.of(scan, scan), List.of());
        PhysicalPlan.Union back = (PhysicalPlan.Union) codec.decode(codec.encode(union));
        assertSame(back.children().get(0), back.children().get(1));
    }

    @Test
    void literalsOfAllKindsComeBack() {
        for (Object value :
                Arrays.asList(
                        null,
                        true,
                        (byte) 1,
                        (short) 2,
                        3,
                        4L,
                        5f,
                        6d,
                        "x",
                        new BigDecimal("-12345678901234567890.12"))) {
            Literal literal = new Literal(value, AtomicType.LONG);
            assertEquals(literal, codec.decode(codec.encode(literal)));
        }
        Literal nested = new Literal(List.of(1, Arrays.asList(2, null)), AtomicType.LONG);
        assertEquals(nested, codec.decode(codec.encode(nested)));
    }

    @Test
    void failuresKeepTheirType() {
        TaskFailure failure =
                new TaskFailure.GivenUp(
                        "task 3 failed 4 times",
                        new TaskFailure.FetchFailure(
                                new BlockId(task(3), 8),
                                new ExecutorId("e"),
                                TaskFailure.FetchFailure.Reason.CORRUPT,
                                "text"));
        assertEquals(failure, codec.decode(codec.encode(failure)));
    }

    @Test
    void unregisteredClassesAreRefusedBothWays() {
        assertThrows(WireFormatException.class, () -> codec.encode(new File("x")));
        assertThrows(
                WireFormatException.class,
                () -> codec.encode(new Literal(new File("x"), AtomicType.LONG)));
    }

    @Test
    void hostileBytesGiveErrorsAndNothingElse() {
        byte[] good = codec.encode(new DataRequest.Blocks(List.of(task(1), task(2)), 0, 5));
        Random random = new Random(42);
        int refused = 0;
        for (int i = 0; i < 20_000; i++) {
            byte[] bad = good.clone();
            for (int k = 0; k <= random.nextInt(4); k++) {
                bad[random.nextInt(bad.length)] = (byte) random.nextInt(256);
            }
            byte[] cut = Arrays.copyOf(bad, 1 + random.nextInt(bad.length));
            try {
                codec.decode(random.nextBoolean() ? bad : cut);
            } catch (WireFormatException e) {
                refused++;
            }
        }
        assertTrue(refused > 5_000, "refused " + refused);
        assertEquals(new DataRequest.Blocks(List.of(task(1), task(2)), 0, 5), codec.decode(good));
    }

    @Test
    void claimsOfHugeLengthsAreRefusedBeforeAllocating() {
        byte[] bytes = codec.encode(new DataRequest.Lifeline("x".repeat(100)));
        assertThrows(
                WireFormatException.class,
                () -> codec.decode(Arrays.copyOf(bytes, bytes.length - 50)));
    }
}
