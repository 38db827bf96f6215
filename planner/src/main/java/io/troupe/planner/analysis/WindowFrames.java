package io.troupe.planner.analysis;

import static io.troupe.planner.error.Conditions.quoted;

import io.troupe.planner.error.Conditions;
import io.troupe.planner.expression.Expression;
import io.troupe.planner.expression.Expressions;
import io.troupe.planner.expression.SortOrder;
import io.troupe.planner.expression.WindowFrame;
import io.troupe.planner.function.Coercion;
import io.troupe.planner.function.Typed;
import io.troupe.planner.parsed.ParsedExpression;
import io.troupe.planner.parsed.ParsedExpression.BoundKind;
import io.troupe.planner.parsed.ParsedExpression.FrameBound;
import io.troupe.planner.type.AtomicType;
import io.troupe.planner.type.DataType;
import io.troupe.planner.type.DayTimeIntervalType;
import io.troupe.planner.type.StringType;
import io.troupe.planner.type.YearMonthIntervalType;
import java.util.List;

/// Resolves the frame of a window specification and checks its bounds.
final class WindowFrames {
    private static final String RANGE_TYPES =
            "(\"NUMERIC\" or \"INTERVAL DAY TO SECOND\" or \"INTERVAL YEAR TO MONTH\" or \"INTERVAL\")";

    private final ExpressionAnalyzer analyzer;
    private final List<Typed> orderBy;
    private final List<SortOrder> orders;

    WindowFrames(ExpressionAnalyzer analyzer, List<Typed> orderBy, List<SortOrder> orders) {
        this.analyzer = analyzer;
        this.orderBy = orderBy;
        this.orders = orders;
    }

    WindowFrame resolve(ParsedExpression.Frame frame) {
        boolean values = frame.lower().offset() != null || frame.upper().offset() != null;
        if (frame.unit() == WindowFrame.Unit.RANGE && values) {
            checkRange();
        }
        if (frame.unit() == WindowFrame.Unit.RANGE
                && orders.isEmpty()
                && !unboundedBothWays(frame)) {
            throw Conditions.analysis(
                    "DATATYPE_MISMATCH.RANGE_FRAME_WITHOUT_ORDER",
                    "sqlExpr",
                    quoted("(" + text(frame) + ")"));
        }
        WindowFrame.Bound lower = bound(frame, frame.lower(), "lower");
        WindowFrame.Bound upper = bound(frame, frame.upper(), "upper");
        if (rank(lower) > rank(upper)) {
            throw Conditions.analysis(
                    "DATATYPE_MISMATCH.SPECIFIED_WINDOW_FRAME_WRONG_COMPARISON",
                    "sqlExpr",
                    quoted(text(frame)),
                    "comparison",
                    "less than or equal");
        }
        return new WindowFrame(frame.unit(), lower, upper, frame.exclusion());
    }

    private static boolean unboundedBothWays(ParsedExpression.Frame frame) {
        return frame.lower().kind() == BoundKind.UNBOUNDED_PRECEDING
                && frame.upper().kind() == BoundKind.UNBOUNDED_FOLLOWING;
    }

    /// Where a bound lies, as far as it can be told: constants of one side compare by value.
    private static double rank(WindowFrame.Bound bound) {
        return switch (bound) {
            case WindowFrame.Fixed.UNBOUNDED_PRECEDING -> Double.NEGATIVE_INFINITY;
            case WindowFrame.Fixed.CURRENT_ROW -> 0;
            case WindowFrame.Fixed.UNBOUNDED_FOLLOWING -> Double.POSITIVE_INFINITY;
            case WindowFrame.Offset(io.troupe.planner.expression.Literal literal)
                    when literal.value() instanceof Number number ->
                    number.doubleValue();
            case WindowFrame.Offset _ -> 0;
        };
    }

    private void checkRange() {
        if (orders.isEmpty()) {
            throw Conditions.analysis(
                    "DATATYPE_MISMATCH.RANGE_FRAME_WITHOUT_ORDER",
                    "sqlExpr",
                    quoted("(RANGE BETWEEN)"));
        }
        if (orders.size() > 1) {
            String text = FunctionAnalyzer.orderText(orderBy, orders);
            throw Conditions.analysis(
                    "DATATYPE_MISMATCH.RANGE_FRAME_MULTI_ORDER",
                    "sqlExpr",
                    quoted("(ORDER BY " + text + ")"),
                    "orderSpec",
                    text);
        }
    }

    private WindowFrame.Bound bound(
            ParsedExpression.Frame frame, FrameBound bound, String location) {
        return switch (bound.kind()) {
            case UNBOUNDED_PRECEDING -> WindowFrame.Fixed.UNBOUNDED_PRECEDING;
            case UNBOUNDED_FOLLOWING -> WindowFrame.Fixed.UNBOUNDED_FOLLOWING;
            case CURRENT_ROW -> WindowFrame.Fixed.CURRENT_ROW;
            case PRECEDING, FOLLOWING -> {
                Typed offset = analyzer.resolve(bound.offset());
                if (!Expressions.references(offset.expression()).isEmpty()) {
                    throw Conditions.analysis(
                            "DATATYPE_MISMATCH.SPECIFIED_WINDOW_FRAME_WITHOUT_FOLDABLE",
                            "sqlExpr",
                            quoted(text(frame)),
                            "location",
                            location,
                            "expression",
                            quoted(offset.text()));
                }
                Expression value = convert(frame, offset, location);
                yield new WindowFrame.Offset(
                        bound.kind() == BoundKind.PRECEDING ? WindowAnalyzer.negate(value) : value);
            }
        };
    }

    private Expression convert(ParsedExpression.Frame frame, Typed offset, String location) {
        if (frame.unit() != WindowFrame.Unit.RANGE) {
            if (offset.type().isIntegral()) {
                return Coercion.cast(offset.expression(), AtomicType.INTEGER, analyzer.dialect);
            }
            throw wrongType(frame, offset, location, quoted("INT"));
        }
        DataType key = orders.getFirst().expression().type();
        boolean interval =
                offset.type() instanceof DayTimeIntervalType
                        || offset.type() instanceof YearMonthIntervalType
                        || offset.type() == AtomicType.CALENDAR_INTERVAL;
        if (key == AtomicType.DATE && offset.type().isIntegral()) {
            return Coercion.cast(offset.expression(), AtomicType.INTEGER, analyzer.dialect);
        }
        if (key == AtomicType.DATE
                || key == AtomicType.TIMESTAMP
                || key == AtomicType.TIMESTAMP_NTZ) {
            if (interval) {
                return offset.expression();
            }
            throw rangeType(frame, key, offset);
        }
        if (key == AtomicType.BOOLEAN || key instanceof StringType) {
            throw wrongType(
                    frame,
                    new Typed(Coercion.cast(offset.expression(), key, analyzer.dialect), ""),
                    location,
                    RANGE_TYPES);
        }
        DataType target =
                key.isNumeric() && offset.type().isNumeric()
                        ? key
                        : Coercion.implicit(offset.type(), key, true);
        if (target == null || interval && !target.equals(key)) {
            throw rangeType(frame, key, offset);
        }
        return Coercion.cast(offset.expression(), key, analyzer.dialect);
    }

    private RuntimeException rangeType(ParsedExpression.Frame frame, DataType key, Typed offset) {
        return Conditions.analysis(
                "DATATYPE_MISMATCH.RANGE_FRAME_INVALID_TYPE",
                "sqlExpr",
                quoted(
                        "(ORDER BY "
                                + FunctionAnalyzer.orderText(orderBy, orders)
                                + " "
                                + text(frame)
                                + ")"),
                "orderSpecType",
                quoted(key.sql()),
                "valueBoundaryType",
                quoted(offset.type().sql()));
    }

    private RuntimeException wrongType(
            ParsedExpression.Frame frame, Typed offset, String location, String expected) {
        return Conditions.analysis(
                "DATATYPE_MISMATCH.SPECIFIED_WINDOW_FRAME_UNACCEPTED_TYPE",
                "sqlExpr",
                quoted(text(frame)),
                "location",
                location,
                "exprType",
                quoted(offset.type().sql()),
                "expectedType",
                expected);
    }

    String text(ParsedExpression.Frame frame) {
        return frame.unit()
                + " BETWEEN "
                + text(frame.lower(), frame.unit())
                + " AND "
                + text(frame.upper(), frame.unit());
    }

    private String text(FrameBound bound, WindowFrame.Unit unit) {
        return switch (bound.kind()) {
            case UNBOUNDED_PRECEDING -> "UNBOUNDED PRECEDING";
            case UNBOUNDED_FOLLOWING -> "UNBOUNDED FOLLOWING";
            case CURRENT_ROW -> "CURRENT ROW";
            case PRECEDING -> {
                Typed offset = analyzer.resolve(bound.offset());
                boolean converted =
                        unit == WindowFrame.Unit.RANGE
                                && orders.size() == 1
                                && orders.getFirst().expression().type().isNumeric()
                                && !offset.type().equals(orders.getFirst().expression().type());
                yield converted
                        ? "(- " + offset.text() + ") FOLLOWING"
                        : offset.text() + " PRECEDING";
            }
            case FOLLOWING -> analyzer.resolve(bound.offset()).text() + " FOLLOWING";
        };
    }
}
