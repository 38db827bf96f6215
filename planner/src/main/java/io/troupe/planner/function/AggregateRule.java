package io.troupe.planner.function;

import io.troupe.planner.expression.Expression;
import io.troupe.planner.type.DataType;
import java.util.List;

/// How calls of one aggregate function are checked, converted and typed.
public interface AggregateRule {
    String name();

    /// @throws io.troupe.planner.error.TroupeException WRONG_NUM_ARGS or DATATYPE_MISMATCH
    Bound bind(List<Typed> arguments, Dialect dialect);

    /// A checked call.
    ///
    /// @param function canonical name, as the engine knows it
    /// @param display the name that Spark shows
    /// @param texts the arguments as Spark shows them
    /// @param filter a condition on the rows that the function itself implies (`count_if`), or null
    record Bound(
            String function,
            String display,
            List<Expression> arguments,
            List<String> texts,
            DataType type,
            boolean nullable,
            Expression filter) {
        public Bound shownAs(String name) {
            return new Bound(function, name, arguments, texts, type, nullable, filter);
        }

        String text() {
            return display + "(" + String.join(", ", texts) + ")";
        }
    }
}
