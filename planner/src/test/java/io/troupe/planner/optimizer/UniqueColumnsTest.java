package io.troupe.planner.optimizer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.troupe.planner.expression.Attribute;
import io.troupe.planner.expression.AttributeIds;
import io.troupe.planner.expression.Named;
import io.troupe.planner.logical.CommonTableScan;
import io.troupe.planner.logical.Join;
import io.troupe.planner.logical.JoinKind;
import io.troupe.planner.logical.LogicalPlan;
import io.troupe.planner.logical.Project;
import io.troupe.planner.logical.Range;
import io.troupe.planner.logical.WithCommonTable;
import io.troupe.planner.optimizer.rule.RuleContext;
import io.troupe.planner.optimizer.rule.UniqueColumns;
import io.troupe.planner.type.AtomicType;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class UniqueColumnsTest {
    private final AttributeIds ids = new AttributeIds();
    private final RuleContext context =
            new RuleContext(ids, null, _ -> Optional.empty(), 100_000, true);
    private final Attribute id = ids.attribute("id", AtomicType.LONG, false);
    private final LogicalPlan range = new Range(0, 10, 1, 1, List.of(id));

    @Test
    void renewsTheSecondUseOfAPlan() {
        Attribute renamed = ids.copy(id);
        LogicalPlan right = new Project(range, List.of(new Named(renamed, id)));
        LogicalPlan join = new Join(range, right, JoinKind.INNER, null);
        LogicalPlan unique = new UniqueColumns().apply(join, context);
        assertEquals(join.output(), unique.output());
        Set<Attribute> left = produced(unique.children().get(0));
        assertTrue(produced(unique.children().get(1)).stream().noneMatch(left::contains));
    }

    @Test
    void leavesPlansWithOwnColumnsAlone() {
        LogicalPlan other = new Range(0, 5, 1, 1, List.of(ids.copy(id)));
        Join join = new Join(range, other, JoinKind.INNER, null);
        assertSame(other, new UniqueColumns().apply(join, context).children().get(1));
    }

    @Test
    void bindsACommonTableOfItsOwnInARenewedPlan() {
        Attribute used = ids.copy(id);
        long table = ids.next();
        LogicalPlan bound =
                new WithCommonTable(
                        table, "t", range, new CommonTableScan(table, List.of(id), List.of(used)));
        LogicalPlan unique =
                new UniqueColumns().apply(new Join(range, bound, JoinKind.INNER, null), context);
        WithCommonTable renewed =
                assertInstanceOf(
                        WithCommonTable.class, unique.children().get(1).children().getFirst());
        CommonTableScan scan = assertInstanceOf(CommonTableScan.class, renewed.child());
        assertEquals(renewed.id(), scan.id());
        assertEquals(renewed.definition().output(), scan.source());
        assertNotEquals(List.of(id), scan.source());
    }

    private static Set<Attribute> produced(LogicalPlan plan) {
        Set<Attribute> produced = new HashSet<>(plan.output());
        plan.children().forEach(child -> produced.addAll(produced(child)));
        return produced;
    }
}
