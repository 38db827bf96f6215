package io.troupe.planner.translation;

import io.troupe.planner.expression.Expression;
import io.troupe.planner.expression.Literal;
import io.troupe.planner.expression.PythonTerm;
import io.troupe.planner.type.AtomicType;
import java.util.function.BiFunction;
import java.util.function.Supplier;

/// Translates terms, and keeps the checks of the branch that it is in.
final class Terms {
    /// What is made of a value where it leaves the function, or nothing.
    interface Leaf extends BiFunction<Part, Checks, Part> {}

    private static final Leaf AS_IT_IS = (part, _) -> part;

    private Checks checks;
    private final Numbers numbers = new Numbers(this);
    private final Comparisons comparisons = new Comparisons(this);
    private final Texts texts = new Texts(this);
    private final Formats formats = new Formats(this);

    Terms(Checks checks) {
        this.checks = checks;
    }

    /// The checks of the branch that is being translated.
    Checks checks() {
        return checks;
    }

    Part read(PythonTerm term, Scope scope) {
        return evaluate(term, scope, AS_IT_IS);
    }

    /// The value of a term, after `leaf` at the end of each branch.
    Part evaluate(PythonTerm term, Scope scope, Leaf leaf) {
        return switch (term) {
            case PythonTerm.Conditional c ->
                    conditional(
                            truth(read(c.test(), scope)),
                            () -> evaluate(c.then(), scope.where(c.test(), true), leaf),
                            () -> evaluate(c.otherwise(), scope.where(c.test(), false), leaf));
            case PythonTerm.Junction junction -> junction(junction, scope, leaf);
            case PythonTerm.Let let ->
                    evaluate(
                            let.body(),
                            scope.with(
                                    new PythonTerm.Variable(let.number()),
                                    settled(read(let.value(), scope))),
                            leaf);
            default -> leaf.apply(simple(term, scope), checks);
        };
    }

    private Part junction(PythonTerm.Junction junction, Scope scope, Leaf leaf) {
        Part left = settled(read(junction.left(), scope));
        Supplier<Part> right =
                () ->
                        evaluate(
                                junction.right(),
                                scope.where(junction.left(), junction.conjunction()),
                                leaf);
        Part decided = left;
        if (left.kind() == Kind.BOOL && (!left.mayBeNone() || !junction.conjunction())) {
            decided = Part.bool(junction.conjunction() ? Literal.FALSE : Literal.TRUE);
        } else if (!junction.conjunction()) {
            decided = left.kind() == Kind.NONE ? left : left.with(Part.Nulls.NEVER);
        }
        Part kept = decided;
        Supplier<Part> first = () -> leaf.apply(kept, checks);
        return junction.conjunction()
                ? conditional(truth(left), right, first)
                : conditional(truth(left), first, right);
    }

    private Part simple(PythonTerm term, Scope scope) {
        return switch (term) {
            case PythonTerm.Argument _, PythonTerm.Variable _ -> scope.get(term);
            case PythonTerm.Constant constant -> constant(constant.value());
            case PythonTerm.Unary unary -> unary(unary, scope);
            case PythonTerm.Binary binary -> binary(binary, scope);
            case PythonTerm.Compare compare -> comparisons.compare(compare, scope);
            case PythonTerm.Invoke invoke -> formats.invoke(invoke, scope);
            case PythonTerm.Method method -> texts.method(method, scope);
            case PythonTerm.Item item -> texts.item(item, scope);
            case PythonTerm.Slice slice -> texts.slice(slice, scope);
            case PythonTerm.Items _ ->
                    throw new UntranslatableException("a tuple, list or set is used as a value");
            case PythonTerm.Conditional _, PythonTerm.Junction _, PythonTerm.Let _ ->
                    read(term, scope);
        };
    }

    private static Part constant(Object value) {
        return switch (value) {
            case null -> Part.ABSENT;
            case Boolean truth -> Part.bool(new Literal(truth, AtomicType.BOOLEAN));
            case Long number ->
                    new Part(
                            Literal.of(number),
                            Kind.INT,
                            Range.of(number, number),
                            Part.Nulls.NEVER);
            case Double number -> Part.of(BuiltIns.literal(number), Kind.FLOAT, Part.Nulls.NEVER);
            case String text -> Part.of(Literal.of(text), Kind.TEXT, Part.Nulls.NEVER);
            default -> throw new IllegalArgumentException("a constant " + value.getClass());
        };
    }

    private Part unary(PythonTerm.Unary unary, Scope scope) {
        Part operand = read(unary.operand(), scope);
        return unary.operator().equals("not")
                ? Part.bool(BuiltIns.not(truth(operand)))
                : numbers.unary(unary.operator(), operand);
    }

    private Part binary(PythonTerm.Binary binary, Scope scope) {
        Part left = read(binary.left(), scope);
        Part right = read(binary.right(), scope);
        return binary.operator().equals("+")
                        && left.kind() == Kind.TEXT
                        && right.kind() == Kind.TEXT
                ? texts.joined(left, right)
                : numbers.binary(binary.operator(), left, right);
    }

    /// Python's value of one branch or the other, each with its own checks.
    Part conditional(Expression condition, Supplier<Part> then, Supplier<Part> otherwise) {
        if (condition instanceof Literal literal) {
            return Boolean.TRUE.equals(literal.value()) ? then.get() : otherwise.get();
        }
        Checks before = checks;
        Checks whenTrue = before.branch();
        Checks whenFalse = before.branch();
        checks = whenTrue;
        Part a = then.get();
        checks = whenFalse;
        Part b = otherwise.get();
        if (a.mayBeNone() || b.mayBeNone()) {
            b = settled(b);
            checks = whenTrue;
            a = settled(a);
        }
        checks = before;
        Part merged = merged(condition, a, b);
        if (!whenTrue.isEmpty() || !whenFalse.isEmpty()) {
            checks.add(BuiltIns.choice(condition, whenTrue.all(), whenFalse.all()));
        }
        return merged;
    }

    private static Part merged(Expression condition, Part a, Part b) {
        Kind kind = a.kind() == Kind.NONE ? b.kind() : a.kind();
        if (b.kind() != Kind.NONE && b.kind() != kind) {
            throw new UntranslatableException(
                    "a value is " + a.kind().shown + " or " + b.kind().shown);
        }
        if (kind == Kind.NONE) {
            return Part.ABSENT;
        }
        Part typed = a.kind() == Kind.NONE ? b : a;
        Part.Nulls nulls =
                a.nulls() == b.nulls() || b.nulls() == Part.Nulls.NEVER ? a.nulls() : b.nulls();
        Range range =
                kind != Kind.INT
                        ? null
                        : a.kind() == b.kind() ? a.range().union(b.range()) : typed.range();
        Expression value = choice(condition, ofType(a, typed), ofType(b, typed), nulls);
        return new Part(value, kind, range, nulls);
    }

    private static Expression ofType(Part part, Part typed) {
        return part.kind() == Kind.NONE ? Literal.ofNull(typed.value().type()) : part.value();
    }

    /// CASE, or AND and OR where they say the same: those can be pushed into scans.
    private static Expression choice(
            Expression condition, Expression then, Expression otherwise, Part.Nulls nulls) {
        if (nulls == Part.Nulls.NEVER && otherwise.equals(Literal.FALSE)) {
            return BuiltIns.and(condition, then);
        }
        if (nulls == Part.Nulls.NEVER && then.equals(Literal.TRUE)) {
            return BuiltIns.or(condition, otherwise);
        }
        return BuiltIns.choice(condition, then, otherwise);
    }

    /// Whether Python takes the value for true; never null.
    Expression truth(Part part) {
        Part value = settled(part);
        Expression v = value.value();
        Expression truth =
                switch (value.kind()) {
                    case NONE -> Literal.FALSE;
                    case BOOL -> v;
                    case INT -> Comparisons.of("<>", v, Literal.of(0L));
                    case FLOAT -> Comparisons.of("<>", v, BuiltIns.literal(0));
                    case TEXT -> Comparisons.of("<>", v, Literal.of(""));
                    case DATE -> value.mayBeNone() ? BuiltIns.isNotNull(v) : Literal.TRUE;
                    case OTHER ->
                            throw new UntranslatableException(
                                    "a value that it only may pass on is tested");
                };
        return value.mayBeNone() ? BuiltIns.orFalse(truth) : truth;
    }

    /// The part with its failures told in the checks, so that its nulls mean None or do not exist.
    Part settled(Part part) {
        if (part.nulls() != Part.Nulls.FAILS) {
            return part;
        }
        checks.present(part.value());
        return part.with(Part.Nulls.NEVER);
    }

    /// The part as an operand that must not be None: a null is an error of Python's.
    static Part needed(Part part, String what) {
        if (part.kind() == Kind.NONE) {
            throw new UntranslatableException(what + " is given None, which is an error");
        }
        return part.mayBeNone() ? part.with(Part.Nulls.FAILS) : part;
    }

    /// What nulls mean in the value of a function that is null where an argument is.
    static Part.Nulls nulls(Part... operands) {
        for (Part operand : operands) {
            if (operand.nulls() != Part.Nulls.NEVER) {
                return Part.Nulls.FAILS;
            }
        }
        return Part.Nulls.NEVER;
    }
}
