package io.troupe.columnar.compile;

import io.troupe.planner.expression.Call;
import io.troupe.planner.expression.Lambda;

/// Compiles calls of functions that take functions.
final class HigherOrderCompiler {
    private final FunctionCompiler functions;

    HigherOrderCompiler(FunctionCompiler functions) {
        this.functions = functions;
    }

    static boolean handles(Call call) {
        return call.arguments().stream().anyMatch(Lambda.class::isInstance);
    }

    VectorFunction compile(Call call) {
        throw new IllegalArgumentException(call.function() + functions.settings());
    }
}
