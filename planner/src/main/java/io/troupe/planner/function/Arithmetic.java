package io.troupe.planner.function;

import static io.troupe.planner.error.Conditions.quoted;

import io.troupe.planner.expression.Call;
import io.troupe.planner.expression.Expression;
import io.troupe.planner.type.AtomicType;
import io.troupe.planner.type.DataType;
import io.troupe.planner.type.DayTimeIntervalType;
import io.troupe.planner.type.DecimalType;
import io.troupe.planner.type.StringType;
import io.troupe.planner.type.TimeType;
import io.troupe.planner.type.YearMonthIntervalType;
import java.util.List;

/// `+ - * / % div` over numbers, decimals, dates, timestamps and intervals.
final class Arithmetic {
    private Arithmetic() {}

    static Typed binary(String operator, Typed left, Typed right, Dialect dialect) {
        Typed temporal = temporal(operator, left, right, dialect);
        return temporal != null ? temporal : numeric(operator, left, right, dialect);
    }

    private static String text(String operator, Typed left, Typed right) {
        return "(" + left.text() + " " + operator + " " + right.text() + ")";
    }

    static Typed numeric(String operator, Typed left, Typed right, Dialect dialect) {
        String text = text(operator, left, right);
        Expression l = left.expression();
        Expression r = right.expression();
        boolean divides = operator.equals("/") || operator.equals("%") || operator.equals("div");
        DataType type = commonNumber(left, right, dialect);
        if (type == null) {
            throw FunctionErrors.operandTypes(text, left.type(), right.type());
        }
        if (type instanceof DecimalType) {
            return decimal(operator, left, right, text, dialect);
        }
        if (operator.equals("/") && type.isNumeric()) {
            type = AtomicType.DOUBLE;
        } else if (operator.equals("div") && type.isNumeric()) {
            if (type.isFractional()) {
                throw FunctionErrors.operatorInput(
                        text,
                        "(\"BIGINT\" or \"DECIMAL\" or \"INTERVAL DAY TO SECOND\" or \"INTERVAL YEAR TO MONTH\")",
                        type);
            }
            type = AtomicType.LONG;
        }
        if (!type.isNumeric()) {
            if (type == AtomicType.VOID) {
                type = operator.equals("div") ? AtomicType.LONG : AtomicType.DOUBLE;
            } else {
                boolean promoted =
                        left.type() instanceof StringType || right.type() instanceof StringType;
                throw promoted || left.type().equals(right.type())
                        ? FunctionErrors.operatorInput(text, required(operator), type)
                        : FunctionErrors.operandTypes(text, left.type(), right.type());
            }
        }
        l = Coercion.cast(l, type, dialect);
        r = Coercion.cast(r, type, dialect);
        return new Typed(
                new Call(operator, List.of(l, r), type, divides || l.nullable() || r.nullable()),
                text);
    }

    /// An operator called by a function's name.
    static Typed function(String operator, String name, List<Typed> a, Dialect dialect) {
        Typed value =
                operator.equals("pmod")
                        ? positive(a, dialect)
                        : binary(operator, a.get(0), a.get(1), dialect);
        return new Typed(value.expression(), ConditionalFunctions.call(name, a));
    }

    private static Typed positive(List<Typed> a, Dialect dialect) {
        Typed value = numeric("%", a.get(0), a.get(1), dialect);
        Call call = (Call) value.expression();
        return new Typed(new Call("pmod", call.arguments(), call.type(), true), value.text());
    }

    /// An operator whose failures are nulls.
    static Typed attempt(String operator, String name, List<Typed> a, Dialect dialect) {
        Typed value = binary(operator, a.get(0), a.get(1), dialect);
        Call call = (Call) value.expression();
        return new Typed(
                new Call(name, call.arguments(), call.type(), true),
                ConditionalFunctions.call(name, a));
    }

    private static String required(String operator) {
        return switch (operator) {
            case "+", "-" ->
                    "(\"NUMERIC\" or \"INTERVAL DAY TO SECOND\" or \"INTERVAL YEAR TO MONTH\" or \"INTERVAL\")";
            case "/" -> "(\"DOUBLE\" or \"DECIMAL\")";
            case "div" ->
                    "(\"BIGINT\" or \"DECIMAL\" or \"INTERVAL DAY TO SECOND\" or \"INTERVAL YEAR TO MONTH\")";
            default -> quoted("NUMERIC");
        };
    }

    /// The type in which two numbers meet, also strings that stand for numbers; not null for equal
    /// types of any kind.
    static DataType commonNumber(Typed left, Typed right, Dialect dialect) {
        DataType l = left.type();
        DataType r = right.type();
        if (l instanceof StringType && r instanceof StringType) {
            return dialect.ansi() ? l : AtomicType.DOUBLE;
        }
        if (l instanceof StringType || r instanceof StringType) {
            if (!dialect.ansi()) {
                DataType other = l instanceof StringType ? r : l;
                return other.isNumeric() || other == AtomicType.VOID ? AtomicType.DOUBLE : null;
            }
            if (l == AtomicType.VOID || r == AtomicType.VOID) {
                return AtomicType.DOUBLE;
            }
            return Coercion.withString(l, r);
        }
        if (l instanceof DecimalType || r instanceof DecimalType) {
            if (l.isFractional() || r.isFractional()) {
                return AtomicType.DOUBLE;
            }
            boolean both =
                    (l.isNumeric() || l == AtomicType.VOID)
                            && (r.isNumeric() || r == AtomicType.VOID);
            return both ? (l instanceof DecimalType ? l : r) : null;
        }
        return Coercion.tightest(l, r, dialect.ansi());
    }

    private static Typed decimal(
            String operator, Typed left, Typed right, String text, Dialect dialect) {
        Expression l = toDecimal(left, right.type(), dialect);
        Expression r = toDecimal(right, left.type(), dialect);
        DecimalType a = (DecimalType) l.type();
        DecimalType b = (DecimalType) r.type();
        boolean nullable =
                l.nullable() || r.nullable() || !operator.matches("[-+*]") || !dialect.ansi();
        DataType type =
                operator.equals("div")
                        ? AtomicType.LONG
                        : Decimals.result(operator, a, b, dialect.decimalPrecisionLoss());
        return new Typed(new Call(operator, List.of(l, r), type, nullable), text);
    }

    private static Expression toDecimal(Typed operand, DataType other, Dialect dialect) {
        boolean written = operand.text().matches("-?[0-9]+");
        DecimalType type =
                written
                        ? Decimals.forExpression(operand.expression())
                        : Decimals.forType(operand.type());
        return Coercion.cast(operand.expression(), type == null ? other : type, dialect);
    }

    private static Typed temporal(String operator, Typed left, Typed right, Dialect dialect) {
        return switch (operator) {
            case "+" -> plus(left, right, dialect);
            case "-" -> minus(left, right, dialect);
            case "*" -> times(left, right, dialect);
            case "/", "div" -> over(operator, left, right, dialect);
            default -> null;
        };
    }

    private static boolean interval(DataType type) {
        return Coercion.isInterval(type) || type == AtomicType.CALENDAR_INTERVAL;
    }

    private static Typed plus(Typed left, Typed right, Dialect dialect) {
        DataType l = left.type();
        DataType r = right.type();
        boolean dated =
                (l == AtomicType.DATE || r == AtomicType.DATE) && !interval(l) && !interval(r);
        DataType other = l == AtomicType.DATE ? r : l;
        if (dated
                && !other.isIntegral()
                && other != AtomicType.VOID
                && !Coercion.isDatetime(other)
                && !(other instanceof TimeType)) {
            Typed days = l == AtomicType.DATE ? right : left;
            Typed date = l == AtomicType.DATE ? left : right;
            throw FunctionErrors.wrongInput(
                    "date_add(" + date.text() + ", " + days.text() + ")",
                    1,
                    "(\"INT\" or \"SMALLINT\" or \"TINYINT\")",
                    days);
        }
        if (l == AtomicType.DATE && (r.isIntegral() || r == AtomicType.VOID)) {
            return dateShift("date_add", left, right, dialect);
        }
        if (r == AtomicType.DATE && (l.isIntegral() || l == AtomicType.VOID)) {
            return dateShift("date_add", right, left, dialect);
        }
        if (Coercion.isInterval(l) && Coercion.isInterval(r)) {
            return intervals("+", left, right, dialect);
        }
        if (interval(r) && !interval(l)) {
            return shift(left, right, false, left.text() + " + " + right.text(), dialect);
        }
        if (interval(l) && !interval(r)) {
            return shift(right, left, false, right.text() + " + " + left.text(), dialect);
        }
        return l == AtomicType.CALENDAR_INTERVAL && r == l ? same("+", left, right) : null;
    }

    private static Typed minus(Typed left, Typed right, Dialect dialect) {
        DataType l = left.type();
        DataType r = right.type();
        if (l == AtomicType.DATE && (r.isIntegral() || r == AtomicType.VOID)) {
            return dateShift("date_sub", left, right, dialect);
        }
        if (Coercion.isInterval(l) && Coercion.isInterval(r)) {
            return intervals("-", left, right, dialect);
        }
        if (interval(r) && !interval(l)) {
            return shift(left, right, true, left.text() + " - " + right.text(), dialect);
        }
        if (Coercion.isDatetime(l) || Coercion.isDatetime(r)) {
            return difference(left, right, dialect);
        }
        if (l instanceof TimeType && r instanceof TimeType) {
            Expression call =
                    new Call(
                            "-",
                            List.of(left.expression(), right.expression()),
                            new DayTimeIntervalType(
                                    DayTimeIntervalType.Field.HOUR,
                                    DayTimeIntervalType.Field.SECOND),
                            left.nullable() || right.nullable());
            return new Typed(call, text("-", left, right));
        }
        return l == AtomicType.CALENDAR_INTERVAL && r == l ? same("-", left, right) : null;
    }

    private static Typed same(String operator, Typed left, Typed right) {
        List<Expression> arguments = List.of(left.expression(), right.expression());
        return new Typed(
                new Call(operator, arguments, left.type(), left.nullable() || right.nullable()),
                text(operator, left, right));
    }

    private static Typed intervals(String operator, Typed left, Typed right, Dialect dialect) {
        DataType type = Coercion.tightest(left.type(), right.type(), dialect.ansi());
        if (type == null) {
            throw FunctionErrors.operandTypes(
                    text(operator, left, right), left.type(), right.type());
        }
        Expression l = Coercion.cast(left.expression(), type, dialect);
        Expression r = Coercion.cast(right.expression(), type, dialect);
        return new Typed(
                new Call(operator, List.of(l, r), type, l.nullable() || r.nullable()),
                text(operator, left, right));
    }

    private static Typed dateShift(String function, Typed date, Typed days, Dialect dialect) {
        Expression count =
                days.type() == AtomicType.LONG || days.type() == AtomicType.VOID
                        ? Coercion.cast(days.expression(), AtomicType.INTEGER, dialect)
                        : days.expression();
        return new Typed(
                new Call(
                        function,
                        List.of(date.expression(), count),
                        AtomicType.DATE,
                        date.nullable() || count.nullable()),
                function + "(" + date.text() + ", " + days.text() + ")");
    }

    /// Date, timestamp or time ± interval.
    private static Typed shift(
            Typed base, Typed interval, boolean minus, String text, Dialect dialect) {
        DataType type = base.type();
        Expression value = base.expression();
        if (type instanceof StringType || type == AtomicType.VOID) {
            type = AtomicType.TIMESTAMP;
            value = Coercion.cast(value, type, dialect);
        }
        Expression amount = interval.expression();
        boolean asText = base.type() instanceof StringType;
        boolean days =
                interval.type() instanceof DayTimeIntervalType dt
                        && dt.start() == DayTimeIntervalType.Field.DAY
                        && dt.end() == DayTimeIntervalType.Field.DAY;
        String shown = text;
        if (type == AtomicType.DATE) {
            if (days) {
                shown =
                        (minus ? "date_sub(" : "date_add(")
                                + base.text()
                                + ", extractansiintervaldays("
                                + interval.text()
                                + "))";
            } else if (interval.type() instanceof DayTimeIntervalType) {
                type = AtomicType.TIMESTAMP;
                value = Coercion.cast(value, type, dialect);
            }
        } else if (!Coercion.isDatetime(type)
                && !(type instanceof TimeType && interval.type() instanceof DayTimeIntervalType)) {
            throw FunctionErrors.wrongInput(
                    text, 0, "(\"TIMESTAMP\" or \"TIMESTAMP WITHOUT TIME ZONE\")", base);
        }
        Expression moved =
                new Call(
                        minus ? "-" : "+",
                        List.of(value, amount),
                        type,
                        value.nullable() || amount.nullable());
        return new Typed(asText ? Coercion.cast(moved, StringType.STRING, dialect) : moved, shown);
    }

    private static Typed difference(Typed left, Typed right, Dialect dialect) {
        DataType l = left.type();
        DataType r = right.type();
        boolean text = l instanceof StringType || r instanceof StringType;
        DataType type =
                text
                        ? (l instanceof StringType ? r : l)
                        : l == AtomicType.VOID
                                ? r
                                : r == AtomicType.VOID
                                        ? l
                                        : Coercion.tightest(l, r, dialect.ansi());
        if (type == null) {
            boolean first = Coercion.isDatetime(l);
            throw FunctionErrors.wrongInput(
                    text("-", left, right),
                    first ? 1 : 0,
                    "(\"TIMESTAMP\" or \"TIMESTAMP WITHOUT TIME ZONE\")",
                    first ? right : left);
        }
        boolean dates = type == AtomicType.DATE;
        Expression a = Coercion.cast(left.expression(), type, dialect);
        Expression b = Coercion.cast(right.expression(), type, dialect);
        DataType result =
                dates
                        ? new DayTimeIntervalType(
                                DayTimeIntervalType.Field.DAY, DayTimeIntervalType.Field.DAY)
                        : DayTimeIntervalType.DEFAULT;
        return new Typed(
                new Call("-", List.of(a, b), result, a.nullable() || b.nullable()),
                text("-", left, right));
    }

    private static Typed times(Typed left, Typed right, Dialect dialect) {
        if (interval(left.type()) && number(right.type())) {
            return scale("*", left, right, dialect);
        }
        return interval(right.type()) && number(left.type())
                ? scale("*", right, left, dialect)
                : null;
    }

    private static Typed over(String operator, Typed left, Typed right, Dialect dialect) {
        if (operator.equals("/") && interval(left.type()) && number(right.type())) {
            return scale("/", left, right, dialect);
        }
        if (operator.equals("div")
                && Coercion.isInterval(left.type())
                && Coercion.isInterval(right.type())) {
            Typed operands = intervals("+", left, right, dialect);
            Call call = (Call) operands.expression();
            return new Typed(
                    new Call("div", call.arguments(), AtomicType.LONG, true),
                    text("div", left, right));
        }
        return null;
    }

    private static boolean number(DataType type) {
        return type.isNumeric() || type instanceof StringType || type == AtomicType.VOID;
    }

    private static Typed scale(String operator, Typed interval, Typed factor, Dialect dialect) {
        DataType type =
                switch (interval.type()) {
                    case DayTimeIntervalType _ -> DayTimeIntervalType.DEFAULT;
                    case YearMonthIntervalType _ -> YearMonthIntervalType.DEFAULT;
                    default -> interval.type();
                };
        DataType factorType =
                factor.type() instanceof StringType
                                || factor.type() == AtomicType.VOID
                                || type == AtomicType.CALENDAR_INTERVAL
                        ? AtomicType.DOUBLE
                        : factor.type();
        Expression value = Coercion.cast(interval.expression(), type, dialect);
        Expression by = Coercion.cast(factor.expression(), factorType, dialect);
        boolean nullable = value.nullable() || by.nullable();
        return new Typed(
                new Call(operator, List.of(value, by), type, nullable),
                text(operator, interval, factor));
    }
}
