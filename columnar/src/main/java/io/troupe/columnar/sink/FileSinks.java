package io.troupe.columnar.sink;

import io.troupe.columnar.operator.Operator;
import io.troupe.columnar.operator.TaskContext;
import io.troupe.columnar.sink.text.ValueText;
import io.troupe.columnar.source.listing.FilePaths;
import io.troupe.columnar.vector.Batch;
import io.troupe.columnar.vector.BytesVector;
import io.troupe.columnar.vector.DictionaryVector;
import io.troupe.columnar.vector.LongVector;
import io.troupe.columnar.vector.Vector;
import io.troupe.planner.error.TroupeException;
import io.troupe.planner.expression.Attribute;
import io.troupe.planner.physical.WriteSpec;
import io.troupe.planner.type.AtomicType;
import io.troupe.planner.type.DataType;
import io.troupe.planner.type.StringType;
import io.troupe.planner.type.StructField;
import io.troupe.planner.type.StructType;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.ZoneId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// Opens the operator that writes a task's rows into files.
public final class FileSinks {
    private static final String NULL_FOLDER = "__HIVE_DEFAULT_PARTITION__";

    private FileSinks() {}

    /// What the operator gives: one row per completed file, as [#written] reads them back.
    public static final StructType RESULT =
            new StructType(
                    List.of(
                            new StructField("file", StringType.STRING, false),
                            new StructField("rows", AtomicType.LONG, false),
                            new StructField("bytes", AtomicType.LONG, false)));

    /// Fails when the format cannot hold the columns: to be called before the job starts.
    public static void check(WriteSpec spec) {
        FileFormats.check(spec.format().toLowerCase(Locale.ROOT), fileSchema(spec));
    }

    private static StructType fileSchema(WriteSpec spec) {
        return new StructType(
                spec.columns().stream()
                        .filter(column -> !spec.partitionBy().contains(column))
                        .map(column ->
                                new StructField(
                                        column.name(),
                                        column.type(),
                                        column.nullable(),
                                        column.metadata()))
                        .toList());
    }

    /// An operator that reads all of `child` (whose columns are `input`) on the first call of
    /// `next`.
    public static Operator open(
            WriteSpec spec, Operator child, List<Attribute> input, TaskContext context) {
        return new Sink(spec, child, input, context);
    }

    /// The files of one batch of the operator's output.
    public static List<WrittenFile> written(Batch batch) {
        List<WrittenFile> files = new java.util.ArrayList<>();
        BytesVector paths = (BytesVector) batch.column(0);
        for (int i = 0; i < batch.selected(); i++) {
            int row = batch.row(i);
            int from = paths.offsets()[row];
            String path =
                    new String(
                            paths.data(),
                            from,
                            paths.offsets()[row + 1] - from,
                            StandardCharsets.UTF_8);
            files.add(
                    new WrittenFile(
                            path,
                            ((LongVector) batch.column(1)).values()[row],
                            ((LongVector) batch.column(2)).values()[row]));
        }
        return files;
    }

    private static final class Sink implements Operator {
        private final WriteSpec spec;
        private final Operator child;
        private final TaskContext context;
        private final int[] columns;
        private final int[] partitions;
        private final TaskFiles files;
        private boolean done;

        private Sink(WriteSpec spec, Operator child, List<Attribute> input, TaskContext context) {
            Map<String, String> options = new LinkedHashMap<>();
            spec.options()
                    .forEach((name, value) -> options.put(name.toLowerCase(Locale.ROOT), value));
            WriteSpec lowered =
                    new WriteSpec(
                            spec.format().toLowerCase(Locale.ROOT),
                            spec.path(),
                            spec.staging(),
                            spec.columns(),
                            spec.partitionBy(),
                            options);
            this.spec = lowered;
            this.child = child;
            this.context = context;
            StructType schema = fileSchema(lowered);
            FileFormats.check(lowered.format(), schema);
            this.columns =
                    spec.columns().stream()
                            .filter(column -> !spec.partitionBy().contains(column))
                            .mapToInt(input::indexOf)
                            .toArray();
            this.partitions = spec.partitionBy().stream().mapToInt(input::indexOf).toArray();
            this.files =
                    new TaskFiles(
                            lowered,
                            context,
                            new FileFormats(lowered.format(), schema, options, context.settings()));
        }

        @Override
        public Batch next() {
            if (done) {
                return null;
            }
            done = true;
            try {
                boolean any = false;
                for (Batch batch = child.next(); batch != null; batch = child.next()) {
                    context.checkCancelled();
                    any = true;
                    write(batch);
                }
                if (!any && partitions.length == 0 && context.partition() == 0) {
                    files.touch();
                }
                List<WrittenFile> written = files.finish();
                context.requireCommit();
                return result(written);
            } catch (IOException failure) {
                throw failed(failure);
            }
        }

        private TroupeException failed(IOException failure) {
            TroupeException error =
                    new TroupeException(
                            TroupeException.Kind.SparkException,
                            "TASK_WRITE_FAILED",
                            "58030",
                            "Task failed while writing rows to file:"
                                    + spec.path()
                                    + ". "
                                    + failure,
                            Map.of("path", "file:" + spec.path()));
            error.initCause(failure);
            return error;
        }

        private void write(Batch batch) throws IOException {
            Vector[] kept = new Vector[columns.length];
            for (int i = 0; i < kept.length; i++) {
                kept[i] = batch.column(columns[i]);
            }
            Batch data = new Batch(kept, batch.rowCount());
            context.metrics().add("output.rows", batch.selected());
            if (partitions.length == 0) {
                files.write("", data, batch.selection(), batch.selected());
                return;
            }
            Map<String, int[]> rows = new LinkedHashMap<>();
            Map<String, int[]> counts = new LinkedHashMap<>();
            for (int i = 0; i < batch.selected(); i++) {
                String folder = folder(batch, batch.row(i));
                int[] count = counts.computeIfAbsent(folder, ignored -> new int[1]);
                int[] list = rows.computeIfAbsent(folder, ignored -> new int[16]);
                if (count[0] == list.length) {
                    list = java.util.Arrays.copyOf(list, 2 * list.length);
                    rows.put(folder, list);
                }
                list[count[0]++] = batch.row(i);
            }
            for (Map.Entry<String, int[]> part : rows.entrySet()) {
                files.write(part.getKey(), data, part.getValue(), counts.get(part.getKey())[0]);
            }
        }

        private String folder(Batch batch, int row) {
            StringBuilder path = new StringBuilder();
            for (int i = 0; i < partitions.length; i++) {
                Attribute column = spec.partitionBy().get(i);
                path.append(i == 0 ? "" : "/").append(FilePaths.escape(column.name())).append('=');
                path.append(value(batch.column(partitions[i]), column.type(), row));
            }
            return path.toString();
        }

        private String value(Vector vector, DataType type, int row) {
            if (vector.isNull(row)) {
                return NULL_FOLDER;
            }
            Vector base = vector instanceof DictionaryVector coded ? coded.dictionary() : vector;
            int position = vector instanceof DictionaryVector coded ? coded.codes()[row] : row;
            if (!(base instanceof BytesVector bytes)) {
                return FilePaths.escape(
                        ValueText.partition(
                                base, type, position, ZoneId.of(context.settings().timeZone())));
            }
            int from = bytes.offsets()[position];
            String text =
                    new String(
                            bytes.data(),
                            from,
                            bytes.offsets()[position + 1] - from,
                            StandardCharsets.UTF_8);
            return text.isEmpty() ? NULL_FOLDER : FilePaths.escape(text);
        }

        private Batch result(List<WrittenFile> written) {
            if (written.isEmpty()) {
                return null;
            }
            int n = written.size();
            int[] offsets = new int[n + 1];
            java.io.ByteArrayOutputStream paths = new java.io.ByteArrayOutputStream();
            long[] rows = new long[n];
            long[] bytes = new long[n];
            for (int i = 0; i < n; i++) {
                paths.writeBytes(written.get(i).path().getBytes(StandardCharsets.UTF_8));
                offsets[i + 1] = paths.size();
                rows[i] = written.get(i).rows();
                bytes[i] = written.get(i).bytes();
                context.metrics().add("output.bytes", bytes[i]);
            }
            Vector[] output = {
                new BytesVector(paths.toByteArray(), offsets, n, null),
                new LongVector(rows, n, null),
                new LongVector(bytes, n, null)
            };
            return new Batch(output, n);
        }

        @Override
        public void close() {
            try {
                files.close();
            } catch (IOException failure) {
                throw new UncheckedIOException(failure);
            } finally {
                child.close();
            }
        }
    }
}
