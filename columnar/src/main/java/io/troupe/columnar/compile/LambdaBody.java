package io.troupe.columnar.compile;

import io.troupe.columnar.column.Gather;
import io.troupe.columnar.vector.Batch;
import io.troupe.columnar.vector.Vector;
import io.troupe.planner.expression.Attribute;
import io.troupe.planner.expression.Expression;
import io.troupe.planner.expression.Lambda;
import io.troupe.planner.expression.LambdaVariable;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// A compiled lambda: evaluated over batches that have a row per element, with the lambda's
/// parameters as columns behind the outer columns that its body reads, which are repeated for each
/// element.
final class LambdaBody {
    private final List<Integer> outer = new ArrayList<>();
    private final VectorFunction function;
    private final VectorPredicate predicate;

    LambdaBody(Lambda lambda, FunctionCompiler around, boolean asPredicate) {
        Map<Long, Integer> ordinals = new HashMap<>();
        collect(lambda.body(), around.ordinals(), ordinals);
        for (LambdaVariable parameter : lambda.parameters()) {
            ordinals.put(parameter.id(), outer.size() + lambda.parameters().indexOf(parameter));
        }
        FunctionCompiler compiler = new FunctionCompiler(ordinals, around.settings());
        function = asPredicate ? null : compiler.compile(lambda.body());
        predicate = asPredicate ? new PredicateBuilder(compiler).compile(lambda.body()) : null;
    }

    private void collect(
            Expression expression, Map<Long, Integer> known, Map<Long, Integer> ordinals) {
        Long id =
                switch (expression) {
                    case Attribute attribute -> attribute.id();
                    case LambdaVariable variable -> variable.id();
                    default -> null;
                };
        if (id != null && known.containsKey(id) && !ordinals.containsKey(id)) {
            ordinals.put(id, outer.size());
            outer.add(known.get(id));
        }
        expression.children().forEach(child -> collect(child, known, ordinals));
    }

    private Batch batch(Batch around, int[] rows, int count, Vector[] parameters) {
        Vector[] read = new Vector[outer.size()];
        for (int i = 0; i < read.length; i++) {
            read[i] = around.column(outer.get(i));
        }
        Vector[] repeated = read.length == 0 ? read : Gather.view(read, rows, count, false);
        Vector[] columns = new Vector[read.length + parameters.length];
        System.arraycopy(repeated, 0, columns, 0, read.length);
        System.arraycopy(parameters, 0, columns, read.length, parameters.length);
        return new Batch(columns, count);
    }

    /// The body's values for `count` elements; element i belongs to the outer row `rows[i]`.
    Vector evaluate(Batch around, int[] rows, int count, Vector... parameters) {
        return function.evaluate(batch(around, rows, count, parameters), null, count);
    }

    /// The numbers of the elements for which the body is true.
    int select(Batch around, int[] rows, int count, int[] result, Vector... parameters) {
        return count == 0
                ? 0
                : predicate.select(batch(around, rows, count, parameters), null, count, result);
    }
}
