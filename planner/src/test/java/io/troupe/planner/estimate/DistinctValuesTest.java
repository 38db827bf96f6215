package io.troupe.planner.estimate;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.troupe.planner.expression.Attribute;
import io.troupe.planner.expression.AttributeIds;
import io.troupe.planner.expression.Call;
import io.troupe.planner.expression.CaseWhen;
import io.troupe.planner.expression.Cast;
import io.troupe.planner.expression.Expression;
import io.troupe.planner.expression.Literal;
import io.troupe.planner.type.AtomicType;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class DistinctValuesTest {
    private final AttributeIds ids = new AttributeIds();
    private final Attribute known = ids.attribute("known", AtomicType.LONG, true);
    private final Attribute unknown = ids.attribute("unknown", AtomicType.LONG, true);
    private final Estimate input =
            new Estimate(1000, Map.of(known, ColumnEstimate.UNKNOWN.withDistinct(40)), true);

    private double of(Expression expression) {
        return DistinctValues.of(expression, input);
    }

    private static Expression call(String function, Expression... arguments) {
        return new Call(function, List.of(arguments), AtomicType.LONG, true);
    }

    @Test
    void columnsHaveWhatStatisticsSay() {
        assertEquals(40, of(known));
        assertEquals(DistinctValues.UNKNOWN, of(unknown));
        assertEquals(40, of(new Cast(known, AtomicType.INTEGER, Cast.Mode.ANSI)));
        assertEquals(1, of(Literal.of(3L)));
    }

    @Test
    void remaindersAreBoundedByTheirDivisor() {
        assertEquals(14, of(call("%", unknown, Literal.of(7L))));
        assertEquals(7, of(call("pmod", unknown, Literal.of(-7L))));
        assertEquals(40, of(call("%", known, Literal.of(700L))));
        assertEquals(DistinctValues.UNKNOWN, of(call("%", unknown, known)));
    }

    @Test
    void partsOfTimesAreFew() {
        assertEquals(12, of(call("month", unknown)));
        assertEquals(DistinctValues.UNKNOWN, of(call("year", unknown)));
    }

    @Test
    void choicesHaveTheValuesOfTheirBranches() {
        Expression condition =
                new Call(">", List.of(unknown, Literal.of(1L)), AtomicType.BOOLEAN, true);
        Expression choice =
                new CaseWhen(
                        List.of(new CaseWhen.Branch(condition, Literal.of(1L))),
                        Literal.of(2L),
                        AtomicType.LONG);
        assertEquals(2, of(choice));
        assertEquals(2, of(condition));
    }

    @Test
    void neverMoreThanRows() {
        assertEquals(40, of(call("+", known, call("*", known, known))));
        assertEquals(1000, of(call("%", unknown, Literal.of(1_000_000L))));
    }
}
