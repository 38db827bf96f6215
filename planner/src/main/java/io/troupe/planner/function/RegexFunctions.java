package io.troupe.planner.function;

import static io.troupe.planner.function.Accept.INT;
import static io.troupe.planner.function.Accept.STRING;

import io.troupe.planner.expression.Call;
import io.troupe.planner.expression.Expression;
import io.troupe.planner.expression.Literal;
import io.troupe.planner.type.ArrayType;
import io.troupe.planner.type.AtomicType;
import io.troupe.planner.type.DataType;
import io.troupe.planner.type.StringType;
import java.util.ArrayList;
import java.util.List;

/// Patterns and splitting.
final class RegexFunctions {
    private static final DataType TEXT = StringType.STRING;

    private RegexFunctions() {}

    static void register(ScalarTable table) {
        table.add("like", 2, 3, (a, dialect) -> like("like", a, dialect));
        table.add("ilike", 2, 3, (a, dialect) -> like("ilike", a, dialect));
        for (String name : List.of("rlike", "regexp", "regexp_like")) {
            String shown = name.equals("rlike") ? "RLIKE" : name.toUpperCase(java.util.Locale.ROOT);
            table.add(name).in(STRING, STRING).as("rlike").out(AtomicType.BOOLEAN).shownAs(shown);
        }
        table.add("regexp_count").in(STRING, STRING).out(AtomicType.INTEGER);
        table.add("regexp_substr").in(STRING, STRING).out(TEXT).nullable();
        table.add("regexp_instr").in(STRING, STRING).opt(INT, 0, true).out(AtomicType.INTEGER);
        table.add("regexp_extract").in(STRING, STRING).opt(INT, 1, true).out(TEXT);
        table.add("regexp_extract_all")
                .in(STRING, STRING)
                .opt(INT, 1, true)
                .out(new ArrayType(TEXT, true));
        table.add("regexp_replace").in(STRING, STRING, STRING).opt(INT, 1, true).out(TEXT);
        table.add("split").in(STRING, STRING).opt(INT, -1, true).out(new ArrayType(TEXT, false));
        table.add("split_part").in(STRING, STRING, INT).out(TEXT).nullable();
    }

    private static Typed like(String name, List<Typed> a, Dialect dialect) {
        Typed escape = a.size() == 3 ? a.get(2) : null;
        boolean usual =
                escape == null
                        || escape.expression() instanceof Literal literal
                                && "\\".equals(literal.value());
        String text =
                name.equals("like")
                        ? a.get(0).text()
                                + " LIKE "
                                + a.get(1).text()
                                + (usual ? "" : " ESCAPE '" + escape.text() + "'")
                        : "ilike(" + a.get(0).text() + ", " + a.get(1).text() + ")";
        List<Expression> arguments = new ArrayList<>();
        arguments.add(StringFunctions.text(a.get(0), 0, text, dialect));
        arguments.add(StringFunctions.text(a.get(1), 1, text, dialect));
        boolean nullable = arguments.get(0).nullable() || arguments.get(1).nullable();
        if (!usual) {
            arguments.add(escape.expression());
        }
        return new Typed(new Call(name, arguments, AtomicType.BOOLEAN, nullable), text);
    }
}
