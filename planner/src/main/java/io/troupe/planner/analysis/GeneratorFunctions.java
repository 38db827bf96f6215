package io.troupe.planner.analysis;

import static io.troupe.planner.error.Conditions.quoted;

import io.troupe.planner.error.Conditions;
import io.troupe.planner.expression.Attribute;
import io.troupe.planner.expression.Expression;
import io.troupe.planner.expression.GeneratorCall;
import io.troupe.planner.expression.Literal;
import io.troupe.planner.function.Coercion;
import io.troupe.planner.function.FunctionErrors;
import io.troupe.planner.function.Typed;
import io.troupe.planner.parsed.ParsedExpression;
import io.troupe.planner.type.ArrayType;
import io.troupe.planner.type.AtomicType;
import io.troupe.planner.type.DataType;
import io.troupe.planner.type.MapType;
import io.troupe.planner.type.StringType;
import io.troupe.planner.type.StructField;
import io.troupe.planner.type.StructType;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/// Functions that give rows: `explode`, `posexplode`, `inline` (and their outer forms), `stack`,
/// `json_tuple`.
final class GeneratorFunctions {
    private static final Set<String> NAMES =
            Set.of(
                    "explode",
                    "explode_outer",
                    "posexplode",
                    "posexplode_outer",
                    "inline",
                    "inline_outer",
                    "stack",
                    "json_tuple",
                    "variant_explode",
                    "variant_explode_outer");

    private final ExpressionAnalyzer analyzer;

    GeneratorFunctions(ExpressionAnalyzer analyzer) {
        this.analyzer = analyzer;
    }

    static boolean handles(String name) {
        return name != null && NAMES.contains(name);
    }

    /// A generator within an expression: allowed only when it makes one column, as the whole of a
    /// select item.
    Typed resolve(String name, List<ParsedExpression> arguments) {
        Extraction.Generated generated = generate(name, arguments, List.of());
        throw Conditions.analysis(
                "UNSUPPORTED_GENERATOR.NESTED_IN_EXPRESSIONS",
                "expression",
                quoted(generated.text()));
    }

    Extraction.Generated generate(
            String name, List<ParsedExpression> arguments, List<String> names) {
        List<Typed> typed =
                analyzer.resolveAll(
                        Stars.expandArguments(
                                NamedArguments.positional(name, arguments), analyzer));
        boolean outer = name.endsWith("_outer");
        String base = outer ? name.substring(0, name.length() - "_outer".length()) : name;
        String text =
                base
                        + "("
                        + typed.stream().map(Typed::text).collect(Collectors.joining(", "))
                        + ")";
        List<Expression> converted =
                new ArrayList<>(typed.stream().map(Typed::expression).toList());
        List<StructField> columns =
                switch (base) {
                    case "explode", "posexplode" -> explode(base, typed, outer);
                    case "inline" -> inline(typed, outer);
                    case "stack" -> stack(typed, text, converted);
                    case "variant_explode" ->
                            List.of(
                                    new StructField("pos", AtomicType.INTEGER, outer),
                                    new StructField("key", StringType.STRING, true),
                                    new StructField("value", AtomicType.VARIANT, outer));
                    default -> jsonTuple(typed, converted);
                };
        if (!names.isEmpty() && names.size() != columns.size()) {
            throw Conditions.analysis(
                    "UDTF_ALIAS_NUMBER_MISMATCH",
                    "aliasesSize",
                    Integer.toString(columns.size()),
                    "aliasesNames",
                    String.join(",", names));
        }
        List<Attribute> attributes = new ArrayList<>();
        for (int i = 0; i < columns.size(); i++) {
            StructField column = columns.get(i);
            String shown = names.isEmpty() ? column.name() : names.get(i);
            attributes.add(analyzer.query.ids().attribute(shown, column.type(), column.nullable()));
        }
        return analyzer.extraction.generator(
                new GeneratorCall(base, converted, null), outer, attributes, text);
    }

    private static void count(String name, List<Typed> arguments, int expected) {
        if (arguments.size() != expected) {
            throw FunctionErrors.wrongCount(name, Integer.toString(expected), arguments.size());
        }
    }

    private static List<StructField> explode(String name, List<Typed> arguments, boolean outer) {
        count(name, arguments, 1);
        List<StructField> columns = new ArrayList<>();
        if (name.equals("posexplode")) {
            columns.add(new StructField("pos", AtomicType.INTEGER, outer));
        }
        switch (arguments.getFirst().type()) {
            case ArrayType array ->
                    columns.add(
                            new StructField("col", array.element(), outer || array.containsNull()));
            case MapType map -> {
                columns.add(new StructField("key", map.key(), outer));
                columns.add(
                        new StructField("value", map.value(), outer || map.valueContainsNull()));
            }
            default ->
                    throw FunctionErrors.wrongInput(
                            name + "(" + arguments.getFirst().text() + ")",
                            0,
                            "(\"ARRAY\" or \"MAP\")",
                            arguments.getFirst());
        }
        return columns;
    }

    private static List<StructField> inline(List<Typed> arguments, boolean outer) {
        count("inline", arguments, 1);
        if (arguments.getFirst().type() instanceof ArrayType array
                && array.element() instanceof StructType struct) {
            boolean nullable = outer || array.containsNull();
            return struct.fields().stream()
                    .map(field ->
                            new StructField(
                                    field.name(), field.type(), nullable || field.nullable()))
                    .toList();
        }
        throw FunctionErrors.wrongInput(
                "inline(" + arguments.getFirst().text() + ")",
                0,
                "\"ARRAY<STRUCT>\"",
                arguments.getFirst());
    }

    private List<StructField> stack(
            List<Typed> arguments, String text, List<Expression> converted) {
        if (arguments.size() < 2) {
            throw FunctionErrors.wrongCount("stack", "> 1", arguments.size());
        }
        if (!(arguments.getFirst().expression() instanceof Literal literal
                && literal.value() instanceof Integer rows)) {
            throw FunctionErrors.notFoldable(text, "n", "INT", arguments.getFirst());
        }
        if (rows < 1) {
            throw Conditions.analysis(
                    "DATATYPE_MISMATCH.VALUE_OUT_OF_RANGE",
                    "sqlExpr",
                    quoted(text),
                    "exprName",
                    Conditions.id("n"),
                    "valueRange",
                    "(0, 2147483647]",
                    "currentValue",
                    rows.toString());
        }
        int values = arguments.size() - 1;
        int width = (values + rows - 1) / rows;
        List<StructField> columns = new ArrayList<>();
        for (int column = 0; column < width; column++) {
            List<DataType> types = new ArrayList<>();
            for (int i = column; i < values; i += width) {
                types.add(arguments.get(i + 1).type());
            }
            DataType type = Coercion.wider(types, analyzer.dialect.ansi());
            if (type == null) {
                throw Conditions.analysis(
                        "DATATYPE_MISMATCH.STACK_COLUMN_DIFF_TYPES",
                        "sqlExpr",
                        quoted(text),
                        "columnIndex",
                        Integer.toString(column),
                        "leftParamIndex",
                        Integer.toString(column + 1),
                        "leftType",
                        quoted(types.getFirst().sql()),
                        "rightParamIndex",
                        Integer.toString(column + 1 + width),
                        "rightType",
                        quoted(types.getLast().sql()));
            }
            for (int i = column; i < values; i += width) {
                converted.set(i + 1, Coercion.cast(converted.get(i + 1), type, analyzer.dialect));
            }
            columns.add(new StructField("col" + column, type, true));
        }
        return columns;
    }

    private List<StructField> jsonTuple(List<Typed> arguments, List<Expression> converted) {
        if (arguments.size() < 2) {
            throw FunctionErrors.wrongCount("json_tuple", "> 1", arguments.size());
        }
        List<StructField> columns = new ArrayList<>();
        for (int i = 0; i < arguments.size(); i++) {
            if (!(arguments.get(i).type() instanceof StringType)
                    && arguments.get(i).type() != AtomicType.VOID) {
                String text =
                        "json_tuple("
                                + arguments.stream()
                                        .map(Typed::text)
                                        .collect(Collectors.joining(", "))
                                + ")";
                throw Conditions.analysis(
                        "DATATYPE_MISMATCH.NON_STRING_TYPE",
                        "sqlExpr",
                        quoted(text),
                        "funcName",
                        Conditions.id("json_tuple"));
            }
            converted.set(i, Coercion.cast(converted.get(i), StringType.STRING, analyzer.dialect));
            if (i > 0) {
                columns.add(new StructField("c" + (i - 1), StringType.STRING, true));
            }
        }
        return columns;
    }
}
