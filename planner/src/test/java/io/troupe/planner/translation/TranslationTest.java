package io.troupe.planner.translation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import io.troupe.planner.explain.ExpressionText;
import io.troupe.planner.expression.Attribute;
import io.troupe.planner.expression.AttributeIds;
import io.troupe.planner.expression.Expression;
import io.troupe.planner.expression.PythonBody;
import io.troupe.planner.expression.PythonCall;
import io.troupe.planner.expression.PythonFunction;
import io.troupe.planner.expression.PythonTerm;
import io.troupe.planner.type.AtomicType;
import io.troupe.planner.type.DataType;
import io.troupe.planner.type.StringType;
import java.util.List;
import org.junit.jupiter.api.Test;

class TranslationTest {
    private static final PythonTerm X = new PythonTerm.Argument(0);

    private final AttributeIds ids = new AttributeIds();

    private Attribute column(DataType type, boolean nullable) {
        return ids.attribute("x", type, nullable);
    }

    private static Translation translate(PythonTerm term, DataType returned, Expression argument) {
        PythonBody body = new PythonBody.Plain(List.of("x"), List.of(), term);
        PythonFunction function =
                new PythonFunction(
                        1, "f", new byte[0], returned, Translation.ARROW_ROWS, true, body);
        return Translation.of(new PythonCall(function, List.of(argument), List.of()));
    }

    private static PythonTerm plus(long number) {
        return new PythonTerm.Binary("+", X, new PythonTerm.Constant(number));
    }

    private static String text(Expression expression) {
        return ExpressionText.of(expression).replaceAll("#\\d+", "");
    }

    @Test
    void aSumThatFitsNeedsNoPythonWhenItsColumnHasNoNulls() {
        Translation translation =
                translate(plus(1), AtomicType.LONG, column(AtomicType.INTEGER, false));
        Translation.Whole whole = assertInstanceOf(Translation.Whole.class, translation);
        assertEquals("(cast(x as bigint) + 1)", text(whole.value()));
    }

    @Test
    void aSumThatMayOverflowLeavesThoseRowsOpen() {
        Translation translation =
                translate(plus(1), AtomicType.LONG, column(AtomicType.LONG, false));
        Translation.Mostly mostly = assertInstanceOf(Translation.Mostly.class, translation);
        assertEquals("try_add(x, 1)", text(mostly.value()));
        assertEquals(true, mostly.nullsAreOpen());
    }

    @Test
    void aNullLeavesTheRowOpenUnlessTheFunctionAsksForNone() {
        Attribute column = column(AtomicType.INTEGER, true);
        assertInstanceOf(Translation.Mostly.class, translate(plus(1), AtomicType.LONG, column));
        PythonTerm none = new PythonTerm.Constant(null);
        PythonTerm asked =
                new PythonTerm.Conditional(new PythonTerm.Compare("is", X, none), none, plus(1));
        assertInstanceOf(Translation.Whole.class, translate(asked, AtomicType.LONG, column));
    }

    @Test
    void letterCaseHoldsForAsciiOnly() {
        Translation translation =
                translate(
                        new PythonTerm.Method("upper", X, List.of()),
                        StringType.STRING,
                        column(StringType.STRING, false));
        Translation.Mostly mostly = assertInstanceOf(Translation.Mostly.class, translation);
        assertEquals("is_ascii(x)", text(mostly.holds()));
    }

    @Test
    void aNaNIsNotLessThanAnything() {
        PythonTerm less = new PythonTerm.Compare("<", new PythonTerm.Constant(1.0), X);
        Translation translation =
                translate(less, AtomicType.BOOLEAN, column(AtomicType.DOUBLE, false));
        Translation.Whole whole = assertInstanceOf(Translation.Whole.class, translation);
        assertEquals("((1.0 < x) AND NOT isnan(x))", text(whole.value()));
    }

    @Test
    void aResultOfAnotherTypeStaysInPython() {
        PythonTerm half = new PythonTerm.Binary("/", X, new PythonTerm.Constant(2L));
        Translation translation =
                translate(half, AtomicType.INTEGER, column(AtomicType.INTEGER, false));
        Translation.Kept kept = assertInstanceOf(Translation.Kept.class, translation);
        assertEquals("it returns a float where int is promised", kept.reason());
    }
}
