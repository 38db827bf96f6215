package io.troupe.planner.function;

import io.troupe.planner.expression.Call;
import io.troupe.planner.expression.Expression;
import io.troupe.planner.expression.Literal;
import io.troupe.planner.type.AtomicType;
import io.troupe.planner.type.DataType;
import io.troupe.planner.type.DecimalType;
import io.troupe.planner.type.StringType;
import java.util.List;
import java.util.Map;

/// The session, tasks, checks, conversions by type name.
final class SystemFunctions {
    private static final Map<String, DataType> CONVERSIONS =
            Map.ofEntries(
                    Map.entry("boolean", AtomicType.BOOLEAN),
                    Map.entry("tinyint", AtomicType.BYTE),
                    Map.entry("smallint", AtomicType.SHORT),
                    Map.entry("int", AtomicType.INTEGER),
                    Map.entry("bigint", AtomicType.LONG),
                    Map.entry("float", AtomicType.FLOAT),
                    Map.entry("double", AtomicType.DOUBLE),
                    Map.entry("decimal", DecimalType.DEFAULT),
                    Map.entry("date", AtomicType.DATE),
                    Map.entry("timestamp", AtomicType.TIMESTAMP),
                    Map.entry("time", io.troupe.planner.type.TimeType.DEFAULT),
                    Map.entry("string", StringType.STRING),
                    Map.entry("binary", AtomicType.BINARY));

    private SystemFunctions() {}

    static void register(ScalarTable table) {
        CONVERSIONS.forEach((name, type) ->
                table.add(
                        name,
                        1,
                        1,
                        (a, dialect) -> {
                            Typed cast = Casts.explicit(a.getFirst(), type, false, dialect);
                            return new Typed(cast.expression(), a.getFirst().text());
                        }));
        for (String name : List.of("current_user", "user", "session_user")) {
            constant(
                    table,
                    name,
                    "current_user",
                    name.equals("current_user") ? "current_user()" : name + "()");
        }
        constant(table, "current_catalog", "current_catalog", "current_catalog()");
        constant(table, "current_database", "current_database", "current_schema()");
        constant(table, "current_schema", "current_database", "current_schema()");
        constant(table, "current_path", "current_path", "current_path()");
        constant(table, "version", "version", "version()");
        table.add("uuid").opt(Accept.LONG).out(StringType.STRING).notNull().shown(_ -> "uuid()");
        table.add("monotonically_increasing_id").out(AtomicType.LONG).notNull();
        table.add("spark_partition_id")
                .out(AtomicType.INTEGER)
                .notNull()
                .shown(_ -> "SPARK_PARTITION_ID()");
        table.add("input_file_name").out(StringType.STRING).notNull();
        table.add("input_file_block_start").out(AtomicType.LONG).notNull();
        table.add("input_file_block_length").out(AtomicType.LONG).notNull();
        table.add(
                "typeof",
                1,
                1,
                (a, _) ->
                        new Typed(
                                Literal.of(a.getFirst().type().simpleString()),
                                "typeof(" + a.getFirst().text() + ")"));
        table.add("raise_error", 1, 1, SystemFunctions::raise);
        table.add("assert_true", 1, 2, SystemFunctions::check);
    }

    private static void constant(ScalarTable table, String name, String canonical, String text) {
        table.add(
                name,
                0,
                0,
                (_, _) ->
                        new Typed(new Call(canonical, List.of(), StringType.STRING, false), text));
    }

    private static Typed raise(List<Typed> a, Dialect dialect) {
        Expression message =
                StringFunctions.text(
                        a.getFirst(), 0, "raise_error(" + a.getFirst().text() + ")", dialect);
        String text =
                "raise_error(USER_RAISED_EXCEPTION, map(errorMessage, "
                        + a.getFirst().text()
                        + "))";
        return new Typed(new Call("raise_error", List.of(message), AtomicType.VOID, true), text);
    }

    private static Typed check(List<Typed> a, Dialect dialect) {
        Typed condition = a.getFirst();
        String shown = "'" + condition.text() + "' is not true!";
        Typed message = a.size() == 2 ? a.get(1) : new Typed(Literal.of(shown), shown);
        String text = "assert_true(" + condition.text() + ", " + message.text() + ")";
        DataType target = Accept.BOOLEAN.target(condition.type(), dialect.ansi());
        if (target == null) {
            throw FunctionErrors.wrongInput(text, 0, "\"BOOLEAN\"", condition);
        }
        List<Expression> arguments =
                List.of(
                        Coercion.cast(condition.expression(), target, dialect),
                        StringFunctions.text(message, 1, text, dialect));
        return new Typed(new Call("assert_true", arguments, AtomicType.VOID, true), text);
    }
}
