package io.troupe.planner.analysis;

import static io.troupe.planner.error.Conditions.id;

import io.troupe.planner.error.Conditions;
import io.troupe.planner.expression.Aggregate;
import io.troupe.planner.expression.AggregateCall;
import io.troupe.planner.expression.Attribute;
import io.troupe.planner.expression.Named;
import io.troupe.planner.function.Typed;
import io.troupe.planner.logical.Aggregation;
import io.troupe.planner.logical.Distinct;
import io.troupe.planner.logical.Hinted;
import io.troupe.planner.logical.LogicalPlan;
import io.troupe.planner.logical.Project;
import io.troupe.planner.logical.Repartition;
import io.troupe.planner.parsed.ParsedExpression;
import io.troupe.planner.parsed.ParsedPlan;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;

/// withColumns, renames, drops, aliases, duplicates, hints.
final class ColumnEdits {
    private final QueryAnalyzer query;

    ColumnEdits(QueryAnalyzer query) {
        this.query = query;
    }

    LogicalPlan analyze(ParsedPlan parsed) {
        return switch (parsed) {
            case ParsedPlan.DropDuplicates drop -> duplicates(drop);
            case ParsedPlan.Aliased aliased -> aliased(aliased);
            case ParsedPlan.AddColumns add -> add(add);
            case ParsedPlan.RenameColumns rename -> rename(rename);
            case ParsedPlan.RenameAll rename -> renameAll(rename);
            case ParsedPlan.DropColumns drop -> drop(drop);
            case ParsedPlan.Hint hint -> hint(hint);
            default -> throw new IllegalArgumentException("not a column edit: " + parsed);
        };
    }

    /// Each row's first occurrence by the named columns; the others come along.
    private LogicalPlan duplicates(ParsedPlan.DropDuplicates drop) {
        LogicalPlan child = query.analyze(drop.child());
        if (drop.columns() == null) {
            return QueryAnalyzer.distinct(child);
        }
        Set<Attribute> keys = new HashSet<>();
        for (String name : drop.columns()) {
            List<Attribute> matches =
                    child.output().stream()
                            .filter(column -> column.name().equalsIgnoreCase(name))
                            .toList();
            if (matches.isEmpty()) {
                throw Conditions.analysis(
                        "UNRESOLVED_COLUMN_AMONG_FIELD_NAMES",
                        "colName",
                        Conditions.quoted(name),
                        "fieldNames",
                        child.output().stream()
                                .map(Attribute::name)
                                .collect(java.util.stream.Collectors.joining(", ")));
            }
            keys.addAll(matches);
        }
        if (keys.containsAll(child.output())) {
            return new Distinct(child);
        }
        List<Named> groupings = new ArrayList<>();
        List<Aggregate> firsts = new ArrayList<>();
        List<Named> output = new ArrayList<>();
        for (Attribute column : child.output()) {
            if (keys.contains(column)) {
                groupings.add(Named.of(column));
                output.add(Named.of(column));
            } else {
                Attribute first =
                        new Attribute(
                                query.ids().next(),
                                column.name(),
                                column.type(),
                                column.nullable(),
                                column.qualifier(),
                                column.metadata());
                firsts.add(
                        new Aggregate(
                                first,
                                new AggregateCall(
                                        "first",
                                        List.of(column),
                                        column.type(),
                                        column.nullable())));
                output.add(new Named(column, first));
            }
        }
        return new Project(new Aggregation(child, groupings, firsts), output);
    }

    private LogicalPlan aliased(ParsedPlan.Aliased aliased) {
        LogicalPlan child = query.analyze(aliased.child());
        List<Attribute> columns = child.output();
        if (!aliased.columns().isEmpty() && aliased.columns().size() != columns.size()) {
            throw Conditions.analysis(
                    "ASSIGNMENT_ARITY_MISMATCH",
                    "numTarget",
                    Integer.toString(aliased.columns().size()),
                    "numExpr",
                    Integer.toString(columns.size()));
        }
        return qualified(
                child,
                aliased.name() == null ? List.of() : List.of(aliased.name()),
                aliased.columns(),
                query);
    }

    /// The plan with another qualifier, and other names unless `names` is empty.
    static LogicalPlan qualified(
            LogicalPlan child, List<String> qualifier, List<String> names, QueryAnalyzer query) {
        List<Named> renewed = new ArrayList<>();
        List<Attribute> columns = child.output();
        for (int i = 0; i < columns.size(); i++) {
            Attribute column = columns.get(i);
            if (names.isEmpty()) {
                renewed.add(new Named(column.withQualifier(qualifier), column));
            } else {
                Attribute named =
                        new Attribute(
                                query.ids().next(),
                                names.get(i),
                                column.type(),
                                column.nullable(),
                                qualifier,
                                column.metadata());
                renewed.add(new Named(named, column));
            }
        }
        return new Project(child, renewed);
    }

    private LogicalPlan add(ParsedPlan.AddColumns add) {
        LogicalPlan child = query.analyze(add.child());
        Set<String> seen = new HashSet<>();
        for (String name : add.names()) {
            if (!seen.add(name.toLowerCase(Locale.ROOT))) {
                throw Conditions.analysis(
                        "COLUMN_ALREADY_EXISTS", "columnName", id(name.toLowerCase(Locale.ROOT)));
            }
        }
        Map<String, Integer> replaced = new HashMap<>();
        for (int i = 0; i < add.names().size(); i++) {
            replaced.put(add.names().get(i).toLowerCase(Locale.ROOT), i);
        }
        Extraction extraction = query.extraction();
        ExpressionAnalyzer analyzer = query.expressions(child, extraction);
        List<SelectItem> items = new ArrayList<>();
        Set<Integer> used = new HashSet<>();
        for (Attribute column : child.output()) {
            Integer index = replaced.get(column.name().toLowerCase(Locale.ROOT));
            if (index == null) {
                items.add(
                        new SelectItem(
                                column.name(),
                                new Typed(column, column.name()),
                                column.metadata(),
                                false,
                                true));
            } else {
                used.add(index);
                items.addAll(Stars.expand(List.of(alias(add, index)), analyzer));
            }
        }
        for (int i = 0; i < add.names().size(); i++) {
            if (!used.contains(i)) {
                items.addAll(Stars.expand(List.of(alias(add, i)), analyzer));
            }
        }
        if (extraction.hasAggregates()) {
            return AggregateScope.global(child, extraction, query).project(items, extraction);
        }
        LogicalPlan exposed =
                MissingColumns.exposeHidden(
                        extraction.withTimeWindows(child, query.dialect()), items, extraction);
        LogicalPlan plan =
                extraction.withGenerators(
                        extraction.withWindows(exposed, UnaryOperator.identity()),
                        UnaryOperator.identity());
        return new Project(plan, SelectAnalyzer.columns(items, query.ids()));
    }

    private static ParsedExpression alias(ParsedPlan.AddColumns add, int index) {
        ParsedExpression value = add.values().get(index);
        ParsedExpression plain =
                Stars.unlocated(value) instanceof ParsedExpression.Alias alias
                        ? alias.child()
                        : value;
        String metadata = index < add.metadata().size() ? add.metadata().get(index) : null;
        return new ParsedExpression.Alias(plain, List.of(add.names().get(index)), metadata);
    }

    private static Named renamed(Attribute column, String name, QueryAnalyzer query) {
        if (column.name().equals(name)) {
            return Named.of(column);
        }
        return new Named(
                new Attribute(
                        query.ids().next(),
                        name,
                        column.type(),
                        column.nullable(),
                        List.of(),
                        column.metadata()),
                column);
    }

    private LogicalPlan rename(ParsedPlan.RenameColumns rename) {
        LogicalPlan child = query.analyze(rename.child());
        Map<String, String> names = new HashMap<>();
        rename.names().forEach((from, to) -> names.put(from.toLowerCase(Locale.ROOT), to));
        List<Named> columns = new ArrayList<>();
        for (Attribute column : child.output()) {
            columns.add(
                    renamed(
                            column,
                            names.getOrDefault(
                                    column.name().toLowerCase(Locale.ROOT), column.name()),
                            query));
        }
        return new Project(child, columns);
    }

    private LogicalPlan renameAll(ParsedPlan.RenameAll rename) {
        LogicalPlan child = query.analyze(rename.child());
        List<Attribute> columns = child.output();
        if (columns.size() != rename.names().size()) {
            throw Conditions.of(
                    io.troupe.planner.error.TroupeException.Kind.IllegalArgumentException,
                    "ASSIGNMENT_ARITY_MISMATCH",
                    "numTarget",
                    Integer.toString(rename.names().size()),
                    "numExpr",
                    Integer.toString(columns.size()));
        }
        List<Named> renewed = new ArrayList<>();
        for (int i = 0; i < columns.size(); i++) {
            renewed.add(renamed(columns.get(i), rename.names().get(i), query));
        }
        return new Project(child, renewed);
    }

    /// Columns that do not exist are ignored, as Spark does.
    private LogicalPlan drop(ParsedPlan.DropColumns drop) {
        LogicalPlan child = query.analyze(drop.child());
        Set<Attribute> dropped = new HashSet<>();
        for (ParsedExpression expression : drop.columns()) {
            if (!(Stars.unlocated(expression) instanceof ParsedExpression.Name name)) {
                continue;
            }
            if (name.plan() == null) {
                ColumnNames.find(name.parts(), child.output()).stream()
                        .filter(match -> match.fields().isEmpty())
                        .forEach(match -> dropped.add(match.attribute()));
                continue;
            }
            try {
                Typed value = query.expressions(child, query.extraction()).resolve(name);
                if (value.expression() instanceof Attribute attribute) {
                    dropped.add(attribute);
                }
            } catch (io.troupe.planner.error.TroupeException e) {
                if (!e.condition().startsWith("UNRESOLVED_COLUMN")) {
                    throw e;
                }
            }
        }
        List<Named> kept =
                child.output().stream()
                        .filter(column -> !dropped.contains(column))
                        .map(Named::of)
                        .toList();
        return kept.size() == child.output().size() ? child : new Project(child, kept);
    }

    private LogicalPlan hint(ParsedPlan.Hint hint) {
        LogicalPlan child = query.analyze(hint.child());
        String name = hint.name().toLowerCase(Locale.ROOT);
        List<String> parameters = new ArrayList<>();
        int partitions = 0;
        for (ParsedExpression parameter : hint.parameters()) {
            switch (Stars.unlocated(parameter)) {
                case ParsedExpression.Name column ->
                        parameters.add(String.join(".", column.parts()));
                case ParsedExpression.Constant constant -> {
                    partitions =
                            constant.literal().value() instanceof Integer number
                                    ? number
                                    : partitions;
                    parameters.add(String.valueOf(constant.literal().value()));
                }
                default -> parameters.add(parameter.toString());
            }
        }
        if (name.equals("repartition")
                || name.equals("coalesce")
                || name.equals("repartition_by_range")) {
            List<ParsedExpression> by =
                    hint.parameters().stream()
                            .filter(parameter ->
                                    !(Stars.unlocated(parameter)
                                            instanceof ParsedExpression.Constant))
                            .toList();
            Repartition.Kind kind =
                    switch (name) {
                        case "coalesce" -> Repartition.Kind.COALESCE;
                        case "repartition_by_range" -> Repartition.Kind.RANGE;
                        default ->
                                by.isEmpty() ? Repartition.Kind.ROUND_ROBIN : Repartition.Kind.HASH;
                    };
            return new SortAnalyzer(query)
                    .repartition(new ParsedPlan.RepartitionBy(hint.child(), kind, by, partitions));
        }
        return new Hinted(child, name, parameters);
    }
}
