package io.troupe.columnar.pipeline;

import io.troupe.columnar.column.ColumnBuilder;
import io.troupe.columnar.column.Values;
import io.troupe.columnar.compile.VectorFunction;
import io.troupe.columnar.compile.VectorPredicate;
import io.troupe.columnar.memory.MemoryPool;
import io.troupe.columnar.operator.Operator;
import io.troupe.columnar.operator.QuerySettings;
import io.troupe.columnar.operator.RuntimeFilters;
import io.troupe.columnar.operator.TaskContext;
import io.troupe.columnar.operator.TaskMetrics;
import io.troupe.columnar.operator.WorkerNotes;
import io.troupe.columnar.vector.Batch;
import io.troupe.columnar.vector.DictionaryVector;
import io.troupe.columnar.vector.Vector;
import io.troupe.planner.expression.Attribute;
import io.troupe.planner.expression.Call;
import io.troupe.planner.expression.Expression;
import io.troupe.planner.expression.Literal;
import io.troupe.planner.physical.ExchangeReading;
import io.troupe.planner.physical.PhysicalPlan;
import io.troupe.planner.stage.LeafInput;
import io.troupe.planner.type.AtomicType;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Supplier;

/// Runs a plan over tables given as rows, replayed with any batch size, with selections and
/// dictionaries thrown in, under any amount of memory; checks that memory and spill files are given
/// back.
final class Harness implements TaskContext {
    /// Rows of an exchange that the plan reads.
    record Table(List<Attribute> columns, List<List<Object>> rows) {}

    private final Map<Integer, Table> tables = new HashMap<>();
    private final MemoryPool pool;
    private final Path folder;
    private final int batchSize;
    private final Random random;
    private final TaskMetrics metrics = new TaskMetrics();
    private final RuntimeFilters filters = new RuntimeFilters();
    private final Map<String, Object> shared = new HashMap<>();

    Harness(Path folder, int batchSize, long memory, long seed) {
        this.folder = folder;
        this.batchSize = batchSize;
        this.pool = new MemoryPool(memory);
        this.random = new Random(seed);
    }

    PhysicalPlan.ExchangeRead table(int number, List<Attribute> columns, List<List<Object>> rows) {
        tables.put(number, new Table(columns, rows));
        return new PhysicalPlan.ExchangeRead(number, number, columns, ExchangeReading.EACH);
    }

    List<List<Object>> run(PhysicalPlan plan) {
        List<List<Object>> rows = new ArrayList<>();
        Operator root = OperatorBuilder.build(plan, this, new RowExpressions());
        for (Batch batch = root.next(); batch != null; batch = root.next()) {
            if (batch.selected() == 0) {
                throw new AssertionError("empty batch");
            }
            for (int i = 0; i < batch.selected(); i++) {
                List<Object> row = new ArrayList<>();
                for (int c = 0; c < batch.columns().length; c++) {
                    row.add(Values.get(batch.column(c), batch.row(i), plan.output().get(c).type()));
                }
                rows.add(row);
            }
        }
        root.close();
        root.close();
        for (Object value : shared.values()) {
            if (value instanceof AutoCloseable closeable) {
                try {
                    closeable.close();
                } catch (Exception e) {
                    throw new AssertionError(e);
                }
            }
        }
        if (pool.used() != 0) {
            throw new AssertionError("memory not given back: " + pool.used());
        }
        String[] left = folder.toFile().list();
        if (left != null && left.length > 0) {
            throw new AssertionError("spill files left: " + String.join(", ", left));
        }
        return rows;
    }

    long spilled() {
        return metrics.snapshot().entrySet().stream()
                .filter(entry -> entry.getKey().endsWith("spill.bytes"))
                .mapToLong(Map.Entry::getValue)
                .sum();
    }

    @Override
    public Operator openExchange(int exchange, LeafInput input) {
        Table table = tables.get(exchange);
        return new Operator() {
            private int next;

            @Override
            public Batch next() {
                int count = Math.min(batchSize, table.rows().size() - next);
                if (count <= 0) {
                    return null;
                }
                Batch batch = batch(table, next, count);
                next += count;
                return batch;
            }

            @Override
            public void close() {
                next = table.rows().size();
            }
        };
    }

    /// A batch in one of several forms: plain, with rows that a selection hides, with dictionaries.
    private Batch batch(Table table, int from, int count) {
        int form = random.nextInt(3);
        int hidden = form == 1 ? 1 + random.nextInt(3) : 0;
        int[] selection = new int[count];
        Vector[] columns = new Vector[table.columns().size()];
        for (int c = 0; c < columns.length; c++) {
            ColumnBuilder builder = ColumnBuilder.of(table.columns().get(c).type());
            for (int h = 0; h < hidden; h++) {
                builder.appendValue(table.rows().get(random.nextInt(table.rows().size())).get(c));
            }
            for (int i = 0; i < count; i++) {
                selection[i] = hidden + i;
                builder.appendValue(table.rows().get(from + i).get(c));
            }
            columns[c] = builder.build();
            if (form == 2) {
                int[] codes = new int[count];
                for (int i = 0; i < count; i++) {
                    codes[i] = i;
                }
                columns[c] = new DictionaryVector(codes, columns[c], count, null, false);
            }
        }
        return hidden > 0
                ? new Batch(columns, count + hidden, selection, count)
                : new Batch(columns, count);
    }

    /// Evaluates a few functions row by row.
    private static final class RowExpressions implements ExpressionPort {
        @Override
        public VectorFunction function(Expression expression, List<Attribute> input) {
            return (batch, selection, count) -> {
                ColumnBuilder builder = ColumnBuilder.of(expression.type());
                for (int row = 0; row < batch.rowCount(); row++) {
                    builder.appendValue(value(expression, input, batch, row));
                }
                return builder.build();
            };
        }

        @Override
        public VectorPredicate predicate(Expression condition, List<Attribute> input) {
            return (batch, selection, count, result) -> {
                int kept = 0;
                for (int i = 0; i < count; i++) {
                    int row = selection == null ? i : selection[i];
                    if (Boolean.TRUE.equals(value(condition, input, batch, row))) {
                        result[kept++] = row;
                    }
                }
                return kept;
            };
        }

        @SuppressWarnings({"unchecked", "rawtypes"})
        private static Object value(
                Expression expression, List<Attribute> input, Batch batch, int row) {
            return switch (expression) {
                case Attribute attribute ->
                        Values.get(batch.column(input.indexOf(attribute)), row, attribute.type());
                case Literal literal -> literal.value();
                case Call call -> {
                    Object left = value(call.argument(0), input, batch, row);
                    Object right = value(call.argument(1), input, batch, row);
                    yield left == null || right == null
                            ? null
                            : call.is("<")
                                    ? ((Comparable) left).compareTo(right) < 0
                                    : ((Comparable) left).compareTo(right) == 0;
                }
                default -> throw new IllegalStateException(expression.toString());
            };
        }
    }

    static Expression less(Expression left, Expression right) {
        return new Call("<", List.of(left, right), AtomicType.BOOLEAN, true);
    }

    @Override
    public QuerySettings settings() {
        return new QuerySettings(true, "UTC", 0, "someone", "default", Map.of());
    }

    @Override
    public MemoryPool memory() {
        return pool;
    }

    @Override
    public Path spillFolder() {
        return folder;
    }

    @Override
    public LeafInput input(int leaf) {
        return new LeafInput.Whole(leaf);
    }

    @Override
    public Operator openCache(long cacheId, LeafInput input, int[] columns) {
        throw new IllegalStateException("no cache here");
    }

    @Override
    @SuppressWarnings("unchecked")
    public <T> T shared(String key, Supplier<T> supplier) {
        return (T) shared.computeIfAbsent(key, ignored -> supplier.get());
    }

    @Override
    public RuntimeFilters runtimeFilters() {
        return filters;
    }

    @Override
    public PythonSession openPython(PythonRequest request) {
        throw new IllegalStateException("no Python here");
    }

    @Override
    public void checkCancelled() {}

    @Override
    public TaskMetrics metrics() {
        return metrics;
    }

    @Override
    public WorkerNotes notes() {
        return new WorkerNotes();
    }

    @Override
    public void accumulate(byte[] updates) {
        throw new UnsupportedOperationException("no Python function runs here");
    }

    @Override
    public void observe(String name, io.troupe.columnar.vector.Batch states) {
        throw new UnsupportedOperationException("nothing is observed here");
    }

    @Override
    public int partition() {
        return 0;
    }

    @Override
    public int attempt() {
        return 0;
    }

    @Override
    public int stageAttempt() {
        return 0;
    }

    @Override
    public void requireCommit() {}

    @Override
    public long queryId() {
        return 1;
    }
}
