package io.troupe.columnar.compile;

import static io.troupe.columnar.compile.Evaluation.call;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.troupe.columnar.kernel.EvaluationSettings;
import io.troupe.planner.expression.Attribute;
import io.troupe.planner.expression.Call;
import io.troupe.planner.expression.Cast;
import io.troupe.planner.expression.Lambda;
import io.troupe.planner.expression.LambdaVariable;
import io.troupe.planner.expression.Literal;
import io.troupe.planner.type.ArrayType;
import io.troupe.planner.type.AtomicType;
import io.troupe.planner.type.DataType;
import io.troupe.planner.type.StringType;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class FunctionAnswersTest {
    private static final DataType INT = AtomicType.INTEGER;
    private static final DataType BOOLEAN = AtomicType.BOOLEAN;
    private static final DataType STRING = StringType.STRING;
    private static final DataType INTS = new ArrayType(INT, true);

    private static List<Object> list(Object... values) {
        return Arrays.asList(values);
    }

    @Test
    void matchesLikePatternsOverBytes() {
        Evaluation e = new Evaluation();
        Attribute s =
                e.column(STRING, "special packages requests", "é_x", null, "", "abcabd", "special");
        assertEquals(
                List.of(0), e.selected(call("like", BOOLEAN, s, Literal.of("%special%requests%"))));
        assertEquals(List.of(1), e.selected(call("like", BOOLEAN, s, Literal.of("_\\__"))));
        assertEquals(List.of(4), e.selected(call("like", BOOLEAN, s, Literal.of("%ab_"))));
        assertEquals(List.of(0, 1, 3, 4, 5), e.selected(call("like", BOOLEAN, s, Literal.of("%"))));
        assertEquals(List.of(3), e.selected(call("like", BOOLEAN, s, Literal.of(""))));
        assertEquals(List.of(0, 5), e.selected(call("like", BOOLEAN, s, Literal.of("special%"))));
        assertEquals(
                List.of(1, 3, 4),
                e.selected(call("not", BOOLEAN, call("like", BOOLEAN, s, Literal.of("special%")))));
    }

    @Test
    void cutsTextByCharacters() {
        Evaluation e = new Evaluation();
        Attribute s = e.column(STRING, "Spark", "Ünï", null, "");
        assertEquals(
                list("par", "nï", null, ""),
                e.values(call("substring", STRING, s, Literal.of(2), Literal.of(3))));
        assertEquals(
                list("rk", "nï", null, ""),
                e.values(call("substring", STRING, s, Literal.of(-2), Literal.of(9))));
        assertEquals(list("SPARK", "ÜNÏ", null, ""), e.values(call("upper", STRING, s)));
        assertEquals(list(5, 3, null, 0), e.values(call("length", INT, s)));
    }

    @Test
    void followsTheSessionsZoneThroughClockChanges() {
        EvaluationSettings berlin =
                new EvaluationSettings(
                        true, ZoneId.of("Europe/Berlin"), 0, "u", "default", 0, Map.of());
        Evaluation e = new Evaluation(berlin);
        Attribute s =
                e.column(
                        STRING,
                        "2024-03-31 01:59:59",
                        "2024-03-31 02:30:00",
                        "2024-10-27 02:30:00",
                        "1970-01-01 00:00:00",
                        null);
        Cast time = new Cast(s, AtomicType.TIMESTAMP, Cast.Mode.ANSI);
        assertEquals(
                list(1711846799000000L, 1711848600000000L, 1729989000000000L, -3600000000L, null),
                e.values(time));
        assertEquals(
                list(
                        "2024-03-31 01:59:59",
                        "2024-03-31 03:30:00",
                        "2024-10-27 02:30:00",
                        "1970-01-01 00:00:00",
                        null),
                e.values(new Cast(time, STRING, Cast.Mode.ANSI)));
        assertEquals(list(1, 3, 2, 0, null), e.values(call("hour", INT, time)));
    }

    @Test
    void evaluatesLambdasOverAllElementsAtOnce() {
        Evaluation e = new Evaluation();
        Attribute a = e.column(INTS, List.of(1, 2, 3), List.of(), null, Arrays.asList(4, null));
        Attribute n = e.column(INT, 10, 20, 30, 40);
        LambdaVariable x = new LambdaVariable(100, "x", INT, true);
        LambdaVariable acc = new LambdaVariable(101, "acc", INT, true);
        Call plus = call("+", INT, x, n);
        assertEquals(
                list(List.of(11, 12, 13), List.of(), null, Arrays.asList(44, null)),
                e.values(call("transform", INTS, a, new Lambda(List.of(x), plus))));
        assertEquals(
                list(List.of(2, 3), List.of(), null, List.of(4)),
                e.values(
                        call(
                                "filter",
                                INTS,
                                a,
                                new Lambda(List.of(x), call(">", BOOLEAN, x, Literal.of(1))))));
        assertEquals(
                list(true, false, null, null),
                e.values(
                        call(
                                "exists",
                                BOOLEAN,
                                a,
                                new Lambda(List.of(x), call("=", BOOLEAN, x, Literal.of(3))))));
        Lambda merge = new Lambda(List.of(acc, x), call("+", INT, acc, x));
        assertEquals(list(16, 20, null, null), e.values(call("aggregate", INT, a, n, merge)));
    }

    @Test
    void hashesAsSparkDoes() {
        Evaluation e = new Evaluation();
        Attribute s = e.column(STRING, "Spark", null);
        assertEquals(list(228093765, 42), e.values(call("hash", INT, s)));
        assertEquals(
                list(-4294468057691064905L, 42L), e.values(call("xxhash64", AtomicType.LONG, s)));
    }
}
