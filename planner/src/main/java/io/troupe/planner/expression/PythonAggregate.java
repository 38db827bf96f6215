package io.troupe.planner.expression;

import java.util.ArrayList;
import java.util.List;

/// A grouped-aggregate Python function with, per argument, its keyword or null when positional.
public record PythonAggregate(PythonFunction function, List<String> argumentNames) {
    public PythonAggregate {
        argumentNames =
                new ArrayList<>(argumentNames); // names may be null, which List.copyOf refuses
    }
}
