package io.troupe.columnar.function;

import io.troupe.columnar.kernel.KernelFactory;
import io.troupe.columnar.kernel.RowFunction;
import io.troupe.columnar.kernel.Signature;
import io.troupe.columnar.kernel.VectorKernel;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/// Which implementation each scalar function has, by canonical name.
public final class FunctionTable {
    /// `strict`: null in every row where an argument is null; such columns of nulls never reach the
    /// kernel.
    public record Entry(boolean strict, KernelFactory factory) {
        public VectorKernel kernel(Signature signature) {
            return factory.create(signature);
        }
    }

    /// Makes the function of a call's rows.
    @FunctionalInterface
    public interface RowFactory extends Function<Signature, RowFunction> {}

    private static final Map<String, Entry> TABLE = new HashMap<>();

    static {
        FunctionTable table = new FunctionTable();
        Families.register(table);
    }

    private FunctionTable() {}

    /// The implementation, or null when there is none.
    public static Entry find(String name) {
        return TABLE.get(name);
    }

    public static Set<String> names() {
        return Set.copyOf(TABLE.keySet());
    }

    void strict(String name, KernelFactory factory) {
        put(name, new Entry(true, factory));
    }

    void lenient(String name, KernelFactory factory) {
        put(name, new Entry(false, factory));
    }

    /// A strict function of rows that needs to know nothing of its call.
    void row(String name, RowFunction function) {
        strict(name, signature -> RowFunction.strict(signature, function));
    }

    /// A strict function of rows.
    void rows(String name, RowFactory factory) {
        strict(name, signature -> RowFunction.strict(signature, factory.apply(signature)));
    }

    /// A function of rows that sees nulls.
    void lenientRows(String name, RowFactory factory) {
        lenient(name, signature -> RowFunction.lenient(signature, factory.apply(signature)));
    }

    void alias(String alias, String name) {
        put(alias, TABLE.get(name));
    }

    private static void put(String name, Entry entry) {
        if (entry == null || TABLE.put(name, entry) != null) {
            throw new IllegalStateException(
                    "function " + name + " is registered twice or without implementation");
        }
    }
}
