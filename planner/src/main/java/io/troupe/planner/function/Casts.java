package io.troupe.planner.function;

import static io.troupe.planner.error.Conditions.id;
import static io.troupe.planner.error.Conditions.quoted;

import io.troupe.planner.error.Conditions;
import io.troupe.planner.expression.Cast;
import io.troupe.planner.expression.Expression;
import io.troupe.planner.expression.Literal;
import io.troupe.planner.type.ArrayType;
import io.troupe.planner.type.AtomicType;
import io.troupe.planner.type.DataType;
import io.troupe.planner.type.DayTimeIntervalType;
import io.troupe.planner.type.DecimalType;
import io.troupe.planner.type.MapType;
import io.troupe.planner.type.StringType;
import io.troupe.planner.type.StructType;
import io.troupe.planner.type.TimeType;
import io.troupe.planner.type.UserDefinedType;
import io.troupe.planner.type.YearMonthIntervalType;

/// Explicit conversions: which pairs of types CAST takes, in ANSI mode and without.
public final class Casts {
    private Casts() {}

    /// CAST or TRY_CAST as written by the user.
    public static Typed explicit(Typed child, DataType to, boolean tryOnly, Dialect dialect) {
        DataType from = child.type();
        String text = (tryOnly ? "TRY_CAST(" : "CAST(") + child.text() + " AS " + to.sql() + ")";
        Cast.Mode mode = tryOnly ? Cast.Mode.TRY : dialect.castMode();
        boolean strict = mode != Cast.Mode.LEGACY;
        if (!(strict ? ansi(from, to) : legacy(from, to))) {
            throw mismatch(from, to, text, strict);
        }
        DataType target =
                to instanceof StringType string && string.kind() != StringType.Kind.STRING
                        ? StringType.STRING
                        : to;
        if (from.equals(target) && !tryOnly) {
            return new Typed(child.expression(), text);
        }
        // Spark rewrites conversions of nested values, and what it writes shows as the value alone.
        String shown = from.isNested() && target.isNested() && !tryOnly ? child.text() : text;
        Expression expression =
                child.expression() instanceof Literal literal && literal.value() == null
                        ? Literal.ofNull(target)
                        : from.equals(target)
                                ? child.expression()
                                : new Cast(child.expression(), target, mode);
        return new Typed(expression, shown);
    }

    private static RuntimeException mismatch(
            DataType from, DataType to, String text, boolean strict) {
        String source = quoted(from.sql());
        String target = quoted(to.sql());
        String functions = strict ? suggestion(from, to) : null;
        if (functions != null) {
            return Conditions.analysis(
                    "DATATYPE_MISMATCH.CAST_WITH_FUNC_SUGGESTION",
                    "sqlExpr",
                    quoted(text),
                    "srcType",
                    source,
                    "targetType",
                    target,
                    "functionNames",
                    functions);
        }
        if (strict && legacy(from, to)) {
            return Conditions.analysis(
                    "DATATYPE_MISMATCH.CAST_WITH_CONF_SUGGESTION",
                    "sqlExpr",
                    quoted(text),
                    "srcType",
                    source,
                    "targetType",
                    target,
                    "config",
                    "\"spark.sql.ansi.enabled\"",
                    "configVal",
                    "'false'");
        }
        return Conditions.analysis(
                "DATATYPE_MISMATCH.CAST_WITHOUT_SUGGESTION",
                "sqlExpr",
                quoted(text),
                "srcType",
                source,
                "targetType",
                target);
    }

    private static String suggestion(DataType from, DataType to) {
        if (from.isIntegral() && to == AtomicType.DATE) {
            return id("DATE_FROM_UNIX_DATE");
        }
        if (from == AtomicType.DATE && to.isNumeric()) {
            return id("UNIX_DATE");
        }
        return null;
    }

    /// The ANSI matrix.
    public static boolean ansi(DataType from, DataType to) {
        if (from.equals(to) || from == AtomicType.VOID) {
            return true;
        }
        if (to instanceof StringType) {
            return true;
        }
        return switch (from) {
            case StringType _ ->
                    to == AtomicType.BINARY
                            || to == AtomicType.BOOLEAN
                            || to.isNumeric()
                            || Coercion.isDatetime(to)
                            || to instanceof TimeType
                            || to == AtomicType.CALENDAR_INTERVAL
                            || Coercion.isInterval(to);
            case AtomicType.BOOLEAN -> to.isNumeric();
            case AtomicType.DATE -> Coercion.isDatetime(to);
            case AtomicType.TIMESTAMP ->
                    Coercion.isDatetime(to) || to.isNumeric() || to instanceof TimeType;
            case AtomicType.TIMESTAMP_NTZ -> Coercion.isDatetime(to) || to instanceof TimeType;
            case TimeType _ -> to instanceof TimeType || to.isNumeric();
            case DayTimeIntervalType _ ->
                    to instanceof DayTimeIntervalType
                            || to.isIntegral()
                            || to instanceof DecimalType;
            case YearMonthIntervalType _ ->
                    to instanceof YearMonthIntervalType
                            || to.isIntegral()
                            || to instanceof DecimalType;
            case AtomicType.VARIANT -> true;
            default -> nestedOrNumeric(from, to, true);
        };
    }

    /// The matrix with ANSI mode off.
    static boolean legacy(DataType from, DataType to) {
        if (ansi(from, to)) {
            return true;
        }
        boolean toTimestamp = to == AtomicType.TIMESTAMP;
        return switch (from) {
            case AtomicType.BOOLEAN -> toTimestamp;
            case AtomicType.DATE -> to.isNumeric() || to == AtomicType.BOOLEAN;
            case AtomicType.TIMESTAMP -> to == AtomicType.BOOLEAN;
            default -> nestedOrNumeric(from, to, false);
        };
    }

    private static boolean nestedOrNumeric(DataType from, DataType to, boolean ansi) {
        if (from.isNumeric()) {
            boolean interval =
                    Coercion.isInterval(to) && (from.isIntegral() || from instanceof DecimalType);
            boolean binary = !ansi && from.isIntegral() && to == AtomicType.BINARY;
            return to.isNumeric()
                    || to == AtomicType.BOOLEAN
                    || to == AtomicType.TIMESTAMP
                    || interval
                    || binary;
        }
        return switch (from) {
            case ArrayType x -> to instanceof ArrayType y && both(x.element(), y.element(), ansi);
            case MapType x ->
                    to instanceof MapType y
                            && both(x.key(), y.key(), ansi)
                            && both(x.value(), y.value(), ansi);
            case StructType x -> to instanceof StructType y && fields(x, y, ansi);
            case UserDefinedType udt -> both(udt.sqlType(), to, ansi);
            default -> false;
        };
    }

    private static boolean fields(StructType from, StructType to, boolean ansi) {
        if (from.fields().size() != to.fields().size()) {
            return false;
        }
        for (int i = 0; i < from.fields().size(); i++) {
            if (!both(from.fields().get(i).type(), to.fields().get(i).type(), ansi)) {
                return false;
            }
        }
        return true;
    }

    private static boolean both(DataType from, DataType to, boolean ansi) {
        return ansi ? ansi(from, to) : legacy(from, to);
    }
}
