package io.troupe.planner.analysis;

import static io.troupe.planner.error.Conditions.quoted;

import io.troupe.planner.error.Conditions;
import io.troupe.planner.expression.AggregateCall;
import io.troupe.planner.expression.Call;
import io.troupe.planner.expression.Expression;
import io.troupe.planner.expression.Literal;
import io.troupe.planner.expression.SortOrder;
import io.troupe.planner.expression.WindowCall;
import io.troupe.planner.expression.WindowFrame;
import io.troupe.planner.function.Coercion;
import io.troupe.planner.function.FunctionErrors;
import io.troupe.planner.function.Functions;
import io.troupe.planner.function.Typed;
import io.troupe.planner.parsed.ParsedExpression;
import io.troupe.planner.parsed.ParsedExpression.BoundKind;
import io.troupe.planner.parsed.ParsedExpression.NullTreatment;
import io.troupe.planner.parsed.ParsedExpression.WindowDefinition;
import io.troupe.planner.type.AtomicType;
import io.troupe.planner.type.DataType;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/// Resolves `function OVER (…)`.
final class WindowAnalyzer {
    private static final Set<String> RANKING =
            Set.of("row_number", "rank", "dense_rank", "percent_rank", "cume_dist", "ntile");
    private static final Set<String> OFFSETS = Set.of("lag", "lead");
    private static final Set<String> OTHERS = Set.of("nth_value");
    private static final WindowFrame ROWS_SO_FAR =
            new WindowFrame(
                    WindowFrame.Unit.ROWS,
                    WindowFrame.Fixed.UNBOUNDED_PRECEDING,
                    WindowFrame.Fixed.CURRENT_ROW,
                    WindowFrame.Exclusion.NO_OTHERS);

    /// A window function's call, its text, the frame that it insists on (or null), and that frame's
    /// text.
    private record Function(
            AggregateCall call,
            String text,
            WindowFrame frame,
            String frameText,
            boolean ignoreNulls) {}

    private record Specification(
            List<Typed> partitionBy,
            List<Typed> orderBy,
            List<SortOrder> orders,
            WindowDefinition source) {}

    private final ExpressionAnalyzer analyzer;

    WindowAnalyzer(ExpressionAnalyzer analyzer) {
        this.analyzer = analyzer;
    }

    static boolean isWindowFunction(String name) {
        return RANKING.contains(name) || OFFSETS.contains(name) || OTHERS.contains(name);
    }

    Typed resolve(ParsedExpression.Windowed windowed) {
        Specification specification = specification(windowed.window());
        Function function = function(windowed.function(), specification);
        WindowFrame frame = function.frame();
        String frameText = function.frameText();
        ParsedExpression.Frame given = specification.source().frame();
        if (given != null) {
            if (frame != null && !OTHERS.contains(function.call().function())) {
                checkFrame(function, given);
            } else {
                WindowFrames frames =
                        new WindowFrames(analyzer, specification.orderBy(), specification.orders());
                frame = frames.resolve(given);
                frameText = frames.text(given);
            }
        } else if (frame == null) {
            boolean ordered = !specification.orders().isEmpty();
            frame = ordered ? WindowFrame.UP_TO_CURRENT_PEERS : WindowFrame.WHOLE_PARTITION;
            frameText =
                    ordered
                            ? "RANGE BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW"
                            : "ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING";
        }
        String text =
                function.text() + " OVER (" + specificationText(specification, frameText) + ")";
        List<Expression> partitions =
                specification.partitionBy().stream().map(Typed::expression).toList();
        return new Typed(
                analyzer.extraction.window(
                        partitions,
                        specification.orders(),
                        new WindowCall(function.call(), frame, function.ignoreNulls()),
                        text),
                text);
    }

    private static String specificationText(Specification specification, String frameText) {
        List<String> parts = new ArrayList<>();
        if (!specification.partitionBy().isEmpty()) {
            parts.add(
                    "PARTITION BY "
                            + specification.partitionBy().stream()
                                    .map(Typed::text)
                                    .collect(Collectors.joining(", ")));
        }
        if (!specification.orders().isEmpty()) {
            parts.add(
                    "ORDER BY "
                            + FunctionAnalyzer.orderText(
                                    specification.orderBy(), specification.orders()));
        }
        parts.add(frameText);
        return String.join(" ", parts);
    }

    private Specification specification(WindowDefinition definition) {
        WindowDefinition full = definition;
        if (definition.base() != null) {
            WindowDefinition base = analyzer.query.namedWindow(definition.base());
            while (base.base() != null && base != definition) {
                base = merge(analyzer.query.namedWindow(base.base()), base);
            }
            full = merge(base, definition);
        }
        List<Typed> partitions = analyzer.resolveAll(full.partitionBy());
        List<Typed> orderings = new ArrayList<>();
        List<SortOrder> orders = new ArrayList<>();
        for (ParsedExpression.SortItem item : full.orderBy()) {
            Typed value = analyzer.resolve(item.child());
            orderings.add(value);
            orders.add(FunctionAnalyzer.sortOrder(value.expression(), item));
        }
        return new Specification(partitions, orderings, orders, full);
    }

    private static WindowDefinition merge(WindowDefinition base, WindowDefinition own) {
        return new WindowDefinition(
                base.base(),
                own.partitionBy().isEmpty() ? base.partitionBy() : own.partitionBy(),
                own.orderBy().isEmpty() ? base.orderBy() : own.orderBy(),
                own.frame() == null ? base.frame() : own.frame());
    }

    private Function function(ParsedExpression parsed, Specification specification) {
        ParsedExpression plain =
                PythonCalls.registeredAggregate(Stars.unlocated(parsed), analyzer.query);
        FunctionAnalyzer functions = new FunctionAnalyzer(analyzer);
        if (plain instanceof ParsedExpression.PythonUdf udf
                && PythonCalls.isAggregate(udf.function())) {
            FunctionAnalyzer.ResolvedAggregate resolved =
                    new PythonCalls(analyzer).pythonAggregate(udf);
            return new Function(resolved.call(), resolved.text(), null, null, false);
        }
        if (!(plain instanceof ParsedExpression.Function call)) {
            Typed value = analyzer.resolve(parsed);
            throw Conditions.analysis(
                    "UNSUPPORTED_EXPR_FOR_WINDOW", "sqlExpr", quoted(value.text()));
        }
        String name = FunctionAnalyzer.simpleName(call.name());
        if (name != null && isWindowFunction(name)) {
            return windowFunction(name, call, specification);
        }
        if (name == null || Functions.aggregate(name) == null) {
            Typed value = analyzer.resolve(parsed);
            throw Conditions.analysis(
                    "UNSUPPORTED_EXPR_FOR_WINDOW", "sqlExpr", quoted(value.text()));
        }
        boolean ignoreNulls = call.nulls() == NullTreatment.IGNORE;
        FunctionAnalyzer.ResolvedAggregate resolved =
                functions.aggregateCall(Functions.aggregate(name), call);
        if (resolved.call().distinct()) {
            throw Conditions.analysis(
                    "DISTINCT_WINDOW_FUNCTION_UNSUPPORTED", "windowExpr", quoted(resolved.text()));
        }
        AggregateCall aggregate = resolved.call();
        if ((aggregate.function().equals("first") || aggregate.function().equals("last"))
                && aggregate.arguments().size() == 2) {
            ignoreNulls = true;
            aggregate =
                    new AggregateCall(
                            aggregate.function(),
                            aggregate.arguments().subList(0, 1),
                            aggregate.type(),
                            true);
        }
        return new Function(aggregate, resolved.text(), null, null, ignoreNulls);
    }

    private Function windowFunction(
            String name, ParsedExpression.Function call, Specification specification) {
        List<Typed> arguments = analyzer.resolveAll(call.arguments());
        boolean ignoreNulls = call.nulls() == NullTreatment.IGNORE;
        if (specification.orders().isEmpty() && !OTHERS.contains(name)) {
            String text =
                    name
                            + arguments.stream()
                                    .map(Typed::text)
                                    .collect(Collectors.joining(", ", "(", ")"));
            throw Conditions.analysis(
                    "WINDOW_FUNCTION_FRAME_NOT_ORDERED", "wf_name", text, "wf_expr", text);
        }
        if (OFFSETS.contains(name)) {
            return offset(name, arguments, ignoreNulls);
        }
        if (name.equals("nth_value")) {
            return nthValue(arguments, ignoreNulls);
        }
        return ranking(name, arguments);
    }

    private Function ranking(String name, List<Typed> arguments) {
        String frameText = "ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW";
        boolean tiles = name.equals("ntile");
        boolean anyCount =
                name.equals("rank") || name.equals("dense_rank") || name.equals("percent_rank");
        if (!anyCount && arguments.size() > (tiles ? 1 : 0)) {
            throw FunctionErrors.wrongCount(name, tiles ? "[0, 1]" : "0", arguments.size());
        }
        DataType type =
                name.equals("percent_rank") || name.equals("cume_dist")
                        ? AtomicType.DOUBLE
                        : AtomicType.INTEGER;
        List<Expression> converted = new ArrayList<>();
        String text =
                switch (name) {
                    case "rank", "dense_rank", "percent_rank" ->
                            name.toUpperCase(java.util.Locale.ROOT) + "()";
                    case "ntile" ->
                            "ntile("
                                    + (arguments.isEmpty() ? "1" : arguments.getFirst().text())
                                    + ")";
                    default -> name + "()";
                };
        if (tiles) {
            Typed buckets =
                    arguments.isEmpty() ? new Typed(Literal.of(1), "1") : arguments.getFirst();
            DataType target =
                    Coercion.implicit(buckets.type(), AtomicType.INTEGER, analyzer.dialect.ansi());
            if (target == null) {
                throw FunctionErrors.wrongInput(text, 0, "\"INT\"", buckets);
            }
            positive(buckets, text, "buckets", "(0, 2147483647]");
            converted.add(
                    Coercion.cast(buckets.expression(), AtomicType.INTEGER, analyzer.dialect));
        }
        WindowFrame frame =
                name.equals("cume_dist")
                        ? new WindowFrame(
                                WindowFrame.Unit.RANGE,
                                WindowFrame.Fixed.UNBOUNDED_PRECEDING,
                                WindowFrame.Fixed.CURRENT_ROW,
                                WindowFrame.Exclusion.NO_OTHERS)
                        : ROWS_SO_FAR;
        String shown = name.equals("cume_dist") ? frameText.replace("ROWS", "RANGE") : frameText;
        return new Function(
                new AggregateCall(name, converted, type, false), text, frame, shown, false);
    }

    private Function offset(String name, List<Typed> arguments, boolean ignoreNulls) {
        if (arguments.isEmpty() || arguments.size() > 3) {
            throw FunctionErrors.wrongCount(name, "[1, 2, 3]", arguments.size());
        }
        Typed value = arguments.getFirst();
        Typed offset = arguments.size() > 1 ? arguments.get(1) : new Typed(Literal.of(1), "1");
        Typed otherwise =
                arguments.size() > 2
                        ? arguments.get(2)
                        : new Typed(Literal.ofNull(AtomicType.VOID), "NULL");
        String text =
                name + "(" + value.text() + ", " + offset.text() + ", " + otherwise.text() + ")";
        DataType type = value.type();
        if (otherwise.type() != AtomicType.VOID && !type.equals(otherwise.type())) {
            type = Coercion.wider(type, otherwise.type(), analyzer.dialect.ansi());
            if (type == null) {
                throw FunctionErrors.differentTypes(
                        text, name, List.of(value.type(), otherwise.type()));
            }
        }
        Expression steps = Coercion.cast(offset.expression(), AtomicType.INTEGER, analyzer.dialect);
        Expression back = name.equals("lag") ? negate(steps) : steps;
        WindowFrame.Bound bound = new WindowFrame.Offset(back);
        WindowFrame frame =
                new WindowFrame(
                        WindowFrame.Unit.ROWS, bound, bound, WindowFrame.Exclusion.NO_OTHERS);
        String shown =
                back instanceof Literal literal
                        ? String.valueOf(literal.value())
                        : "(- " + offset.text() + ")";
        List<Expression> converted =
                List.of(
                        Coercion.cast(value.expression(), type, analyzer.dialect),
                        steps,
                        Coercion.cast(otherwise.expression(), type, analyzer.dialect));
        boolean nullable = value.nullable() || otherwise.nullable();
        return new Function(
                new AggregateCall(name, converted, type, nullable),
                text,
                frame,
                "ROWS BETWEEN " + shown + " FOLLOWING AND " + shown + " FOLLOWING",
                ignoreNulls);
    }

    private Function nthValue(List<Typed> arguments, boolean ignoreNulls) {
        if (arguments.size() < 2 || arguments.size() > 3) {
            throw FunctionErrors.wrongCount("nth_value", "[2, 3]", arguments.size());
        }
        boolean ignore =
                ignoreNulls
                        || arguments.size() == 3
                                && arguments.get(2).expression() instanceof Literal flag
                                && Boolean.TRUE.equals(flag.value());
        List<Expression> converted =
                List.of(
                        arguments.get(0).expression(),
                        Coercion.cast(
                                arguments.get(1).expression(),
                                AtomicType.INTEGER,
                                analyzer.dialect));
        String text =
                "nth_value("
                        + arguments.get(0).text()
                        + ", "
                        + arguments.get(1).text()
                        + ")"
                        + (ignore ? " ignore nulls" : "");
        positive(arguments.get(1), text, "offset", "(0, 9223372036854775807]");
        return new Function(
                new AggregateCall("nth_value", converted, arguments.getFirst().type(), true),
                text,
                null,
                null,
                ignore);
    }

    private static void positive(Typed value, String text, String name, String range) {
        if (value.expression() instanceof Literal literal
                && literal.value() instanceof Number number
                && number.longValue() <= 0) {
            throw Conditions.analysis(
                    "DATATYPE_MISMATCH.VALUE_OUT_OF_RANGE",
                    "sqlExpr",
                    quoted(text),
                    "exprName",
                    name,
                    "valueRange",
                    range,
                    "currentValue",
                    number + (number instanceof Long ? "L" : ""));
        }
    }

    static Expression negate(Expression value) {
        return switch (value) {
            case Literal literal when literal.value() instanceof Integer number ->
                    Literal.of(-number);
            case Literal literal when literal.value() instanceof Long number ->
                    new Literal(-number, literal.type());
            case Literal literal when literal.value() instanceof Byte number ->
                    new Literal((byte) -number, literal.type());
            case Literal literal when literal.value() instanceof Short number ->
                    new Literal((short) -number, literal.type());
            case Literal literal when literal.value() instanceof Double number ->
                    new Literal(-number, literal.type());
            case Literal literal when literal.value() instanceof BigDecimal number ->
                    new Literal(number.negate(), literal.type());
            default -> new Call("negative", List.of(value), value.type(), value.nullable());
        };
    }

    private static void checkFrame(Function function, ParsedExpression.Frame given) {
        boolean offset = OFFSETS.contains(function.call().function());
        boolean same =
                !offset
                        && given.unit() == function.frame().unit()
                        && given.lower().kind() == BoundKind.UNBOUNDED_PRECEDING
                        && given.upper().kind() == BoundKind.CURRENT_ROW;
        if (!same) {
            throw Conditions.analysis(
                    "WINDOW_FUNCTION_AND_FRAME_MISMATCH",
                    "funcName",
                    quoted(function.text()),
                    "windowExpr",
                    quoted(function.text()));
        }
    }
}
