package io.troupe.columnar.compile;

import static io.troupe.columnar.compile.Evaluation.call;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.troupe.columnar.kernel.EvaluationSettings;
import io.troupe.planner.error.TroupeException;
import io.troupe.planner.expression.Attribute;
import io.troupe.planner.expression.Call;
import io.troupe.planner.expression.CaseWhen;
import io.troupe.planner.expression.Cast;
import io.troupe.planner.expression.Expression;
import io.troupe.planner.expression.Literal;
import io.troupe.planner.type.AtomicType;
import io.troupe.planner.type.DataType;
import io.troupe.planner.type.DecimalType;
import io.troupe.planner.type.StringType;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class CoreExpressionsTest {
    private static final DataType INT = AtomicType.INTEGER;
    private static final DataType LONG = AtomicType.LONG;
    private static final DataType DOUBLE = AtomicType.DOUBLE;
    private static final DataType BOOLEAN = AtomicType.BOOLEAN;
    private static final DataType STRING = StringType.STRING;

    private static List<Object> list(Object... values) {
        return Arrays.asList(values);
    }

    @Test
    void addsLongsAndKeepsNulls() {
        Evaluation e = new Evaluation();
        Attribute a = e.column(LONG, 1L, null, 3L, 40L);
        Attribute b = e.column(LONG, 10L, 20L, null, 2L);
        assertEquals(list(11L, null, null, 42L), e.values(call("+", LONG, a, b)));
        assertEquals(list(0L, null, 2L, 39L), e.values(call("-", LONG, a, Literal.of(1L))));
    }

    @Test
    void failsOnOverflowOnlyForRowsThatCount() {
        Evaluation e = new Evaluation();
        Attribute a = e.column(INT, Integer.MAX_VALUE, 1);
        Call sum = call("+", INT, a, Literal.of(1));
        TroupeException failure = assertThrows(TroupeException.class, () -> e.values(sum));
        assertEquals("ARITHMETIC_OVERFLOW", failure.condition());
        assertEquals(
                "[ARITHMETIC_OVERFLOW] integer overflow. Use 'try_add' to tolerate overflow and return NULL instead."
                        + " If necessary set \"spark.sql.ansi.enabled\" to \"false\" to bypass this error. SQLSTATE: 22003",
                failure.getMessage());
        assertEquals(list(null, 2), e.values(call("try_add", INT, a, Literal.of(1))));
        Expression guarded =
                new CaseWhen(
                        List.of(new CaseWhen.Branch(call("<", BOOLEAN, a, Literal.of(100)), sum)),
                        Literal.of(-1),
                        INT);
        assertEquals(list(-1, 2), e.values(guarded));
    }

    @Test
    void wrapsWithoutAnsi() {
        Evaluation e = new Evaluation(EvaluationSettings.DEFAULT.withAnsi(false));
        Attribute a = e.column(INT, Integer.MAX_VALUE, 1);
        assertEquals(list(Integer.MIN_VALUE, 2), e.values(call("+", INT, a, Literal.of(1))));
        Attribute d = e.column(DOUBLE, 1.0, 2.0);
        assertEquals(list(null, null), e.values(call("/", DOUBLE, d, new Literal(0.0, DOUBLE))));
    }

    @Test
    void multipliesDecimalsTo128Bits() {
        Evaluation e = new Evaluation();
        DecimalType price = new DecimalType(15, 2);
        Attribute a = e.column(price, new BigDecimal("1000.00"), new BigDecimal("-0.05"), null);
        Attribute b =
                e.column(
                        price,
                        new BigDecimal("0.07"),
                        new BigDecimal("0.10"),
                        new BigDecimal("1.00"));
        Call rest =
                call(
                        "-",
                        new DecimalType(16, 2),
                        new Literal(BigDecimal.ONE, new DecimalType(1, 0)),
                        b);
        assertEquals(
                list(new BigDecimal("0.93"), new BigDecimal("0.90"), new BigDecimal("0.00")),
                e.values(rest));
        assertEquals(
                list(new BigDecimal("930.0000"), new BigDecimal("-0.0450"), null),
                e.values(call("*", new DecimalType(32, 4), a, rest)));
        assertEquals(
                list(
                        new BigDecimal("14285.71428571428571"),
                        new BigDecimal("-0.50000000000000"),
                        null),
                e.values(call("/", new DecimalType(38, 14), a, b)));
    }

    @Test
    void ordersNaNLastAndZerosEqual() {
        Evaluation e = new Evaluation();
        Attribute a =
                e.column(
                        DOUBLE,
                        Double.NaN,
                        -0.0,
                        1.5,
                        null,
                        Double.NEGATIVE_INFINITY,
                        Double.POSITIVE_INFINITY);
        assertEquals(
                List.of(0), e.selected(call("=", BOOLEAN, a, new Literal(Double.NaN, DOUBLE))));
        assertEquals(List.of(1), e.selected(call("=", BOOLEAN, a, new Literal(0.0, DOUBLE))));
        assertEquals(List.of(0, 2, 5), e.selected(call(">", BOOLEAN, a, new Literal(0.0, DOUBLE))));
        assertEquals(List.of(1, 4), e.selected(call("<=", BOOLEAN, a, new Literal(0.0, DOUBLE))));
        assertEquals(
                List.of(0, 1, 2, 5),
                e.selected(call("!=", BOOLEAN, a, new Literal(Double.NEGATIVE_INFINITY, DOUBLE))));
    }

    @Test
    void selectsRangesOfIntegersAndStrings() {
        Evaluation e = new Evaluation();
        Attribute a = e.column(INT, 5, null, 7, Integer.MIN_VALUE, Integer.MAX_VALUE, 6);
        Attribute s = e.column(STRING, "b", "a", null, "c", "bb", "é");
        Call from = call(">=", BOOLEAN, a, Literal.of(6));
        Call to = call("<", BOOLEAN, a, Literal.of(8));
        assertEquals(List.of(2, 5), e.selected(call("and", BOOLEAN, from, to)));
        assertEquals(
                List.of(0, 3, 4), e.selected(call("not", BOOLEAN, call("and", BOOLEAN, from, to))));
        assertEquals(List.of(0, 1), e.selected(call("<=", BOOLEAN, s, Literal.of("b"))));
        assertEquals(List.of(0), e.selected(call("=", BOOLEAN, s, Literal.of("b"))));
        assertEquals(
                List.of(0, 5),
                e.selected(call("in", BOOLEAN, s, Literal.of("é"), Literal.of("b"))));
        assertEquals(
                List.of(2, 3),
                e.selected(call("in", BOOLEAN, a, Literal.of(7), Literal.of(Integer.MIN_VALUE))));
        assertEquals(List.of(1), e.selected(call("isnull", BOOLEAN, a)));
    }

    @Test
    void followsThreeValuedLogic() {
        Evaluation e = new Evaluation();
        Attribute a = e.column(BOOLEAN, true, true, true, false, false, false, null, null, null);
        Attribute b = e.column(BOOLEAN, true, false, null, true, false, null, true, false, null);
        assertEquals(
                list(true, false, null, false, false, false, null, false, null),
                e.values(call("and", BOOLEAN, a, b)));
        assertEquals(
                list(true, true, true, true, false, null, true, null, null),
                e.values(call("or", BOOLEAN, a, b)));
        e.selected(call("or", BOOLEAN, a, b));
        e.selected(call("not", BOOLEAN, call("or", BOOLEAN, a, b)));
    }

    @Test
    void choosesBranchesAndFirstValues() {
        Evaluation e = new Evaluation();
        Attribute s = e.column(STRING, "x", null, "z");
        Attribute t = e.column(STRING, "1", "2", null);
        assertEquals(list("x", "2", "z"), e.values(call("coalesce", STRING, s, t)));
        Expression branch =
                new CaseWhen(
                        List.of(
                                new CaseWhen.Branch(
                                        call("isnull", BOOLEAN, s), Literal.of("none"))),
                        t,
                        STRING);
        assertEquals(list("1", "none", null), e.values(branch));
    }

    @Test
    void castsTextToNumbersAndBack() {
        Evaluation e = new Evaluation();
        Attribute s = e.column(STRING, " 12 ", null, "-7");
        assertEquals(list(12, null, -7), e.values(new Cast(s, INT, Cast.Mode.ANSI)));
        Attribute bad = e.column(STRING, "abc", "1.5", "9999999999");
        assertEquals(list(null, null, null), e.values(new Cast(bad, INT, Cast.Mode.TRY)));
        TroupeException failure =
                assertThrows(
                        TroupeException.class, () -> e.values(new Cast(bad, INT, Cast.Mode.ANSI)));
        assertEquals("CAST_INVALID_INPUT", failure.condition());
        assertEquals(TroupeException.Kind.NumberFormatException, failure.kind());
        Attribute d = e.column(DOUBLE, 1e10, Double.NaN, 0.1);
        assertEquals(list("1.0E10", "NaN", "0.1"), e.values(new Cast(d, STRING, Cast.Mode.ANSI)));
        Attribute date = e.column(AtomicType.DATE, 0, -1, 19000);
        assertEquals(
                list("1970-01-01", "1969-12-31", "2022-01-08"),
                e.values(new Cast(date, STRING, Cast.Mode.ANSI)));
    }

    @Test
    void evaluatesConstants() {
        Expression sum =
                call("+", INT, Literal.of(1), call("*", INT, Literal.of(2), Literal.of(3)));
        assertEquals(7, ConstantEvaluator.evaluate(sum, EvaluationSettings.DEFAULT));
        assertThrows(
                TroupeException.class,
                () ->
                        ConstantEvaluator.evaluate(
                                call(
                                        "/",
                                        DOUBLE,
                                        new Literal(1.0, DOUBLE),
                                        new Literal(0.0, DOUBLE)),
                                EvaluationSettings.DEFAULT));
    }
}
