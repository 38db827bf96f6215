package io.troupe.planner.translation;

import io.troupe.planner.expression.Cast;
import io.troupe.planner.expression.Expression;
import io.troupe.planner.expression.Literal;
import io.troupe.planner.expression.PythonTerm;
import io.troupe.planner.type.AtomicType;

/// Comparisons and membership. To Python, NaN equals nothing and is neither less nor greater; here,
/// NaN equals itself and is greater than all else. None equals None only, and has no order.
final class Comparisons {
    private final Terms terms;

    Comparisons(Terms terms) {
        this.terms = terms;
    }

    /// A comparison of values of the same type; one of a small whole number that was widened for
    /// its sake is made in the column's own type, so that scans can use it.
    static Expression of(String operator, Expression left, Expression right) {
        if (left instanceof Cast cast
                && cast.child().type() == AtomicType.INTEGER
                && right instanceof Literal literal
                && literal.value() instanceof Long number
                && number == number.intValue()) {
            return BuiltIns.call(operator, cast.child(), Literal.of(number.intValue()));
        }
        return BuiltIns.call(operator, left, right);
    }

    Part compare(PythonTerm.Compare compare, Scope scope) {
        String operator = compare.operator();
        if (operator.equals("not in")) {
            PythonTerm within = new PythonTerm.Compare("in", compare.left(), compare.right());
            return Part.bool(BuiltIns.not(terms.truth(terms.read(within, scope))));
        }
        Part left = terms.read(compare.left(), scope);
        if (operator.equals("in")) {
            return member(left, compare.right(), scope);
        }
        Part right = terms.read(compare.right(), scope);
        return switch (operator) {
            case "is", "is not" -> identity(left, right, operator.equals("is"));
            case "==", "!=" -> {
                Part equal = equality(left, right);
                yield operator.equals("==") ? equal : equal.with(BuiltIns.not(equal.value()));
            }
            default -> ordered(operator, left, right);
        };
    }

    private Part identity(Part given, Part right, boolean is) {
        if (right.kind() != Kind.NONE) {
            throw new UntranslatableException("'is' compares with something other than None");
        }
        return Part.bool(isNone(given, is));
    }

    private Expression isNone(Part given, boolean is) {
        Part left = terms.settled(given);
        Expression none =
                left.kind() == Kind.NONE
                        ? Literal.TRUE
                        : left.mayBeNone() ? BuiltIns.isNull(left.value()) : Literal.FALSE;
        return is ? none : BuiltIns.not(none);
    }

    /// Equality that passes failures on, where none of the two is None.
    private Part equality(Part left, Part right) {
        boolean plain =
                left.kind() == right.kind()
                        && left.kind() != Kind.FLOAT
                        && left.kind() != Kind.OTHER
                        && left.kind() != Kind.NONE;
        return plain && !left.mayBeNone() && !right.mayBeNone()
                ? Part.of(of("=", left.value(), right.value()), Kind.BOOL, Terms.nulls(left, right))
                : Part.bool(equal(left, right));
    }

    /// Whether two values are equal to Python; never null.
    private Expression equal(Part first, Part second) {
        if (second.kind() == Kind.NONE) {
            return isNone(first, true);
        }
        if (first.kind() == Kind.NONE) {
            return isNone(second, true);
        }
        Part left = terms.settled(first);
        Part right = terms.settled(second);
        Expression[] sides = sides("==", left, right);
        Expression equal;
        if (left.mayBeNone() && right.mayBeNone()) {
            equal = BuiltIns.call("<=>", sides[0], sides[1]);
        } else {
            equal = of("=", sides[0], sides[1]);
            equal = left.mayBeNone() || right.mayBeNone() ? BuiltIns.orFalse(equal) : equal;
        }
        return BuiltIns.and(equal, notNaN(sides[0], sides[1]));
    }

    private Part ordered(String operator, Part first, Part second) {
        Part left = Terms.needed(first, "'" + operator + "'");
        Part right = Terms.needed(second, "'" + operator + "'");
        Expression[] sides = sides(operator, left, right);
        Expression greater = operator.startsWith("<") ? sides[1] : sides[0];
        Expression compared = of(operator, sides[0], sides[1]);
        Expression number = notNaN(greater, greater);
        if (number.equals(Literal.TRUE)) {
            return Part.of(compared, Kind.BOOL, Terms.nulls(left, right));
        }
        // A false on one side would hide a null on the other.
        terms.settled(left);
        terms.settled(right);
        return Part.bool(BuiltIns.and(compared, number));
    }

    /// That one of the two, which is NaN if both are, is none: a constant where there is one.
    private static Expression notNaN(Expression one, Expression other) {
        Expression tested = other instanceof Literal ? other : one;
        if (tested.type() != AtomicType.DOUBLE) {
            return Literal.TRUE;
        }
        if (tested instanceof Literal literal && literal.value() instanceof Double number) {
            return new Literal(!number.isNaN(), AtomicType.BOOLEAN);
        }
        return BuiltIns.not(BuiltIns.call("isnan", tested));
    }

    /// Both operands in the type in which they are compared.
    private Expression[] sides(String operator, Part left, Part right) {
        if (left.kind() == right.kind() && left.kind() != Kind.OTHER) {
            return new Expression[] {left.value(), right.value()};
        }
        if (!left.kind().isNumber() || !right.kind().isNumber()) {
            throw new UntranslatableException(
                    "'"
                            + operator
                            + "' of "
                            + left.kind().shown
                            + " and "
                            + right.kind().shown
                            + " is left to Python");
        }
        if (left.kind() != Kind.FLOAT && right.kind() != Kind.FLOAT) {
            return new Expression[] {Numbers.whole(left).value(), Numbers.whole(right).value()};
        }
        Numbers numbers = new Numbers(terms);
        for (Part part : new Part[] {left, right}) {
            if (part.kind() != Kind.FLOAT) {
                numbers.requireExact(part);
            }
        }
        return new Expression[] {Numbers.floating(left), Numbers.floating(right)};
    }

    /// Python finds a NaN where it is the very same object, which only constants surely are not.
    private static void requireDistinct(Part left, Part member) {
        if (left.kind() == Kind.FLOAT
                && member.kind() == Kind.FLOAT
                && (left.value() instanceof Literal || !(member.value() instanceof Literal))) {
            throw new UntranslatableException("'in' of floats that are no constants");
        }
    }

    private Part member(Part given, PythonTerm container, Scope scope) {
        if (container instanceof PythonTerm.Items items) {
            Part left = terms.settled(given);
            Expression found = Literal.FALSE;
            for (PythonTerm item : items.items()) {
                Part member = terms.read(item, scope);
                requireDistinct(left, member);
                found = BuiltIns.or(found, equal(left, member));
            }
            return Part.bool(found);
        }
        Part sought = Terms.needed(given, "'in'");
        Part text = Terms.needed(terms.read(container, scope), "'in'");
        if (text.kind() != Kind.TEXT || sought.kind() != Kind.TEXT) {
            throw new UntranslatableException(
                    "'in' of " + text.kind().shown + " is left to Python");
        }
        return Part.of(
                BuiltIns.call("contains", text.value(), sought.value()),
                Kind.BOOL,
                Terms.nulls(text, sought));
    }
}
