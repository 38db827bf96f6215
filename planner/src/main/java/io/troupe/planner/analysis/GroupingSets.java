package io.troupe.planner.analysis;

import io.troupe.planner.error.Conditions;
import io.troupe.planner.expression.Attribute;
import io.troupe.planner.expression.Expression;
import io.troupe.planner.expression.Literal;
import io.troupe.planner.expression.Named;
import io.troupe.planner.logical.Expand;
import io.troupe.planner.logical.LogicalPlan;
import io.troupe.planner.type.AtomicType;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// ROLLUP, CUBE and GROUPING SETS: each row is given once per set, with the groupings outside of
/// the set made null and a number that tells which those are.
final class GroupingSets {
    private static final int MOST_GROUPINGS = 64;

    private final QueryAnalyzer query;

    GroupingSets(QueryAnalyzer query) {
        this.query = query;
    }

    static List<List<Integer>> rollup(int size) {
        List<List<Integer>> sets = new ArrayList<>();
        for (int length = size; length >= 0; length--) {
            List<Integer> set = new ArrayList<>();
            for (int i = 0; i < length; i++) {
                set.add(i);
            }
            sets.add(set);
        }
        return sets;
    }

    static List<List<Integer>> cube(int size) {
        List<List<Integer>> sets = new ArrayList<>();
        for (long mask = (1L << size) - 1; mask >= 0; mask--) {
            List<Integer> set = new ArrayList<>();
            for (int i = 0; i < size; i++) {
                if ((mask >> (size - 1 - i) & 1) != 0) {
                    set.add(i);
                }
            }
            sets.add(set);
        }
        return sets;
    }

    AggregateScope scope(LogicalPlan child, List<SelectItem> groupings, List<List<Integer>> sets) {
        if (groupings.size() > MOST_GROUPINGS) {
            throw Conditions.analysis(
                    "GROUPING_SIZE_LIMIT_EXCEEDED", "maxSize", Integer.toString(MOST_GROUPINGS));
        }
        List<Attribute> renewed = new ArrayList<>();
        Map<Expression, Attribute> byExpression = new LinkedHashMap<>();
        List<Named> named = new ArrayList<>();
        for (SelectItem item : groupings) {
            Expression expression = item.value().expression();
            boolean always = true;
            for (List<Integer> set : sets) {
                always &= set.contains(renewed.size());
            }
            Attribute column =
                    new Attribute(
                            query.ids().next(),
                            item.name(),
                            expression.type(),
                            expression.nullable() || !always,
                            expression instanceof Attribute attribute
                                    ? attribute.qualifier()
                                    : List.of(),
                            item.metadata());
            renewed.add(column);
            byExpression.putIfAbsent(expression, column);
            named.add(Named.of(column));
        }
        Attribute id = query.ids().attribute(AggregateScope.GROUPING_ID, AtomicType.LONG, false);
        List<Attribute> output = new ArrayList<>(child.output());
        output.addAll(renewed);
        output.add(id);
        boolean repeated = sets.stream().distinct().count() < sets.size();
        Attribute position = query.ids().attribute("_gen_grouping_pos", AtomicType.INTEGER, false);
        if (repeated) {
            output.add(position);
        }
        List<List<Expression>> projections = new ArrayList<>();
        for (int i = 0; i < sets.size(); i++) {
            List<Expression> projection = projection(child, groupings, sets.get(i));
            if (repeated) {
                projection.add(Literal.of(i));
            }
            projections.add(projection);
        }
        named.add(Named.of(id));
        if (repeated) {
            named.add(Named.of(position));
        }
        List<Expression> originals =
                groupings.stream().map(item -> item.value().expression()).toList();
        List<String> texts = groupings.stream().map(item -> item.value().text()).toList();
        return AggregateScope.sets(
                new Expand(child, projections, output),
                named,
                byExpression,
                new GroupingBits(
                        id, originals, originals.stream().map(byExpression::get).toList(), texts),
                query);
    }

    private static List<Expression> projection(
            LogicalPlan child, List<SelectItem> groupings, List<Integer> set) {
        List<Expression> projection = new ArrayList<>(child.output());
        long number = 0;
        for (int i = 0; i < groupings.size(); i++) {
            Expression expression = groupings.get(i).value().expression();
            boolean kept = set.contains(i);
            projection.add(kept ? expression : Literal.ofNull(expression.type()));
            number = number << 1 | (kept ? 0 : 1);
        }
        projection.add(Literal.of(number));
        return projection;
    }
}
