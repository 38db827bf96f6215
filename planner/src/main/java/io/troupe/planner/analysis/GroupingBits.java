package io.troupe.planner.analysis;

import static io.troupe.planner.error.Conditions.quoted;

import io.troupe.planner.error.Conditions;
import io.troupe.planner.expression.Attribute;
import io.troupe.planner.expression.Call;
import io.troupe.planner.expression.Cast;
import io.troupe.planner.expression.Expression;
import io.troupe.planner.expression.Literal;
import io.troupe.planner.function.Typed;
import io.troupe.planner.type.AtomicType;
import java.util.List;
import java.util.stream.Collectors;

/// GROUPING and GROUPING_ID in a query with grouping sets: bits of the column that numbers the set
/// of a row. The first grouping is the highest bit; a set bit means that the grouping is rolled up.
///
/// @param groupings the grouping expressions over the input of the Expand
/// @param columns what the aggregation calls them: clauses above it (ORDER BY) name these
record GroupingBits(
        Attribute id, List<Expression> groupings, List<Attribute> columns, List<String> texts) {
    Typed grouping(Typed argument) {
        int index = groupings.indexOf(argument.expression());
        if (index < 0) {
            index = columns.indexOf(argument.expression());
        }
        if (index < 0) {
            throw Conditions.analysis(
                    "GROUPING_COLUMN_MISMATCH",
                    "grouping",
                    quoted(argument.text()),
                    "groupingColumns",
                    texts.stream().map(Conditions::quoted).collect(Collectors.joining(", ")));
        }
        int shift = groupings.size() - 1 - index;
        Expression shifted =
                new Call("shiftright", List.of(id, Literal.of(shift)), AtomicType.LONG, false);
        Expression bit = new Call("&", List.of(shifted, Literal.of(1L)), AtomicType.LONG, false);
        return new Typed(
                new Cast(bit, AtomicType.BYTE, Cast.Mode.ANSI),
                "grouping(" + argument.text() + ")");
    }

    Typed groupingId(List<Typed> arguments) {
        List<Expression> given = arguments.stream().map(Typed::expression).toList();
        if (!given.isEmpty() && !given.equals(groupings) && !given.equals(columns)) {
            throw Conditions.analysis(
                    "GROUPING_ID_COLUMN_MISMATCH",
                    "groupingIdColumn",
                    arguments.stream()
                            .map(Typed::text)
                            .map(Conditions::quoted)
                            .collect(Collectors.joining(", ")),
                    "groupByColumns",
                    texts.stream().map(Conditions::quoted).collect(Collectors.joining(", ")));
        }
        return new Typed(
                id,
                "grouping_id("
                        + arguments.stream().map(Typed::text).collect(Collectors.joining(", "))
                        + ")");
    }
}
