package io.troupe.planner.analysis;

import io.troupe.planner.error.Conditions;
import io.troupe.planner.expression.Attribute;
import io.troupe.planner.expression.Expression;
import io.troupe.planner.expression.Literal;
import io.troupe.planner.function.Coercion;
import io.troupe.planner.function.FunctionErrors;
import io.troupe.planner.function.Typed;
import io.troupe.planner.parsed.ParsedExpression;
import io.troupe.planner.type.AtomicType;
import io.troupe.planner.type.DataType;
import io.troupe.planner.type.DayTimeIntervalType;
import io.troupe.planner.type.StringType;
import io.troupe.planner.type.StructField;
import io.troupe.planner.type.StructType;
import java.util.List;

/// `window`, `session_window` and `window_time`: spans of time that rows belong to. The first two
/// become a column of the clause's input, see [TimeWindow].
final class TimeWindows {
    private final ExpressionAnalyzer analyzer;

    TimeWindows(ExpressionAnalyzer analyzer) {
        this.analyzer = analyzer;
    }

    Typed resolve(String name, List<ParsedExpression> arguments) {
        return switch (name) {
            case "window" -> window(arguments);
            case "session_window" -> session(arguments);
            default -> windowTime(arguments);
        };
    }

    /// `window(time, length [, slide [, start]])`.
    private Typed window(List<ParsedExpression> arguments) {
        if (arguments.size() < 2 || arguments.size() > 4) {
            throw FunctionErrors.wrongCount("window", "[2, 3, 4]", arguments.size());
        }
        long length = micros(arguments.get(1));
        long slide = arguments.size() > 2 ? micros(arguments.get(2)) : length;
        long start = arguments.size() > 3 ? micros(arguments.get(3)) : 0;
        Typed time = analyzer.resolve(arguments.getFirst());
        String text = "window(" + time.text() + ", " + length + ", " + slide + ", " + start + ")";
        inRange(text, "window_duration", length);
        inRange(text, "slide_duration", slide);
        atMost(text, "slide_duration", slide, "window_duration", length, slide > length);
        atMost(text, "abs(start_time)", start, "slide_duration", slide, Math.abs(start) >= slide);
        return column(TimeWindow.Kind.FIXED, time(time, text), length, slide, start);
    }

    /// `session_window(time, gap)`.
    private Typed session(List<ParsedExpression> arguments) {
        if (arguments.size() != 2) {
            throw FunctionErrors.wrongCount("session_window", "2", arguments.size());
        }
        Typed time = analyzer.resolve(arguments.getFirst());
        long gap = micros(arguments.get(1));
        String text = "session_window(" + time.text() + ", " + gap + ")";
        inRange(text, "gap_duration", gap);
        return column(TimeWindow.Kind.SESSION, time(time, text), gap, gap, 0);
    }

    private Typed column(
            TimeWindow.Kind kind, Expression time, long length, long slide, long start) {
        Attribute column = analyzer.extraction.timeWindow(kind, time, length, slide, start);
        return new Typed(column, column.name());
    }

    /// `window_time(window)`: the last moment of a window.
    private Typed windowTime(List<ParsedExpression> arguments) {
        if (arguments.size() != 1) {
            throw FunctionErrors.wrongCount("window_time", "1", arguments.size());
        }
        Typed window = analyzer.resolve(arguments.getFirst());
        String text = "window_time(" + window.text() + ")";
        if (!isWindow(window.type())) {
            throw FunctionErrors.wrongInput(
                    text, 0, "\"STRUCT<start: TIMESTAMP, end: TIMESTAMP>\"", window);
        }
        return new Typed(last(window), text);
    }

    private Expression last(Typed window) {
        Typed end =
                ColumnNames.extract(
                        window, new Typed(Literal.of("end"), "end"), true, analyzer.dialect);
        return TimeWindow.edge(end.expression(), 1, 0, -1);
    }

    private static boolean isWindow(DataType type) {
        if (!(type instanceof StructType struct) || struct.fields().size() != 2) {
            return false;
        }
        StructField start = struct.fields().get(0);
        StructField end = struct.fields().get(1);
        return start.name().equals("start") && end.name().equals("end") && isPoint(end.type());
    }

    private static boolean isPoint(DataType type) {
        return type == AtomicType.TIMESTAMP || type == AtomicType.TIMESTAMP_NTZ;
    }

    private Expression time(Typed time, String text) {
        if (isWindow(time.type())) {
            return last(time);
        }
        if (isPoint(time.type())) {
            return time.expression();
        }
        if (time.type() == AtomicType.DATE || time.type() instanceof StringType) {
            return Coercion.cast(time.expression(), AtomicType.TIMESTAMP, analyzer.dialect);
        }
        throw FunctionErrors.wrongInput(
                text, 0, "(\"TIMESTAMP\" or \"TIMESTAMP WITHOUT TIME ZONE\")", time);
    }

    /// The microseconds of a constant span: a text such as `10 minutes`, a day-time interval or a
    /// whole number.
    private long micros(ParsedExpression span) {
        Expression value = analyzer.resolve(span).expression();
        if (value instanceof Literal text && text.value() instanceof String words) {
            String sql = "interval '" + words.replace("\\", "").replace("'", "") + "'";
            try {
                value =
                        analyzer.resolve(analyzer.query.context().sql().expression(sql))
                                .expression();
            } catch (io.troupe.planner.error.TroupeException malformed) {
                throw Conditions.analysis(
                        "CANNOT_PARSE_INTERVAL", "intervalString", "'" + words + "'");
            }
        }
        boolean timed = value.type() instanceof DayTimeIntervalType || value.type().isIntegral();
        if (timed && value instanceof Literal literal && literal.value() instanceof Number number) {
            return number.longValue();
        }
        throw Conditions.analysis(
                "CANNOT_PARSE_INTERVAL",
                "intervalString",
                "'" + analyzer.resolve(span).text() + "'");
    }

    private static void inRange(String text, String name, long micros) {
        if (micros <= 0) {
            throw Conditions.analysis(
                    "DATATYPE_MISMATCH.VALUE_OUT_OF_RANGE",
                    "sqlExpr",
                    Conditions.quoted(text),
                    "exprName",
                    Conditions.id(name),
                    "valueRange",
                    "(0, " + Long.MAX_VALUE + "]",
                    "currentValue",
                    micros + "L");
        }
    }

    private static void atMost(
            String text, String left, long value, String right, long bound, boolean broken) {
        if (broken) {
            throw Conditions.analysis(
                    "DATATYPE_MISMATCH.PARAMETER_CONSTRAINT_VIOLATION",
                    "sqlExpr",
                    Conditions.quoted(text),
                    "leftExprName",
                    Conditions.id(left),
                    "leftExprValue",
                    value + "L",
                    "constraint",
                    left.startsWith("abs") ? "<" : "<=",
                    "rightExprName",
                    Conditions.id(right),
                    "rightExprValue",
                    bound + "L");
        }
    }
}
