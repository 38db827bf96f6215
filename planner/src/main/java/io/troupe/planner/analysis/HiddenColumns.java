package io.troupe.planner.analysis;

import io.troupe.planner.expression.Attribute;
import io.troupe.planner.expression.Named;
import io.troupe.planner.logical.Filter;
import io.troupe.planner.logical.Join;
import io.troupe.planner.logical.Limit;
import io.troupe.planner.logical.LogicalPlan;
import io.troupe.planner.logical.Project;
import io.troupe.planner.logical.Sort;
import java.util.ArrayList;
import java.util.List;

/// The columns that USING and NATURAL joins hide but still answer to (`r.k` after `l JOIN r USING
/// (k)`). Such a join is a Project that keeps the visible columns of a wider Project directly over
/// the Join.
final class HiddenColumns {
    private HiddenColumns() {}

    static List<Attribute> of(List<LogicalPlan> plans) {
        List<Attribute> hidden = new ArrayList<>();
        plans.forEach(plan -> collect(plan, hidden));
        return hidden;
    }

    private static void collect(LogicalPlan plan, List<Attribute> hidden) {
        switch (plan) {
            case Project outer
                    when outer.child() instanceof Project inner
                            && inner.child() instanceof Join -> {
                if (outer.columns().stream().allMatch(Named::isPassThrough)) {
                    List<Attribute> visible = outer.output();
                    inner.output().stream()
                            .filter(column -> !visible.contains(column))
                            .forEach(hidden::add);
                }
            }
            case Filter filter -> collect(filter.child(), hidden);
            case Sort sort -> collect(sort.child(), hidden);
            case Limit limit -> collect(limit.child(), hidden);
            case Join join -> {
                collect(join.left(), hidden);
                collect(join.right(), hidden);
            }
            default -> {}
        }
    }
}
