package io.troupe.planner.stage;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.troupe.planner.logical.JoinKind;
import io.troupe.planner.physical.ExchangeReading;
import io.troupe.planner.physical.PhysicalPlan;
import io.troupe.planner.physical.PhysicalPlan.BuildSide;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ExchangeSharesTest {
    private static final long MB = 1 << 20;
    private static final int ALL = Integer.MAX_VALUE;
    private static final int PRODUCERS = 8;

    private static PhysicalPlan.ExchangeRead read(int exchange, ExchangeReading reading) {
        return new PhysicalPlan.ExchangeRead(10 + exchange, exchange, List.of(), reading);
    }

    private static PhysicalPlan.ExchangeRead read(int exchange) {
        return read(exchange, ExchangeReading.BY_SIZE);
    }

    private static PhysicalPlan join(
            PhysicalPlan left, PhysicalPlan right, JoinKind kind, BuildSide build) {
        return new PhysicalPlan.HashJoin(
                left, right, kind, List.of(), List.of(), null, build, false, null, List.of(),
                List.of());
    }

    /// Tasks for two slots, of exchanges with these bytes per partition.
    private static List<List<LeafInput>> tasks(PhysicalPlan plan, Map<Integer, long[]> bytes) {
        return tasks(new Stage(99, plan, List.copyOf(bytes.keySet()), null, Set.of()), bytes);
    }

    private static List<List<LeafInput>> tasks(Stage stage, Map<Integer, long[]> bytes) {
        InputSizes sizes =
                new InputSizes() {
                    @Override
                    public boolean measured() {
                        return true;
                    }

                    @Override
                    public int producers(int exchange) {
                        return PRODUCERS;
                    }

                    @Override
                    public long[] partitionBytes(int exchange) {
                        return bytes.get(exchange);
                    }

                    @Override
                    public int cachedPartitions(long cacheId) {
                        throw new AssertionError("nothing is cached here");
                    }
                };
        return TaskLayout.tasks(stage, 2, sizes).stream().map(TaskSpec::inputs).toList();
    }

    private static LeafInput part(int exchange, int share, int from, int to) {
        return new LeafInput.Partitions(10 + exchange, share, from, to, 0, ALL);
    }

    private static long[] megabytes(long... each) {
        return LongStream.of(each).map(mb -> mb * MB).toArray();
    }

    @Test
    void neighbouringSmallPartitionsGoToOneTask() {
        assertEquals(
                List.of(
                        List.of(part(0, 0, 0, 3)),
                        List.of(part(0, 1, 3, 4)),
                        List.of(part(0, 2, 4, 6))),
                tasks(read(0), Map.of(0, new long[] {MB / 4, MB / 4, 0, 3 * MB, 0, 9})));
    }

    @Test
    void partitionsThatWereAskedForStay() {
        assertEquals(
                3, tasks(read(0, ExchangeReading.EACH), Map.of(0, new long[] {1, 1, 1})).size());
    }

    @Test
    void numbersOfPartitionsThatWereChosenStay() {
        Stage chosen = new Stage(99, read(0), List.of(0), null, Set.of(), List.of(2));
        assertEquals(
                List.of(List.of(part(0, 2, 2, 3))), tasks(chosen, Map.of(0, new long[] {1, 1, 1})));
    }

    @Test
    void pythonThatIsToldItsPartitionSeesAll() {
        PhysicalPlan plan = new PhysicalPlan.PythonMap(read(0), null, List.of());
        assertEquals(3, tasks(plan, Map.of(0, new long[] {1, 1, 1})).size());
    }

    @Test
    void sidesOfAJoinAreMergedAlike() {
        PhysicalPlan plan = join(read(0), read(1), JoinKind.FULL, BuildSide.RIGHT);
        assertEquals(
                List.of(
                        List.of(part(0, 0, 0, 2), part(1, 0, 0, 2)),
                        List.of(part(0, 1, 2, 3), part(1, 1, 2, 3))),
                tasks(
                        plan,
                        Map.of(0, new long[] {9, 9, 9}, 1, new long[] {MB / 2, MB / 3, 2 * MB})));
    }

    @Test
    void aLargePartitionIsDividedByItsProducersAndMeetsAllOfTheOtherSide() {
        PhysicalPlan plan = join(read(0), read(1), JoinKind.LEFT, BuildSide.RIGHT);
        List<List<LeafInput>> tasks =
                tasks(plan, Map.of(0, megabytes(10, 100), 1, megabytes(5, 5)));
        assertEquals(
                List.of(
                        List.of(part(0, 0, 0, 1), part(1, 0, 0, 1)),
                        List.of(piece(1, 0, 2), part(1, 1, 1, 2)),
                        List.of(piece(2, 2, 4), part(1, 2, 1, 2)),
                        List.of(piece(3, 4, 6), part(1, 3, 1, 2)),
                        List.of(piece(4, 6, 8), part(1, 4, 1, 2))),
                tasks);
    }

    private static LeafInput piece(int share, int fromMap, int toMap) {
        return new LeafInput.Partitions(10, share, 1, 2, fromMap, toMap);
    }

    @ParameterizedTest
    @CsvSource({
        "FULL,RIGHT",
        "RIGHT,RIGHT",
        "LEFT,LEFT",
        "LEFT_SEMI,LEFT",
        "LEFT_ANTI,LEFT",
        "NULL_AWARE_ANTI,RIGHT"
    })
    void aJoinThatRemembersItsProbeRowsIsNotDivided(JoinKind kind, BuildSide build) {
        PhysicalPlan plan = join(read(0), read(1), kind, build);
        int large = build == BuildSide.RIGHT ? 0 : 1;
        assertEquals(
                2,
                tasks(plan, Map.of(large, megabytes(10, 100), 1 - large, megabytes(5, 5))).size());
    }

    @Test
    void aLargeOtherSideIsNotReadManyTimes() {
        PhysicalPlan plan = join(read(0), read(1), JoinKind.INNER, BuildSide.RIGHT);
        assertEquals(2, tasks(plan, Map.of(0, megabytes(10, 100), 1, megabytes(50, 50))).size());
    }

    @Test
    void whatNeedsAWholePartitionAboveAJoinIsNotDivided() {
        PhysicalPlan plan =
                new PhysicalPlan.HashAggregate(
                        join(read(0), read(1), JoinKind.INNER, BuildSide.RIGHT),
                        List.of(),
                        List.of(),
                        PhysicalPlan.AggregateMode.COMPLETE);
        assertEquals(2, tasks(plan, Map.of(0, megabytes(10, 100), 1, megabytes(5, 5))).size());
    }

    @Test
    void childrenOfAUnionAreDividedByThemselves() {
        PhysicalPlan plan = new PhysicalPlan.Union(List.of(read(0), read(1)), List.of());
        assertEquals(
                List.of(
                        List.of(part(0, 0, 0, 3)),
                        List.of(part(1, 0, 0, 1)),
                        List.of(part(1, 1, 1, 2))),
                tasks(plan, Map.of(0, new long[] {1, 1, 1}, 1, megabytes(5, 5))));
    }

    @Test
    void whatDidNotMoveIsReadByProducer() {
        PhysicalPlan plan = read(0, ExchangeReading.BY_PRODUCER);
        assertEquals(
                List.of(
                        List.of(new LeafInput.Producers(10, 0, 0, 2)),
                        List.of(new LeafInput.Producers(10, 0, 2, 4)),
                        List.of(new LeafInput.Producers(10, 0, 4, 6)),
                        List.of(new LeafInput.Producers(10, 0, 6, 8))),
                tasks(plan, Map.of(0, megabytes(100))));
    }
}
