package io.troupe.console.compare;

import io.troupe.console.model.ApplicationModel;
import io.troupe.console.model.OperatorFigures;
import io.troupe.console.model.QueryModel;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/// An operator in two runs of its query.
///
/// @param before what it measured in the first run, or null where the plan did not have it
/// @param after likewise in the second
record OperatorChange(OperatorFigures before, OperatorFigures after) {
    private static final Pattern IDENTITY = Pattern.compile("#\\d+");

    /// Pairs the operators of one query, by their text without the numbers that each run gives to
    /// columns, in their order; where only a part of the text is the same, by their names.
    static List<OperatorChange> of(
            ApplicationModel first, QueryModel before, ApplicationModel second, QueryModel after) {
        Map<String, OperatorFigures> left = numbered(first, before);
        Map<String, OperatorFigures> right = numbered(second, after);
        List<OperatorChange> changes = new ArrayList<>();
        left.forEach((name, figures) -> changes.add(new OperatorChange(figures, right.get(name))));
        right.forEach((name, figures) -> {
            if (!left.containsKey(name)) {
                changes.add(new OperatorChange(null, figures));
            }
        });
        return changes;
    }

    private static Map<String, OperatorFigures> numbered(ApplicationModel model, QueryModel query) {
        Map<String, Integer> seen = new HashMap<>();
        Map<String, OperatorFigures> found = new LinkedHashMap<>();
        for (OperatorFigures figures : OperatorFigures.of(model, query)) {
            String name = IDENTITY.matcher(figures.operator().text()).replaceAll("");
            found.put(name + "\n" + seen.merge(name, 1, Integer::sum), figures);
        }
        return found;
    }

    OperatorFigures any() {
        return before == null ? after : before;
    }

    long nanos() {
        return (after == null ? 0 : after.ownNanos()) - (before == null ? 0 : before.ownNanos());
    }

    long rows() {
        return (after == null ? 0 : after.rows()) - (before == null ? 0 : before.rows());
    }

    long spillBytes() {
        return (after == null ? 0 : after.spillBytes())
                - (before == null ? 0 : before.spillBytes());
    }
}
