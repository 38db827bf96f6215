package io.troupe.planner.sql;

import io.troupe.planner.parsed.ParsedExpression;
import io.troupe.planner.parsed.ParsedExpression.Name;
import io.troupe.planner.parsed.ParsedPlan;
import io.troupe.planner.parsed.ParsedPlan.GroupKind;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// GROUP BY. ROLLUP, CUBE, GROUPING SETS and their combinations are written out as one list of
/// grouping sets, in which equal texts are the same expression object.
final class GroupReader {
    private static final int MOST_SETS = 4096;

    private final Readers readers;

    GroupReader(Readers readers) {
        this.readers = readers;
    }

    ParsedPlan grouped(
            TroupeSql.GroupClauseContext tree,
            ParsedPlan plan,
            List<ParsedExpression> columns,
            ParsedExpression having) {
        Groupings groupings = new Groupings();
        boolean plain = tree.withLevels == null && tree.groupElement().isEmpty();
        if (plain && tree.groupItem().stream().allMatch(item -> item.expression() != null)) {
            List<ParsedExpression> values =
                    tree.groupItem().stream()
                            .map(item -> readers.expressions().expression(item.expression()))
                            .toList();
            return all(values)
                    ? new ParsedPlan.GroupBy(
                            plan, GroupKind.ALL, List.of(), List.of(), columns, having)
                    : new ParsedPlan.GroupBy(
                            plan, GroupKind.GROUP_BY, values, List.of(), columns, having);
        }
        List<List<ParsedExpression>> sets = sets(tree, groupings);
        return new ParsedPlan.GroupBy(
                plan, GroupKind.GROUPING_SETS, groupings.distinct(), sets, columns, having);
    }

    private static boolean all(List<ParsedExpression> values) {
        return values.size() == 1
                && ExpressionReader.bare(values.getFirst()) instanceof Name name
                && name.parts().size() == 1
                && name.parts().getFirst().equalsIgnoreCase("all");
    }

    private List<List<ParsedExpression>> sets(
            TroupeSql.GroupClauseContext tree, Groupings groupings) {
        if (tree.withLevels != null) {
            List<List<ParsedExpression>> units = new ArrayList<>();
            tree.groupItem().forEach(item -> units.add(List.of(groupings.take(item.expression()))));
            return levels(tree.withLevels.getType(), units);
        }
        if (!tree.groupElement().isEmpty()) {
            tree.groupItem().forEach(item -> groupings.take(item.expression()));
            return tree.groupElement().stream()
                    .flatMap(element -> element(element, groupings).stream())
                    .toList();
        }
        List<List<ParsedExpression>> product = List.of(List.of());
        for (TroupeSql.GroupItemContext item : tree.groupItem()) {
            product = times(tree, product, item(item, groupings));
        }
        return product;
    }

    private List<List<ParsedExpression>> item(
            TroupeSql.GroupItemContext tree, Groupings groupings) {
        if (tree.expression() != null) {
            return List.of(List.of(groupings.take(tree.expression())));
        }
        return tree.groupLevels() != null
                ? levels(tree.groupLevels(), groupings)
                : sets(tree.groupSets(), groupings);
    }

    private List<List<ParsedExpression>> element(
            TroupeSql.GroupElementContext tree, Groupings groupings) {
        if (tree.groupLevels() != null) {
            return levels(tree.groupLevels(), groupings);
        }
        return tree.groupSets() != null
                ? sets(tree.groupSets(), groupings)
                : List.of(groupings.take(tree.groupSet()));
    }

    private List<List<ParsedExpression>> sets(
            TroupeSql.GroupSetsContext tree, Groupings groupings) {
        return tree.groupElement().stream()
                .flatMap(element -> element(element, groupings).stream())
                .toList();
    }

    private List<List<ParsedExpression>> levels(
            TroupeSql.GroupLevelsContext tree, Groupings groupings) {
        List<List<ParsedExpression>> units = tree.groupSet().stream().map(groupings::take).toList();
        return levels(tree.kind.getType(), units);
    }

    private List<List<ParsedExpression>> levels(int kind, List<List<ParsedExpression>> units) {
        List<List<ParsedExpression>> sets = new ArrayList<>();
        if (kind == TroupeSql.ROLLUP) {
            for (int length = units.size(); length >= 0; length--) {
                sets.add(joined(units.subList(0, length)));
            }
            return sets;
        }
        sets.add(List.of());
        for (List<ParsedExpression> unit : units.reversed()) {
            List<List<ParsedExpression>> with = new ArrayList<>();
            sets.forEach(set -> with.add(joined(List.of(unit, set))));
            with.addAll(sets);
            sets = with;
        }
        return sets;
    }

    private static List<ParsedExpression> joined(List<List<ParsedExpression>> parts) {
        return parts.stream().flatMap(List::stream).distinct().toList();
    }

    private List<List<ParsedExpression>> times(
            TroupeSql.GroupClauseContext tree,
            List<List<ParsedExpression>> left,
            List<List<ParsedExpression>> right) {
        if ((long) left.size() * right.size() > MOST_SETS) {
            throw readers.fail(
                    tree,
                    "GROUPING_SIZE_LIMIT_EXCEEDED",
                    "54000",
                    "Grouping sets size cannot be greater than " + MOST_SETS + ".",
                    "maxSize",
                    "" + MOST_SETS);
        }
        List<List<ParsedExpression>> product = new ArrayList<>();
        left.forEach(a -> right.forEach(b -> product.add(joined(List.of(a, b)))));
        return product;
    }

    /// The grouping expressions in the order of their first appearance, told apart by their text.
    private final class Groupings {
        private final Map<String, ParsedExpression> byText = new LinkedHashMap<>();

        ParsedExpression take(TroupeSql.ExpressionContext tree) {
            return byText.computeIfAbsent(
                    tree.getText().toLowerCase(Locale.ROOT),
                    ignored -> readers.expressions().expression(tree));
        }

        List<ParsedExpression> take(TroupeSql.GroupSetContext tree) {
            return tree.expression().stream().map(this::take).distinct().toList();
        }

        List<ParsedExpression> distinct() {
            return List.copyOf(byText.values());
        }
    }
}
