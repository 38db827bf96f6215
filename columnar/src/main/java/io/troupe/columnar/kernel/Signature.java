package io.troupe.columnar.kernel;

import io.troupe.planner.type.DataType;
import java.util.List;

/// A call to compile: its argument types, the literal values among its arguments and its result
/// type.
public record Signature(
        String name,
        List<DataType> arguments,
        Object[] constants,
        DataType type,
        EvaluationSettings settings) {
    /// Marks an argument that differs from row to row.
    public static final Object VARIES = new Object();

    public int size() {
        return arguments.size();
    }

    public DataType argument(int index) {
        return arguments.get(index);
    }

    public boolean isConstant(int index) {
        return index < constants.length && constants[index] != VARIES;
    }

    /// The literal value of an argument; null when it is SQL NULL.
    public Object constant(int index) {
        return constants[index];
    }

    /// The string of a constant argument, or null when the argument is absent, null or not
    /// constant.
    public String text(int index) {
        return isConstant(index) && constants[index] instanceof String text ? text : null;
    }

    public boolean ansi() {
        return settings.ansi();
    }

    /// The same call under another name, for aliases.
    public Signature named(String name) {
        return new Signature(name, arguments, constants, type, settings);
    }
}
