package io.troupe.planner.function;

import static io.troupe.planner.error.Conditions.id;
import static io.troupe.planner.error.Conditions.quoted;

import io.troupe.planner.error.Conditions;
import io.troupe.planner.expression.Call;
import io.troupe.planner.expression.Expression;
import io.troupe.planner.type.ArrayType;
import io.troupe.planner.type.AtomicType;
import io.troupe.planner.type.DataType;
import io.troupe.planner.type.DayTimeIntervalType;
import io.troupe.planner.type.StringType;
import io.troupe.planner.type.StructField;
import io.troupe.planner.type.StructType;
import io.troupe.planner.type.YearMonthIntervalType;
import java.util.ArrayList;
import java.util.List;

/// Arrays made of others or of ranges, and vectors.
final class SequenceFunctions {
    private SequenceFunctions() {}

    static void register(ScalarTable table) {
        table.add("arrays_zip", 0, ScalarTable.ANY_COUNT, (a, _) -> zip(a));
        table.add("flatten", 1, 1, (a, _) -> flatten(a.getFirst()));
        table.add("sequence", 2, 3, SequenceFunctions::sequence);
        vectors(table);
    }

    private static Typed zip(List<Typed> a) {
        List<String> names = new ArrayList<>();
        List<StructField> fields = new ArrayList<>();
        List<Expression> arguments = new ArrayList<>();
        String text = ConditionalFunctions.call("arrays_zip", a);
        for (int i = 0; i < a.size(); i++) {
            if (!(a.get(i).type() instanceof ArrayType type)) {
                throw FunctionErrors.wrongInput(text, i, "\"ARRAY\"", a.get(i));
            }
            boolean named = a.get(i).expression() instanceof io.troupe.planner.expression.Attribute;
            boolean field = a.get(i).expression() instanceof Call call && call.is("getfield");
            String shown = a.get(i).text();
            String name =
                    named
                            ? shown
                            : field
                                    ? shown.substring(shown.lastIndexOf('.') + 1)
                                    : Integer.toString(i);
            names.add(name);
            fields.add(new StructField(name, type.element(), true));
            arguments.add(a.get(i).expression());
        }
        return new Typed(
                new Call(
                        "arrays_zip",
                        arguments,
                        new ArrayType(new StructType(fields), false),
                        arguments.stream().anyMatch(Expression::nullable)),
                text);
    }

    private static Typed flatten(Typed value) {
        String text = "flatten(" + value.text() + ")";
        if (value.type() instanceof ArrayType outer && outer.element() instanceof ArrayType inner) {
            return new Typed(
                    new Call(
                            "flatten",
                            List.of(value.expression()),
                            inner,
                            value.nullable() || outer.containsNull()),
                    text);
        }
        throw FunctionErrors.wrongInput(text, 0, "\"ARRAY\" of \"ARRAY\"", value);
    }

    private static Typed sequence(List<Typed> a, Dialect dialect) {
        String text = ConditionalFunctions.call("sequence", a);
        DataType start = a.get(0).type();
        DataType stop = a.get(1).type();
        boolean temporal = Coercion.isDatetime(start) || Coercion.isDatetime(stop);
        DataType type = Coercion.wider(start, stop, dialect.ansi());
        if (type instanceof StringType || type != null && !type.isIntegral() && !temporal) {
            type = null;
        }
        boolean stepFits =
                a.size() < 3
                        || (temporal
                                ? a.get(2).type() instanceof DayTimeIntervalType
                                        || a.get(2).type() instanceof YearMonthIntervalType
                                        || a.get(2).type() == AtomicType.CALENDAR_INTERVAL
                                : a.get(2).type().isIntegral());
        if (type == null || !stepFits) {
            throw Conditions.analysis(
                    "DATATYPE_MISMATCH.SEQUENCE_WRONG_INPUT_TYPES",
                    "sqlExpr",
                    quoted(text),
                    "functionName",
                    id("sequence"),
                    "startType",
                    "(\"TIMESTAMP\" or \"TIMESTAMP_NTZ\" or \"DATE\")",
                    "stepType",
                    "(\"INTERVAL\" or \"INTERVAL YEAR TO MONTH\" or \"INTERVAL DAY TO SECOND\")",
                    "otherStartType",
                    quoted("INTEGRAL"));
        }
        if (!temporal && a.size() == 3) {
            type = Coercion.wider(type, a.get(2).type(), dialect.ansi());
        }
        List<Expression> arguments = new ArrayList<>();
        arguments.add(Coercion.cast(a.get(0).expression(), type, dialect));
        arguments.add(Coercion.cast(a.get(1).expression(), type, dialect));
        if (a.size() == 3) {
            arguments.add(
                    temporal
                            ? a.get(2).expression()
                            : Coercion.cast(a.get(2).expression(), type, dialect));
        }
        boolean nullable = arguments.stream().anyMatch(Expression::nullable);
        return new Typed(
                new Call("sequence", arguments, new ArrayType(type, false), nullable), text);
    }

    private static void vectors(ScalarTable table) {
        Accept floats = Accept.exactly(new ArrayType(AtomicType.FLOAT, true));
        for (String name :
                List.of("vector_cosine_similarity", "vector_inner_product", "vector_l2_distance")) {
            table.add(name).in(floats, floats).out(AtomicType.FLOAT).nullable();
        }
        table.add("vector_norm")
                .in(floats)
                .opt(Accept.exactly(AtomicType.FLOAT))
                .out(AtomicType.FLOAT)
                .nullable();
        table.add("vector_normalize")
                .in(floats)
                .opt(Accept.exactly(AtomicType.FLOAT))
                .out(new ArrayType(AtomicType.FLOAT, false))
                .nullable();
    }
}
