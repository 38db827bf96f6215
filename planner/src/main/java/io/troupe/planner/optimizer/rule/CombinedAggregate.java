package io.troupe.planner.optimizer.rule;

import io.troupe.planner.expression.Aggregate;
import io.troupe.planner.expression.AggregateCall;
import io.troupe.planner.expression.Attribute;
import io.troupe.planner.expression.AttributeIds;
import io.troupe.planner.expression.Call;
import io.troupe.planner.expression.Expression;
import io.troupe.planner.expression.Literal;
import io.troupe.planner.expression.Named;
import io.troupe.planner.type.AtomicType;
import java.util.List;

/// An aggregate over partial results of another: `aggregate` combines them, `column` above it is
/// what the other gives over all rows.
record CombinedAggregate(Aggregate aggregate, Named column) {
    /// The function that combines partial results of the call, or null when none does.
    static String function(AggregateCall call) {
        return switch (call.function()) {
            case "count", "count_if", "sum" -> "sum";
            case "min",
                    "max",
                    "bool_and",
                    "bool_or",
                    "every",
                    "some",
                    "any",
                    "bit_and",
                    "bit_or",
                    "bit_xor",
                    "first",
                    "last",
                    "any_value" ->
                    call.function();
            default -> null;
        };
    }

    /// @param partial the column of partial results
    /// @param filter which rows hold them; null for all
    static CombinedAggregate of(
            Aggregate whole, Attribute partial, Expression filter, AttributeIds ids) {
        AggregateCall call = whole.call();
        boolean counts = call.function().startsWith("count");
        Attribute output = counts ? ids.attribute("merged", call.type(), true) : whole.output();
        AggregateCall combine =
                new AggregateCall(
                        function(call),
                        List.of(partial),
                        false,
                        filter,
                        List.of(),
                        call.type(),
                        true,
                        null);
        return new CombinedAggregate(
                new Aggregate(output, combine),
                counts ? orZero(whole.output(), output) : Named.of(output));
    }

    /// The sum of no counts is a count of no rows.
    private static Named orZero(Attribute output, Attribute sum) {
        return new Named(
                output, new Call("coalesce", List.of(sum, Literal.of(0L)), AtomicType.LONG, false));
    }
}
