package io.troupe.planner.analysis;

import io.troupe.planner.expression.Attribute;
import io.troupe.planner.expression.AttributeIds;
import io.troupe.planner.expression.Named;
import io.troupe.planner.logical.LogicalPlan;
import io.troupe.planner.logical.Project;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// Gives columns new identities where one plan is used twice, as in self joins, by a Project that
/// renames nothing else.
final class FreshIds {
    private FreshIds() {}

    /// The plan with new ids for those of its columns that are in `taken`; itself when there are
    /// none.
    static LogicalPlan avoiding(LogicalPlan plan, List<Attribute> taken, AttributeIds ids) {
        Set<Attribute> known = new HashSet<>(taken);
        if (plan.output().stream().noneMatch(known::contains)) {
            return plan;
        }
        List<Named> columns = new ArrayList<>();
        for (Attribute column : plan.output()) {
            columns.add(
                    known.contains(column)
                            ? new Named(ids.copy(column), column)
                            : Named.of(column));
        }
        return new Project(plan, columns);
    }

    /// The plan with new ids for all columns.
    static LogicalPlan all(LogicalPlan plan, AttributeIds ids) {
        List<Named> columns = new ArrayList<>();
        plan.output().forEach(column -> columns.add(new Named(ids.copy(column), column)));
        return new Project(plan, columns);
    }

    /// Whether a Project does nothing but pass columns on, some under new ids.
    static boolean isRenewal(Project project) {
        List<Attribute> input = project.child().output();
        if (input.size() != project.columns().size()) {
            return false;
        }
        for (int i = 0; i < input.size(); i++) {
            Named column = project.columns().get(i);
            if (!input.get(i).equals(column.expression())
                    || !input.get(i).name().equals(column.output().name())) {
                return false;
            }
        }
        return true;
    }
}
