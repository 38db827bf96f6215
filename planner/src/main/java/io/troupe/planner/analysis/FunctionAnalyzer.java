package io.troupe.planner.analysis;

import static io.troupe.planner.error.Conditions.id;
import static io.troupe.planner.error.Conditions.quoted;

import io.troupe.planner.error.Conditions;
import io.troupe.planner.expression.AggregateCall;
import io.troupe.planner.expression.Expression;
import io.troupe.planner.expression.Literal;
import io.troupe.planner.expression.PythonFunction;
import io.troupe.planner.expression.SortOrder;
import io.troupe.planner.function.AggregateRule;
import io.troupe.planner.function.Coercion;
import io.troupe.planner.function.Functions;
import io.troupe.planner.function.ScalarRule;
import io.troupe.planner.function.Typed;
import io.troupe.planner.parsed.ParsedExpression;
import io.troupe.planner.parsed.ParsedExpression.NullTreatment;
import io.troupe.planner.type.ArrayType;
import io.troupe.planner.type.AtomicType;
import io.troupe.planner.type.DataType;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/// Resolves calls by name: special forms, Python functions, scalar, aggregate, higher-order and
/// generator functions.
final class FunctionAnalyzer {
    private static final Set<String> PARENTHESISLESS =
            Set.of(
                    "current_date",
                    "current_timestamp",
                    "current_user",
                    "user",
                    "session_user",
                    "current_catalog",
                    "current_schema",
                    "current_database",
                    "localtimestamp",
                    "current_time",
                    "current_path");

    private final ExpressionAnalyzer analyzer;

    FunctionAnalyzer(ExpressionAnalyzer analyzer) {
        this.analyzer = analyzer;
    }

    Typed resolve(ParsedExpression.Function call) {
        String name = simpleName(call.name());
        if (name != null) {
            Typed special = special(name, call);
            if (special != null) {
                return special;
            }
            AggregateRule aggregate = Functions.aggregate(name);
            if (aggregate != null) {
                return aggregate(aggregate, call);
            }
            ScalarRule scalar = Functions.scalar(name);
            if (scalar != null) {
                return scalar(scalar, name, call);
            }
            if (WindowAnalyzer.isWindowFunction(name)) {
                String text =
                        name
                                + "("
                                + analyzer.resolveAll(call.arguments()).stream()
                                        .map(Typed::text)
                                        .collect(Collectors.joining(", "))
                                + ")";
                throw Conditions.analysis(
                        "WINDOW_FUNCTION_WITHOUT_OVER_CLAUSE", "funcName", quoted(text));
            }
            PythonFunction python = analyzer.query.context().catalog().function(name);
            if (python != null) {
                if (PythonTables.isTableFunction(python)) {
                    throw Conditions.analysis(
                            "NOT_A_SCALAR_FUNCTION", "functionName", Conditions.id(call.name()));
                }
                return new PythonCalls(analyzer)
                        .resolve(
                                new ParsedExpression.PythonUdf(
                                        python, call.arguments(), java.util.Map.of()));
            }
        }
        if ("range".equals(name)) {
            throw Conditions.analysis(
                    "NOT_A_SCALAR_FUNCTION", "functionName", Conditions.id(call.name()));
        }
        throw AnalysisErrors.unresolvedRoutine(
                call.name(), analyzer.query.context().catalog().currentDatabase());
    }

    /// The function name without `system.builtin` and the like; null when qualified by something
    /// else.
    static String simpleName(List<String> name) {
        String last = name.getLast().toLowerCase(Locale.ROOT);
        if (name.size() == 1) {
            return last;
        }
        String path = String.join(".", name.subList(0, name.size() - 1)).toLowerCase(Locale.ROOT);
        return Set.of("builtin", "system.builtin", "session", "system.session").contains(path)
                ? last
                : null;
    }

    /// `current_date` and its kin, written as a name; null for other names.
    Typed withoutParentheses(List<String> parts) {
        String name = parts.getFirst().toLowerCase(Locale.ROOT);
        if (parts.size() != 1) {
            return null;
        }
        if (name.equals("grouping__id") && analyzer.groupingBits() != null) {
            return analyzer.groupingBits().groupingId(List.of());
        }
        return PARENTHESISLESS.contains(name)
                ? Functions.scalar(name).bind(List.of(), analyzer.dialect)
                : null;
    }

    private Typed special(String name, ParsedExpression.Function call) {
        return switch (name) {
            case "grouping" -> {
                checkGrouping();
                yield analyzer.groupingBits()
                        .grouping(analyzer.resolve(call.arguments().getFirst()));
            }
            case "grouping_id" -> {
                checkGrouping();
                yield analyzer.groupingBits().groupingId(analyzer.resolveAll(call.arguments()));
            }
            case "window", "session_window", "window_time" ->
                    new TimeWindows(analyzer).resolve(name, call.arguments());
            case "struct" -> StructFunctions.struct(analyzer, call.arguments());
            case "named_struct" ->
                    StructFunctions.namedStruct(analyzer.resolveAll(expand(call.arguments())));
            case "when", "case" -> caseOf(call.arguments());
            case "getitem" ->
                    ColumnNames.extract(
                            analyzer.resolve(call.arguments().get(0)),
                            analyzer.resolve(call.arguments().get(1)),
                            false,
                            analyzer.dialect);
            case "count_distinct", "sum_distinct", "listagg_distinct", "string_agg_distinct" ->
                    resolve(
                            new ParsedExpression.Function(
                                    List.of(name.substring(0, name.lastIndexOf('_'))),
                                    call.arguments(),
                                    true,
                                    call.filter(),
                                    call.orderWithinGroup(),
                                    call.nulls()));
            case "create_map" -> resolve(new ParsedExpression.Function("map", call.arguments()));
            default -> {
                if (HigherOrderFunctions.handles(name, call)) {
                    yield new HigherOrderFunctions(analyzer).resolve(name, call.arguments());
                }
                yield GeneratorFunctions.handles(name)
                        ? new GeneratorFunctions(analyzer).resolve(name, call.arguments())
                        : null;
            }
        };
    }

    private void checkGrouping() {
        if (analyzer.groupingBits() == null) {
            throw Conditions.analysis("UNSUPPORTED_GROUPING_EXPRESSION");
        }
    }

    /// `when(c1, v1, c2, v2, …, [otherwise])`.
    private Typed caseOf(List<ParsedExpression> arguments) {
        List<ParsedExpression.CaseBranch> branches = new ArrayList<>();
        for (int i = 0; i + 1 < arguments.size(); i += 2) {
            branches.add(new ParsedExpression.CaseBranch(arguments.get(i), arguments.get(i + 1)));
        }
        ParsedExpression otherwise = arguments.size() % 2 == 1 ? arguments.getLast() : null;
        return analyzer.resolve(new ParsedExpression.Case(null, branches, otherwise));
    }

    /// Stars among arguments become the columns that they stand for.
    private List<ParsedExpression> expand(List<ParsedExpression> arguments) {
        return Stars.expandArguments(Stars.read(arguments, analyzer), analyzer);
    }

    private Typed scalar(ScalarRule rule, String name, ParsedExpression.Function call) {
        if (call.distinct()) {
            throw Conditions.analysis(
                    "INVALID_SQL_SYNTAX.FUNCTION_WITH_UNSUPPORTED_SYNTAX",
                    "prettyName",
                    id(name),
                    "syntax",
                    quoted("DISTINCT"));
        }
        if (call.filter() != null) {
            throw Conditions.analysis(
                    "INVALID_SQL_SYNTAX.FUNCTION_WITH_UNSUPPORTED_SYNTAX",
                    "prettyName",
                    id(name),
                    "syntax",
                    quoted("FILTER CLAUSE"));
        }
        List<ParsedExpression> arguments =
                NamedArguments.positional(name, expand(call.arguments()));
        return rule.bind(analyzer.resolveAll(arguments), analyzer.dialect);
    }

    /// What an aggregate call is before it becomes a column: for group-by and for windows alike.
    record ResolvedAggregate(AggregateCall call, String text) {}

    private Typed aggregate(AggregateRule rule, ParsedExpression.Function call) {
        if (analyzer.insideAggregate()) {
            throw Conditions.analysis("NESTED_AGGREGATE_FUNCTION");
        }
        ResolvedAggregate resolved = analyzer.insideAggregate(() -> aggregateCall(rule, call));
        Typed hoisted = OuterAggregates.hoisted(resolved, analyzer.scope);
        return hoisted != null
                ? hoisted
                : new Typed(
                        analyzer.extraction.aggregate(resolved.call(), resolved.text()),
                        resolved.text());
    }

    ResolvedAggregate aggregateCall(AggregateRule rule, ParsedExpression.Function call) {
        List<ParsedExpression> given = Stars.read(call.arguments(), analyzer);
        boolean countStar =
                rule.name().equals("count") && given.size() == 1 && Stars.isPlain(given.getFirst());
        List<ParsedExpression> arguments =
                countStar && !call.distinct()
                        ? List.of(new ParsedExpression.Constant(Literal.of(1)))
                        : expand(NamedArguments.positional(rule.name(), given));
        List<Typed> typed = new ArrayList<>(analyzer.resolveAll(arguments));
        if (call.nulls() == NullTreatment.IGNORE && typed.size() == 1) {
            typed.add(new Typed(Literal.TRUE, "true"));
        }
        List<Typed> orderings =
                call.orderWithinGroup().stream()
                        .map(item -> analyzer.resolve(item.child()))
                        .toList();
        boolean mode = rule.name().equals("mode") && typed.isEmpty() && !orderings.isEmpty();
        AggregateRule.Bound bound = rule.bind(mode ? orderings : typed, analyzer.dialect);
        if (call.nulls() == NullTreatment.IGNORE && bound.display().endsWith("_value")) {
            bound = bound.shownAs(bound.function());
        }
        Expression filter = bound.filter();
        List<SortOrder> order = new ArrayList<>();
        for (int i = 0; i < call.orderWithinGroup().size() && !mode; i++) {
            order.add(sortOrder(orderings.get(i).expression(), call.orderWithinGroup().get(i)));
        }
        String text =
                mode
                        ? modeText(
                                orderings.getFirst(),
                                call.orderWithinGroup().getFirst().ascending())
                        : bound.function().equals("mode") && bound.arguments().size() == 2
                                ? modeText(typed.getFirst(), true)
                                : text(bound, call, orderings, order);
        if (call.filter() != null) {
            Typed condition = filterCondition(call.filter());
            text += " FILTER (WHERE " + condition.text() + ")";
            filter =
                    filter == null
                            ? condition.expression()
                            : io.troupe.planner.expression.Expressions.booleanCall(
                                    "and", condition.expression(), filter);
        }
        AggregateCall resolved =
                new AggregateCall(
                        bound.function(),
                        bound.arguments(),
                        call.distinct(),
                        filter,
                        order,
                        bound.type(),
                        bound.nullable(),
                        null);
        return new ResolvedAggregate(withOrder(resolved, bound, order), text);
    }

    private static String modeText(Typed ordering, boolean ascending) {
        return "mode() WITHIN GROUP (ORDER BY " + ordering.text() + (ascending ? " DESC)" : ")");
    }

    private static String text(
            AggregateRule.Bound bound,
            ParsedExpression.Function call,
            List<Typed> orderings,
            List<SortOrder> order) {
        String text =
                bound.display()
                        + "("
                        + (call.distinct() ? "DISTINCT " : "")
                        + String.join(", ", bound.texts())
                        + ")";
        if (order.isEmpty()) {
            return text;
        }
        boolean inverse = bound.function().startsWith("percentile");
        String shown =
                inverse
                        ? orderings.getFirst().text()
                                + (order.getFirst().ascending() ? "" : " DESC")
                        : orderText(orderings, order);
        return text + " WITHIN GROUP (ORDER BY " + shown + ")";
    }

    private Typed filterCondition(ParsedExpression filter) {
        Typed condition = analyzer.resolve(filter);
        if (condition.type() != AtomicType.BOOLEAN) {
            throw AnalysisErrors.notBoolean(condition);
        }
        return condition;
    }

    /// The inverse distribution functions get their type and their value from the ordering.
    private AggregateCall withOrder(
            AggregateCall call, AggregateRule.Bound bound, List<SortOrder> order) {
        if (!bound.function().equals("percentile_cont")
                && !bound.function().equals("percentile_disc")) {
            return call;
        }
        if (order.size() != 1) {
            throw Conditions.analysis(
                    order.isEmpty()
                            ? "INVALID_WITHIN_GROUP_EXPRESSION.WITHIN_GROUP_MISSING"
                            : "INVALID_WITHIN_GROUP_EXPRESSION.WRONG_NUM_ORDERINGS",
                    "funcName",
                    id(bound.function()),
                    "expectedNum",
                    "1",
                    "actualNum",
                    Integer.toString(order.size()));
        }
        DataType value = order.getFirst().expression().type();
        DataType single = io.troupe.planner.function.Aggregates.interpolated(value);
        DataType type = bound.type() instanceof ArrayType ? new ArrayType(single, false) : single;
        SortOrder converted =
                new SortOrder(
                        Coercion.cast(order.getFirst().expression(), single, analyzer.dialect),
                        order.getFirst().ascending(),
                        order.getFirst().nullsFirst());
        return new AggregateCall(
                call.function(),
                call.arguments(),
                call.distinct(),
                call.filter(),
                List.of(converted),
                type,
                true,
                null);
    }

    static SortOrder sortOrder(Expression expression, ParsedExpression.SortItem item) {
        boolean nullsFirst = item.nullsFirst() == null ? item.ascending() : item.nullsFirst();
        return new SortOrder(expression, item.ascending(), nullsFirst);
    }

    static String orderText(List<Typed> typed, List<SortOrder> order) {
        List<String> texts = new ArrayList<>();
        for (int i = 0; i < order.size(); i++) {
            texts.add(
                    typed.get(i).text()
                            + (order.get(i).ascending() ? " ASC" : " DESC")
                            + (order.get(i).nullsFirst() ? " NULLS FIRST" : " NULLS LAST"));
        }
        return String.join(", ", texts);
    }
}
