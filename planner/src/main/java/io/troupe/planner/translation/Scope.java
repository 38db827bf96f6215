package io.troupe.planner.translation;

import io.troupe.planner.expression.PythonTerm;
import java.util.HashMap;
import java.util.Map;

/// The values of parameters and variables, and which of them are known not to be None.
final class Scope {
    private final Map<PythonTerm, Part> parts;

    private Scope(Map<PythonTerm, Part> parts) {
        this.parts = parts;
    }

    static Scope empty() {
        return new Scope(Map.of());
    }

    Scope with(PythonTerm name, Part part) {
        Map<PythonTerm, Part> more = new HashMap<>(parts);
        more.put(name, part);
        return new Scope(more);
    }

    Part get(PythonTerm name) {
        return parts.get(name);
    }

    /// The scope where a test came out as `outcome`.
    Scope where(PythonTerm test, boolean outcome) {
        return switch (test) {
            case PythonTerm.Unary unary when unary.operator().equals("not") ->
                    where(unary.operand(), !outcome);
            case PythonTerm.Junction junction when junction.conjunction() == outcome ->
                    where(junction.left(), outcome).where(junction.right(), outcome);
            case PythonTerm.Compare compare when isNone(compare.right()) ->
                    switch (compare.operator()) {
                        case "is", "==" -> outcome ? this : present(compare.left());
                        case "is not", "!=" -> outcome ? present(compare.left()) : this;
                        default -> this;
                    };
            case PythonTerm.Argument _, PythonTerm.Variable _ -> outcome ? present(test) : this;
            default -> this;
        };
    }

    private static boolean isNone(PythonTerm term) {
        return term instanceof PythonTerm.Constant constant && constant.value() == null;
    }

    private Scope present(PythonTerm name) {
        Part part = parts.get(name);
        return part == null || !part.mayBeNone() || part.kind() == Kind.NONE
                ? this
                : with(name, part.with(Part.Nulls.NEVER));
    }
}
