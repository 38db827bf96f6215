package io.troupe.planner.analysis;

import static io.troupe.planner.error.Conditions.quoted;

import io.troupe.planner.error.Conditions;
import io.troupe.planner.expression.Call;
import io.troupe.planner.expression.Expression;
import io.troupe.planner.expression.Lambda;
import io.troupe.planner.expression.LambdaVariable;
import io.troupe.planner.function.Coercion;
import io.troupe.planner.function.FunctionErrors;
import io.troupe.planner.function.Typed;
import io.troupe.planner.parsed.ParsedExpression;
import io.troupe.planner.type.ArrayType;
import io.troupe.planner.type.AtomicType;
import io.troupe.planner.type.DataType;
import io.troupe.planner.type.MapType;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/// Functions that take lambdas: `transform`, `filter`, `aggregate`, `zip_with`, the map functions …
final class HigherOrderFunctions {
    private static final Set<String> NAMES =
            Set.of(
                    "transform",
                    "filter",
                    "exists",
                    "forall",
                    "aggregate",
                    "reduce",
                    "zip_with",
                    "array_sort",
                    "map_filter",
                    "map_zip_with",
                    "transform_keys",
                    "transform_values");

    /// A parameter that a lambda is offered.
    private record Parameter(DataType type, boolean nullable) {}

    private final ExpressionAnalyzer analyzer;

    HigherOrderFunctions(ExpressionAnalyzer analyzer) {
        this.analyzer = analyzer;
    }

    static boolean handles(String name, ParsedExpression.Function call) {
        return NAMES.contains(name) && !(name.equals("array_sort") && call.arguments().size() < 2);
    }

    Typed resolve(String name, List<ParsedExpression> arguments) {
        return switch (name) {
            case "aggregate", "reduce" -> aggregate(name, arguments);
            case "zip_with" -> zipWith(arguments);
            case "map_zip_with" -> mapZipWith(arguments);
            case "map_filter", "transform_keys", "transform_values" -> overMap(name, arguments);
            default -> overArray(name, arguments);
        };
    }

    private void count(String name, List<ParsedExpression> arguments, int minimum, int maximum) {
        if (arguments.size() < minimum || arguments.size() > maximum) {
            String expected =
                    minimum == maximum
                            ? Integer.toString(minimum)
                            : "[" + minimum + ", " + maximum + "]";
            throw FunctionErrors.wrongCount(name, expected, arguments.size());
        }
    }

    private Typed lambda(ParsedExpression parsed, int minimum, Parameter... offered) {
        if (!(Stars.unlocated(parsed) instanceof ParsedExpression.LambdaFunction lambda)) {
            Typed value = analyzer.resolve(parsed);
            Lambda constant = new Lambda(List.of(), value.expression());
            return new Typed(constant, "lambdafunction(" + value.text() + ")");
        }
        int count = lambda.parameters().size();
        if (count > offered.length || count < minimum) {
            throw Conditions.analysis(
                    "INVALID_LAMBDA_FUNCTION_CALL.NUM_ARGS_MISMATCH",
                    "expectedNumArgs",
                    Integer.toString(count),
                    "actualNumArgs",
                    Integer.toString(offered.length));
        }
        List<LambdaVariable> variables = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            variables.add(
                    new LambdaVariable(
                            analyzer.query.ids().next(),
                            lambda.parameters().get(i),
                            offered[i].type(),
                            offered[i].nullable()));
        }
        if (lambda.parameters().stream()
                        .map(p -> p.toLowerCase(java.util.Locale.ROOT))
                        .distinct()
                        .count()
                < count) {
            throw Conditions.analysis(
                    "INVALID_LAMBDA_FUNCTION_CALL.DUPLICATE_ARG_NAMES",
                    "args",
                    lambda.parameters().stream()
                            .map(Conditions::id)
                            .collect(Collectors.joining(", ")),
                    "caseSensitiveConfig",
                    quoted("spark.sql.caseSensitive"));
        }
        Typed body = analyzer.withParameters(variables, () -> analyzer.resolve(lambda.body()));
        String text =
                "lambdafunction(" + body.text() + ", namedlambdavariable()".repeat(count) + ")";
        return new Typed(new Lambda(variables, body.expression()), text);
    }

    private ArrayType array(String name, Typed value, String text) {
        if (value.type() == AtomicType.VOID) {
            return new ArrayType(AtomicType.VOID, true);
        }
        if (value.type() instanceof ArrayType array) {
            return array;
        }
        throw FunctionErrors.wrongInput(name + "(" + text + ")", 0, "\"ARRAY\"", value);
    }

    private static String join(Typed... parts) {
        return List.of(parts).stream().map(Typed::text).collect(Collectors.joining(", "));
    }

    private Typed overArray(String name, List<ParsedExpression> arguments) {
        count(name, arguments, 2, 2);
        Typed value = analyzer.resolve(arguments.get(0));
        ArrayType type = array(name, value, value.text() + ", lambda");
        Parameter element = new Parameter(type.element(), type.containsNull());
        Parameter index = new Parameter(AtomicType.INTEGER, false);
        boolean comparator = name.equals("array_sort");
        Typed lambda =
                comparator
                        ? lambda(arguments.get(1), 2, element, element)
                        : name.equals("transform") || name.equals("filter")
                                ? lambda(arguments.get(1), 1, element, index)
                                : lambda(arguments.get(1), 1, element);
        String text = name + "(" + join(value, lambda) + ")";
        DataType body = lambda.type();
        DataType result =
                switch (name) {
                    case "transform" -> new ArrayType(body, lambda.nullable());
                    case "filter", "array_sort" -> type;
                    default -> AtomicType.BOOLEAN;
                };
        Expression function = lambda.expression();
        if (comparator) {
            if (body != AtomicType.INTEGER && body != AtomicType.VOID) {
                throw Conditions.analysis(
                        "DATATYPE_MISMATCH.UNEXPECTED_RETURN_TYPE",
                        "sqlExpr",
                        quoted(text),
                        "functionName",
                        Conditions.id("lambdafunction"),
                        "expectedType",
                        quoted("INT"),
                        "actualType",
                        quoted(body.sql()));
            }
        } else if (!name.equals("transform")) {
            function = predicate(lambda, text);
        }
        boolean nullable =
                value.nullable()
                        || (name.equals("exists") || name.equals("forall")) && lambda.nullable();
        Expression base = Coercion.cast(value.expression(), type, analyzer.dialect);
        return new Typed(new Call(name, List.of(base, function), result, nullable), text);
    }

    private Expression predicate(Typed lambda, String text) {
        if (lambda.type() == AtomicType.BOOLEAN) {
            return lambda.expression();
        }
        DataType target =
                Coercion.implicit(lambda.type(), AtomicType.BOOLEAN, analyzer.dialect.ansi());
        if (target == null) {
            throw FunctionErrors.wrongInput(text, 1, "\"BOOLEAN\"", lambda);
        }
        Lambda function = (Lambda) lambda.expression();
        return new Lambda(
                function.parameters(),
                Coercion.cast(function.body(), AtomicType.BOOLEAN, analyzer.dialect));
    }

    private Typed aggregate(String name, List<ParsedExpression> arguments) {
        count(name, arguments, 3, 4);
        Typed value = analyzer.resolve(arguments.get(0));
        Typed zero = analyzer.resolve(arguments.get(1));
        ArrayType type = array(name, value, value.text());
        Parameter element = new Parameter(type.element(), type.containsNull());
        Parameter state = new Parameter(zero.type(), true);
        Typed merge = lambda(arguments.get(2), 2, state, element);
        Typed finish =
                arguments.size() == 4 ? lambda(arguments.get(3), 1, state) : identity(zero.type());
        String text = name + "(" + join(value, zero, merge, finish) + ")";
        DataType stateType = zero.type();
        if (!Coercion.sameIgnoringNullability(stateType, merge.type())) {
            if (Coercion.implicit(merge.type(), stateType, analyzer.dialect.ansi()) == null
                    || !(merge.type().isNumeric()
                            && stateType.isNumeric()
                            && Coercion.wider(merge.type(), stateType, true).equals(stateType))) {
                throw Conditions.analysis(
                        "DATATYPE_MISMATCH.UNEXPECTED_INPUT_TYPE",
                        "sqlExpr",
                        quoted(text),
                        "paramIndex",
                        "third",
                        "requiredType",
                        quoted(stateType.sql()),
                        "inputSql",
                        quoted(merge.text()),
                        "inputType",
                        quoted(merge.type().sql()));
            }
            Lambda function = (Lambda) merge.expression();
            merge =
                    merge.with(
                            new Lambda(
                                    function.parameters(),
                                    Coercion.cast(function.body(), stateType, analyzer.dialect)));
        }
        Expression base = Coercion.cast(value.expression(), type, analyzer.dialect);
        return new Typed(
                new Call(
                        "aggregate",
                        List.of(base, zero.expression(), merge.expression(), finish.expression()),
                        finish.type(),
                        true),
                text);
    }

    private Typed identity(DataType type) {
        LambdaVariable variable = new LambdaVariable(analyzer.query.ids().next(), "id", type, true);
        return new Typed(
                new Lambda(List.of(variable), variable),
                "lambdafunction(namedlambdavariable(), namedlambdavariable())");
    }

    private Typed zipWith(List<ParsedExpression> arguments) {
        count("zip_with", arguments, 3, 3);
        Typed left = analyzer.resolve(arguments.get(0));
        Typed right = analyzer.resolve(arguments.get(1));
        ArrayType a = array("zip_with", left, left.text());
        ArrayType b = array("zip_with", right, right.text());
        Typed lambda =
                lambda(
                        arguments.get(2),
                        2,
                        new Parameter(a.element(), true),
                        new Parameter(b.element(), true));
        DataType type = new ArrayType(lambda.type(), lambda.nullable());
        return new Typed(
                new Call(
                        "zip_with",
                        List.of(left.expression(), right.expression(), lambda.expression()),
                        type,
                        left.nullable() || right.nullable()),
                "zip_with(" + join(left, right, lambda) + ")");
    }

    private MapType map(String name, Typed value, int index) {
        if (value.type() instanceof MapType map) {
            return map;
        }
        throw FunctionErrors.wrongInput(name + "(" + value.text() + ")", index, "\"MAP\"", value);
    }

    private Typed mapZipWith(List<ParsedExpression> arguments) {
        count("map_zip_with", arguments, 3, 3);
        Typed left = analyzer.resolve(arguments.get(0));
        Typed right = analyzer.resolve(arguments.get(1));
        MapType a = map("map_zip_with", left, 0);
        MapType b = map("map_zip_with", right, 1);
        boolean oneText =
                a.key() instanceof io.troupe.planner.type.StringType
                        != b.key() instanceof io.troupe.planner.type.StringType;
        DataType key = oneText ? null : Coercion.wider(a.key(), b.key(), analyzer.dialect.ansi());
        if (key == null) {
            throw Conditions.analysis(
                    "DATATYPE_MISMATCH.MAP_ZIP_WITH_DIFF_TYPES",
                    "sqlExpr",
                    quoted("map_zip_with(" + join(left, right) + ")"),
                    "functionName",
                    Conditions.id("map_zip_with"),
                    "leftType",
                    quoted(a.key().sql()),
                    "rightType",
                    quoted(b.key().sql()));
        }
        Typed lambda =
                lambda(
                        arguments.get(2),
                        3,
                        new Parameter(key, false),
                        new Parameter(a.value(), true),
                        new Parameter(b.value(), true));
        Expression l =
                Coercion.cast(
                        left.expression(),
                        new MapType(key, a.value(), a.valueContainsNull()),
                        analyzer.dialect);
        Expression r =
                Coercion.cast(
                        right.expression(),
                        new MapType(key, b.value(), b.valueContainsNull()),
                        analyzer.dialect);
        return new Typed(
                new Call(
                        "map_zip_with",
                        List.of(l, r, lambda.expression()),
                        new MapType(key, lambda.type(), lambda.nullable()),
                        left.nullable() || right.nullable()),
                "map_zip_with(" + join(left, right, lambda) + ")");
    }

    private Typed overMap(String name, List<ParsedExpression> arguments) {
        count(name, arguments, 2, 2);
        Typed value = analyzer.resolve(arguments.get(0));
        MapType type = map(name, value, 0);
        Typed lambda =
                lambda(
                        arguments.get(1),
                        2,
                        new Parameter(type.key(), false),
                        new Parameter(type.value(), type.valueContainsNull()));
        String text = name + "(" + join(value, lambda) + ")";
        DataType result =
                switch (name) {
                    case "map_filter" -> type;
                    case "transform_keys" ->
                            new MapType(lambda.type(), type.value(), type.valueContainsNull());
                    default -> new MapType(type.key(), lambda.type(), lambda.nullable());
                };
        Expression function =
                name.equals("map_filter") ? predicate(lambda, text) : lambda.expression();
        return new Typed(
                new Call(name, List.of(value.expression(), function), result, value.nullable()),
                text);
    }
}
