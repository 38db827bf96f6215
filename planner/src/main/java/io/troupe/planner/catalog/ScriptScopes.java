package io.troupe.planner.catalog;

import io.troupe.planner.expression.Literal;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// The variables of the SQL script that the calling thread runs: one scope a block, innermost
/// first. Each thread has its own, since a script's statements are analysed by the thread that runs
/// it.
public final class ScriptScopes {
    private record Scope(String label, Map<String, Literal> variables) {}

    private final ThreadLocal<Deque<Scope>> open = ThreadLocal.withInitial(ArrayDeque::new);

    /// Runs the work in a new innermost scope.
    ///
    /// @param label lower case, or null
    /// @param variables by lower-case name; kept and changed
    public <T> T within(
            String label, Map<String, Literal> variables, java.util.function.Supplier<T> work) {
        Deque<Scope> scopes = open.get();
        scopes.push(new Scope(label, variables));
        try {
            return work.get();
        } finally {
            scopes.pop();
            if (scopes.isEmpty()) {
                open.remove();
            }
        }
    }

    /// The variables of the innermost scope; null outside of scripts.
    public Map<String, Literal> innermost() {
        Scope scope = open.get().peek();
        return scope == null ? null : scope.variables();
    }

    /// The scope's variables that hold the name (`x` or `label.x`), or null.
    public Map<String, Literal> holder(List<String> name) {
        String last = name.getLast().toLowerCase(Locale.ROOT);
        for (Scope scope : open.get()) {
            boolean named =
                    name.size() == 1
                            || name.size() == 2 && name.getFirst().equalsIgnoreCase(scope.label());
            if (named && scope.variables().containsKey(last)) {
                return scope.variables();
            }
        }
        return null;
    }
}
