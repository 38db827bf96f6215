package io.troupe.planner.analysis;

import io.troupe.planner.error.Conditions;
import io.troupe.planner.expression.Attribute;
import io.troupe.planner.expression.Named;
import io.troupe.planner.expression.OuterReference;
import io.troupe.planner.function.Dialect;
import io.troupe.planner.function.Typed;
import io.troupe.planner.logical.LogicalPlan;
import io.troupe.planner.logical.Project;
import io.troupe.planner.parsed.ParsedExpression;
import java.util.ArrayList;
import java.util.List;

/// Columns of a particular DataFrame (`df["x"]`): the column of that name in that plan, followed
/// from where the plan sits within the inputs up to the columns in sight, through renewed ids of
/// self joins.
final class DataFrameColumns {
    /// A column and how deep below the input its plan was found.
    private record Found(Attribute attribute, int depth) {}

    private DataFrameColumns() {}

    /// @return null when the plan is not within the inputs and its column is not in sight either
    static Typed resolve(
            ParsedExpression.Name name, Scope scope, AnalysisContext context, Dialect dialect) {
        LogicalPlan plan = context.plans().apply(name.plan());
        if (plan == null) {
            return null;
        }
        ColumnNames.Match match = ColumnNames.single(name.parts(), plan.output());
        if (match == null) {
            match = ColumnNames.single(name.parts(), HiddenColumns.of(List.of(plan)));
        }
        if (match == null) {
            throw AnalysisErrors.unresolvedColumn(name.parts(), plan.output());
        }
        Attribute own = match.attribute();
        Attribute seen = inScope(plan, own, scope, name);
        if (seen != null) {
            return ColumnNames.fields(
                    new Typed(rename(seen, own.name()), own.name()), match.fields(), dialect);
        }
        for (Scope outer = scope.outer(); outer != null; outer = outer.outer()) {
            Attribute enclosing = inScope(plan, own, outer, name);
            if (enclosing != null) {
                return ColumnNames.fields(
                        new Typed(new OuterReference(enclosing), own.name()),
                        match.fields(),
                        dialect);
            }
        }
        return null;
    }

    private static Attribute rename(Attribute attribute, String name) {
        return attribute.name().equals(name)
                ? attribute
                : new Attribute(
                        attribute.id(),
                        name,
                        attribute.type(),
                        attribute.nullable(),
                        attribute.qualifier(),
                        attribute.metadata());
    }

    private static Attribute inScope(
            LogicalPlan plan, Attribute own, Scope scope, ParsedExpression.Name name) {
        List<Found> found = new ArrayList<>();
        for (LogicalPlan input : scope.plans()) {
            search(input, plan, own, 0, found);
        }
        found.removeIf(candidate -> visible(candidate.attribute(), scope) == null);
        if (found.isEmpty()) {
            return visible(own, scope);
        }
        int nearest = found.stream().mapToInt(Found::depth).min().getAsInt();
        List<Attribute> best =
                found.stream()
                        .filter(candidate -> candidate.depth() == nearest)
                        .map(Found::attribute)
                        .distinct()
                        .toList();
        if (best.size() > 1) {
            throw Conditions.analysis(
                    "AMBIGUOUS_COLUMN_REFERENCE", "name", Conditions.id(name.parts()));
        }
        return visible(best.getFirst(), scope);
    }

    private static Attribute visible(Attribute attribute, Scope scope) {
        for (Attribute candidate : scope.input()) {
            if (candidate.equals(attribute)) {
                return candidate;
            }
        }
        for (Attribute candidate : HiddenColumns.of(scope.plans())) {
            if (candidate.equals(attribute)) {
                return candidate;
            }
        }
        return null;
    }

    /// Adds what the column is called at the top of `node`, for each place below where the plan is.
    private static void search(
            LogicalPlan node, LogicalPlan plan, Attribute own, int depth, List<Found> found) {
        if (node == plan) {
            found.add(new Found(own, depth));
            return;
        }
        for (LogicalPlan child : node.children()) {
            List<Found> below = new ArrayList<>();
            search(child, plan, own, depth + 1, below);
            below.forEach(candidate ->
                    found.add(new Found(above(node, candidate.attribute()), candidate.depth())));
        }
    }

    /// A Project that only gives a column another id passes it on under that id.
    private static Attribute above(LogicalPlan node, Attribute attribute) {
        if (node instanceof Project project) {
            Attribute renewed = null;
            for (Named column : project.columns()) {
                if (attribute.equals(column.expression())) {
                    if (column.isPassThrough()) {
                        return attribute;
                    }
                    renewed =
                            column.output().name().equals(attribute.name())
                                    ? column.output()
                                    : renewed;
                }
            }
            return renewed == null || !FreshIds.isRenewal(project) ? attribute : renewed;
        }
        return attribute;
    }
}
