package io.troupe.planner.function;

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
import io.troupe.planner.type.StructField;
import io.troupe.planner.type.StructType;
import io.troupe.planner.type.TimeType;
import io.troupe.planner.type.YearMonthIntervalType;
import java.util.ArrayList;
import java.util.List;

/// Implicit conversions: the common type of several expressions, and the type that an argument is
/// converted to. Null results mean that there is none.
public final class Coercion {
    private static final List<AtomicType> PRECEDENCE =
            List.of(
                    AtomicType.BYTE,
                    AtomicType.SHORT,
                    AtomicType.INTEGER,
                    AtomicType.LONG,
                    AtomicType.FLOAT,
                    AtomicType.DOUBLE);

    private Coercion() {}

    /// The expression converted to the type; itself when it has that type. An untyped NULL becomes
    /// a typed one.
    public static Expression cast(Expression expression, DataType type, Dialect dialect) {
        if (sameIgnoringNullability(expression.type(), type)) {
            return expression;
        }
        if (expression instanceof Literal literal && literal.value() == null) {
            return Literal.ofNull(type);
        }
        return new Cast(expression, type, dialect.castMode());
    }

    public static List<Expression> castAll(
            List<Expression> expressions, DataType type, Dialect dialect) {
        return expressions.stream().map(expression -> cast(expression, type, dialect)).toList();
    }

    public static boolean sameIgnoringNullability(DataType a, DataType b) {
        return switch (a) {
            case ArrayType array ->
                    b instanceof ArrayType that
                            && sameIgnoringNullability(array.element(), that.element());
            case MapType map ->
                    b instanceof MapType that
                            && sameIgnoringNullability(map.key(), that.key())
                            && sameIgnoringNullability(map.value(), that.value());
            case StructType struct -> b instanceof StructType that && sameFields(struct, that);
            default -> a.equals(b);
        };
    }

    private static boolean sameFields(StructType a, StructType b) {
        if (a.fields().size() != b.fields().size()) {
            return false;
        }
        for (int i = 0; i < a.fields().size(); i++) {
            StructField left = a.fields().get(i);
            StructField right = b.fields().get(i);
            if (!left.name().equals(right.name())
                    || !sameIgnoringNullability(left.type(), right.type())) {
                return false;
            }
        }
        return true;
    }

    /// The type that both have without loss and without involving strings.
    public static DataType tightest(DataType a, DataType b, boolean ansi) {
        if (a.equals(b)) {
            return a;
        }
        if (a == AtomicType.VOID) {
            return b;
        }
        if (b == AtomicType.VOID) {
            return a;
        }
        if (a.isIntegral() && b instanceof DecimalType decimal) {
            return Decimals.holds(decimal, Decimals.forType(a)) ? decimal : null;
        }
        if (b.isIntegral() && a instanceof DecimalType) {
            return tightest(b, a, ansi);
        }
        if (PRECEDENCE.contains(a) && PRECEDENCE.contains(b)) {
            AtomicType wider =
                    PRECEDENCE.get(Math.max(PRECEDENCE.indexOf(a), PRECEDENCE.indexOf(b)));
            return ansi && wider == AtomicType.FLOAT ? AtomicType.DOUBLE : wider;
        }
        DataType temporal = temporal(a, b);
        return temporal != null ? temporal : nested(a, b, ansi, false);
    }

    private static DataType temporal(DataType a, DataType b) {
        if (isDatetime(a) && isDatetime(b)) {
            return a == AtomicType.TIMESTAMP || b == AtomicType.TIMESTAMP
                    ? AtomicType.TIMESTAMP
                    : AtomicType.TIMESTAMP_NTZ;
        }
        if (a instanceof TimeType x && b instanceof TimeType y) {
            return new TimeType(Math.max(x.precision(), y.precision()));
        }
        if (a instanceof DayTimeIntervalType x && b instanceof DayTimeIntervalType y) {
            return new DayTimeIntervalType(
                    x.start().compareTo(y.start()) <= 0 ? x.start() : y.start(),
                    x.end().compareTo(y.end()) >= 0 ? x.end() : y.end());
        }
        if (a instanceof YearMonthIntervalType x && b instanceof YearMonthIntervalType y) {
            return new YearMonthIntervalType(
                    x.start().compareTo(y.start()) <= 0 ? x.start() : y.start(),
                    x.end().compareTo(y.end()) >= 0 ? x.end() : y.end());
        }
        return null;
    }

    static boolean isDatetime(DataType type) {
        return type == AtomicType.DATE
                || type == AtomicType.TIMESTAMP
                || type == AtomicType.TIMESTAMP_NTZ;
    }

    static boolean isInterval(DataType type) {
        return type instanceof DayTimeIntervalType || type instanceof YearMonthIntervalType;
    }

    /// The common type of two expressions of CASE, COALESCE, IN, UNION and the like.
    public static DataType wider(DataType a, DataType b, boolean ansi) {
        DataType tightest = tightest(a, b, ansi);
        if (tightest != null) {
            return tightest;
        }
        if (a instanceof DecimalType && b.isFractional()
                || b instanceof DecimalType && a.isFractional()) {
            return AtomicType.DOUBLE;
        }
        if (a.isNumeric() && b.isNumeric()) {
            return Decimals.wider(Decimals.forType(a), Decimals.forType(b));
        }
        DataType string = ansi ? withString(a, b) : legacyWithString(a, b);
        return string != null ? string : nested(a, b, ansi, true);
    }

    /// What a string and another value meet as in ANSI mode: the other's type, except that small
    /// numbers become BIGINT or DOUBLE.
    static DataType withString(DataType a, DataType b) {
        if (!(a instanceof StringType)) {
            return b instanceof StringType ? withString(b, a) : null;
        }
        if (b instanceof StringType) {
            return StringType.STRING;
        }
        if (b.isIntegral()) {
            return AtomicType.LONG;
        }
        if (b.isFractional() || b instanceof DecimalType) {
            return AtomicType.DOUBLE;
        }
        if (b == AtomicType.VOID) {
            return a;
        }
        return isInterval(b)
                        || b.isNested()
                        || b == AtomicType.CALENDAR_INTERVAL
                        || b == AtomicType.VARIANT
                ? null
                : b;
    }

    private static DataType legacyWithString(DataType a, DataType b) {
        boolean first = a instanceof StringType;
        DataType other = first ? b : a;
        if (!first && !(b instanceof StringType)) {
            return null;
        }
        return other.isNested() || other == AtomicType.BINARY || other == AtomicType.BOOLEAN
                ? null
                : StringType.STRING;
    }

    private static DataType nested(DataType a, DataType b, boolean ansi, boolean wide) {
        return switch (a) {
            case ArrayType x when b instanceof ArrayType y -> {
                DataType element = either(x.element(), y.element(), ansi, wide);
                yield element == null
                        ? null
                        : new ArrayType(
                                element,
                                x.containsNull()
                                        || y.containsNull()
                                        || loses(x.element(), element)
                                        || loses(y.element(), element));
            }
            case MapType x when b instanceof MapType y -> {
                DataType key = either(x.key(), y.key(), ansi, wide);
                DataType value = either(x.value(), y.value(), ansi, wide);
                boolean keyMayBeNull =
                        key != null && (becomesNull(x.key(), key) || becomesNull(y.key(), key));
                yield key == null || value == null || keyMayBeNull
                        ? null
                        : new MapType(
                                key,
                                value,
                                x.valueContainsNull()
                                        || y.valueContainsNull()
                                        || loses(x.value(), value)
                                        || loses(y.value(), value));
            }
            case StructType x when b instanceof StructType y -> structs(x, y, ansi, wide);
            default -> null;
        };
    }

    /// Whether the conversion gives null for some values outside ANSI mode: keys of maps are not
    /// converted so.
    private static boolean becomesNull(DataType from, DataType to) {
        return !sameIgnoringNullability(from, to)
                && new Cast(new Probe(from).literal(), to, Cast.Mode.LEGACY).nullable();
    }

    private static boolean loses(DataType from, DataType to) {
        return !sameIgnoringNullability(from, to)
                && new Cast(new Probe(from).literal(), to, Cast.Mode.ANSI).nullable();
    }

    /// A value of a type that is not null, to ask what a conversion does to nullability.
    private record Probe(DataType type) {
        Expression literal() {
            return new io.troupe.planner.expression.Attribute(-1, "", type, false);
        }
    }

    private static DataType structs(StructType a, StructType b, boolean ansi, boolean wide) {
        if (a.fields().size() != b.fields().size()) {
            return null;
        }
        List<StructField> fields = new ArrayList<>();
        for (int i = 0; i < a.fields().size(); i++) {
            StructField x = a.fields().get(i);
            StructField y = b.fields().get(i);
            DataType type = either(x.type(), y.type(), ansi, wide);
            if (type == null || !x.name().equalsIgnoreCase(y.name())) {
                return null;
            }
            fields.add(
                    new StructField(
                            x.name(),
                            type,
                            x.nullable()
                                    || y.nullable()
                                    || loses(x.type(), type)
                                    || loses(y.type(), type)));
        }
        return new StructType(fields);
    }

    /// The type with the field names of another of the same shape: names do not matter in
    /// comparisons.
    static DataType named(DataType type, DataType like) {
        if (type instanceof StructType a
                && like instanceof StructType b
                && a.fields().size() == b.fields().size()) {
            List<StructField> fields = new ArrayList<>();
            for (int i = 0; i < a.fields().size(); i++) {
                StructField field = a.fields().get(i);
                fields.add(
                        new StructField(
                                b.fields().get(i).name(),
                                named(field.type(), b.fields().get(i).type()),
                                field.nullable()));
            }
            return new StructType(fields);
        }
        return type instanceof ArrayType a && like instanceof ArrayType b
                ? new ArrayType(named(a.element(), b.element()), a.containsNull())
                : type;
    }

    private static DataType either(DataType a, DataType b, boolean ansi, boolean wide) {
        return wide ? wider(a, b, ansi) : tightest(a, b, ansi);
    }

    /// The common type of all, null when there is none. Strings meet the others last, so that
    /// `coalesce(1, 'a', 2)` does not depend on order.
    public static DataType wider(List<DataType> types, boolean ansi) {
        List<DataType> ordered = new ArrayList<>();
        types.stream().filter(type -> type instanceof StringType).forEach(ordered::add);
        types.stream().filter(type -> !(type instanceof StringType)).forEach(ordered::add);
        DataType common = AtomicType.VOID;
        for (DataType type : ordered) {
            common = wider(common, type, ansi);
            if (common == null) {
                return null;
            }
        }
        return common;
    }

    public static DataType widerOf(List<? extends Expression> expressions, boolean ansi) {
        return wider(expressions.stream().map(Expression::type).toList(), ansi);
    }

    /// The type that an argument of type `from` takes where `to` is expected; null when it cannot
    /// be converted silently.
    public static DataType implicit(DataType from, DataType to, boolean ansi) {
        if (sameIgnoringNullability(from, to)) {
            return from;
        }
        if (from == AtomicType.VOID) {
            return to;
        }
        if (from instanceof StringType) {
            return to instanceof StringType
                    ? to
                    : to.isNested() || isInterval(to) && !ansi ? null : to;
        }
        return storeAssignable(from, to, ansi) ? to : null;
    }

    /// Conversions that ANSI SQL's store assignment allows, which are those that ANSI mode makes
    /// silently.
    public static boolean storeAssignable(DataType from, DataType to, boolean ansi) {
        if (sameIgnoringNullability(from, to) || from == AtomicType.VOID) {
            return true;
        }
        if (from.isNumeric() && to.isNumeric()) {
            return true;
        }
        if (to instanceof StringType) {
            return !from.isNested() && from != AtomicType.VARIANT;
        }
        if (isDatetime(from) && isDatetime(to)) {
            return true;
        }
        return switch (from) {
            case DayTimeIntervalType _ -> to instanceof DayTimeIntervalType;
            case YearMonthIntervalType _ -> to instanceof YearMonthIntervalType;
            case TimeType _ -> to instanceof TimeType;
            case ArrayType x ->
                    to instanceof ArrayType y
                            && (!x.containsNull() || y.containsNull())
                            && storeAssignable(x.element(), y.element(), ansi);
            case MapType x ->
                    to instanceof MapType y
                            && (!x.valueContainsNull() || y.valueContainsNull())
                            && storeAssignable(x.key(), y.key(), ansi)
                            && storeAssignable(x.value(), y.value(), ansi);
            case StructType x -> to instanceof StructType y && storeAssignableFields(x, y, ansi);
            default -> false;
        };
    }

    private static boolean storeAssignableFields(StructType a, StructType b, boolean ansi) {
        if (a.fields().size() != b.fields().size()) {
            return false;
        }
        for (int i = 0; i < a.fields().size(); i++) {
            StructField x = a.fields().get(i);
            StructField y = b.fields().get(i);
            if (x.nullable() && !y.nullable() || !storeAssignable(x.type(), y.type(), ansi)) {
                return false;
            }
        }
        return true;
    }
}
