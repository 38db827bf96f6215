package io.troupe.columnar.compile;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.troupe.columnar.column.ColumnBuilder;
import io.troupe.columnar.column.Gather;
import io.troupe.columnar.column.Values;
import io.troupe.columnar.kernel.EvaluationSettings;
import io.troupe.columnar.vector.Batch;
import io.troupe.columnar.vector.DictionaryVector;
import io.troupe.columnar.vector.Vector;
import io.troupe.planner.expression.Attribute;
import io.troupe.planner.expression.Call;
import io.troupe.planner.expression.Expression;
import io.troupe.planner.type.DataType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// Evaluates expressions over columns in every form that a column can have: flat, coded, coded with
/// more entries than rows, and under a selection. All forms must agree.
final class Evaluation {
    private final EvaluationSettings settings;
    private final List<Attribute> input = new ArrayList<>();
    private final List<Vector> columns = new ArrayList<>();
    private int rows;

    Evaluation(EvaluationSettings settings) {
        this.settings = settings;
    }

    Evaluation() {
        this(EvaluationSettings.DEFAULT);
    }

    Attribute column(DataType type, Object... values) {
        ColumnBuilder builder = ColumnBuilder.of(type);
        for (Object value : values) {
            builder.appendValue(value);
        }
        rows = values.length;
        columns.add(builder.build());
        Attribute attribute = new Attribute(input.size() + 1, "c" + input.size(), type, true);
        input.add(attribute);
        return attribute;
    }

    static Call call(String function, DataType type, Expression... arguments) {
        return new Call(function, List.of(arguments), type, true);
    }

    /// The values of the expression, checked to be the same for all forms of the columns.
    List<Object> values(Expression expression) {
        List<Object> flat = evaluate(expression, columns, null);
        assertEquals(flat, evaluate(expression, coded(1), null), "dictionary-coded columns");
        assertEquals(flat, evaluate(expression, coded(3), null), "columns coded over many entries");
        int[] odd = new int[rows / 2];
        List<Object> kept = new ArrayList<>();
        for (int i = 0; i < odd.length; i++) {
            odd[i] = 2 * i + 1;
            kept.add(flat.get(odd[i]));
        }
        assertEquals(kept, evaluate(expression, columns, odd), "selected rows");
        return flat;
    }

    private List<Object> evaluate(Expression expression, List<Vector> vectors, int[] selection) {
        VectorFunction function = ExpressionCompiler.compile(expression, input, settings);
        Batch batch = new Batch(vectors.toArray(Vector[]::new), rows);
        int count = selection == null ? rows : selection.length;
        Vector result = function.evaluate(batch, selection, count);
        assertEquals(rows, result.length());
        List<Object> values = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            Object value =
                    Values.get(result, selection == null ? i : selection[i], expression.type());
            values.add(value instanceof byte[] bytes ? Arrays.toString(bytes) : value);
        }
        return values;
    }

    /// The columns with their rows reversed (and repeated) in a dictionary.
    private List<Vector> coded(int times) {
        List<Vector> coded = new ArrayList<>();
        for (Vector column : columns) {
            int[] order = new int[rows * times];
            for (int i = 0; i < order.length; i++) {
                order[i] = rows - 1 - i % rows;
            }
            Vector entries = Gather.flat(Gather.copy(column, order, 0, order.length));
            int[] codes = new int[rows];
            for (int i = 0; i < rows; i++) {
                codes[i] = rows - 1 - i + (times - 1) * rows;
            }
            coded.add(new DictionaryVector(codes, entries, rows, null, false));
        }
        return coded;
    }

    /// The rows that the condition selects, checked against the value of the same expression.
    List<Integer> selected(Expression condition) {
        List<Object> values = values(condition);
        List<Integer> expected = new ArrayList<>();
        for (int i = 0; i < rows; i++) {
            if (Boolean.TRUE.equals(values.get(i))) {
                expected.add(i);
            }
        }
        for (List<Vector> form : List.of(columns, coded(1), coded(3))) {
            VectorPredicate predicate =
                    ExpressionCompiler.compilePredicate(condition, input, settings);
            int[] result = new int[rows];
            int found =
                    predicate.select(
                            new Batch(form.toArray(Vector[]::new), rows), null, rows, result);
            assertEquals(expected, Arrays.stream(result, 0, found).boxed().toList());
        }
        return expected;
    }
}
