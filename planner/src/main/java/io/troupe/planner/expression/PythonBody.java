package io.troupe.planner.expression;

import java.util.List;

/// What is known of the inside of a Python function.
public sealed interface PythonBody {
    /// The function is a plain expression. `defaults` are those of the last parameters.
    record Plain(List<String> parameters, List<PythonTerm> defaults, PythonTerm term)
            implements PythonBody {
        public Plain {
            parameters = List.copyOf(parameters);
            defaults = List.copyOf(defaults);
        }
    }

    /// Only Python can run it; `reason` says why.
    record Opaque(String reason) implements PythonBody {}
}
