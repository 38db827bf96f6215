package io.troupe.planner.expression;

import io.troupe.planner.type.DataType;
import java.util.List;

/// A resolved, typed scalar expression. Immutable. Aggregates and window functions are not
/// expressions: they live in the plan nodes that compute them ([AggregateCall], [WindowCall]) and
/// appear here as the [Attribute] of their result.
public sealed interface Expression
        permits Literal,
                Attribute,
                OuterReference,
                Call,
                Cast,
                CaseWhen,
                Lambda,
                LambdaVariable,
                PythonCall,
                Subquery {
    DataType type();

    /// False only when the value can never be null.
    boolean nullable();

    List<Expression> children();

    /// The same expression over other children, given in the order of [#children()].
    Expression withChildren(List<Expression> children);
}
