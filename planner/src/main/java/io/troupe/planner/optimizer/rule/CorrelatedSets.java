package io.troupe.planner.optimizer.rule;

import io.troupe.planner.expression.Attribute;
import io.troupe.planner.expression.AttributeIds;
import io.troupe.planner.expression.Call;
import io.troupe.planner.expression.Expression;
import io.troupe.planner.expression.Named;
import io.troupe.planner.expression.OuterReference;
import io.troupe.planner.logical.LogicalPlan;
import io.troupe.planner.logical.Project;
import io.troupe.planner.logical.SetOperation;
import io.troupe.planner.logical.Union;
import io.troupe.planner.type.AtomicType;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Decorrelates UNION, INTERSECT and EXCEPT: each input gets the outer values it is for as further
/// columns, so that rows meet only rows of the same outer row.
///
/// ```
/// A(outer.x) INTERSECT B(outer.x)  →  (A, x) INTERSECT (B, x), under outer.x <=> x
/// ```
final class CorrelatedSets {
    private final Decorrelator decorrelator;
    private final Correlation correlation;
    private final AttributeIds ids;

    CorrelatedSets(Decorrelator decorrelator, Correlation correlation, AttributeIds ids) {
        this.decorrelator = decorrelator;
        this.correlation = correlation;
        this.ids = ids;
    }

    Decorrelator.Pulled union(Union union) {
        Set<Attribute> needed = correlation.references(union);
        List<Attribute> added = needed.stream().map(ids::copy).toList();
        List<LogicalPlan> children =
                union.children().stream().map(child -> extended(child, needed)).toList();
        return new Decorrelator.Pulled(
                new Union(children, joined(union.output(), added)),
                conditions(needed, added),
                null);
    }

    Decorrelator.Pulled setOperation(SetOperation operation) {
        Set<Attribute> needed = correlation.references(operation);
        List<Attribute> added = needed.stream().map(ids::copy).toList();
        return new Decorrelator.Pulled(
                new SetOperation(
                        extended(operation.left(), needed),
                        extended(operation.right(), needed),
                        operation.kind(),
                        operation.all(),
                        joined(operation.output(), added)),
                conditions(needed, added),
                null);
    }

    /// The input's own columns, then the outer values in the order of `needed`.
    private LogicalPlan extended(LogicalPlan child, Set<Attribute> needed) {
        Decorrelator.Pulled pulled = correlation.closed(decorrelator.pull(child, false), needed);
        Map<Attribute, Expression> values = correlation.equalColumns(pulled.conditions());
        List<Named> columns = new ArrayList<>(child.output().stream().map(Named::of).toList());
        for (Attribute attribute : needed) {
            Attribute column = (Attribute) values.get(attribute);
            columns.add(new Named(ids.copy(column), column));
        }
        return new Project(pulled.plan(), columns);
    }

    private static List<Attribute> joined(List<Attribute> own, List<Attribute> added) {
        List<Attribute> output = new ArrayList<>(own);
        output.addAll(added);
        return output;
    }

    private static List<Expression> conditions(Set<Attribute> needed, List<Attribute> added) {
        List<Expression> conditions = new ArrayList<>();
        int position = 0;
        for (Attribute attribute : needed) {
            conditions.add(
                    new Call(
                            "<=>",
                            List.of(new OuterReference(attribute), added.get(position++)),
                            AtomicType.BOOLEAN,
                            false));
        }
        return conditions;
    }
}
