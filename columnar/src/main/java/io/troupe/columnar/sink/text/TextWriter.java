package io.troupe.columnar.sink.text;

import io.troupe.columnar.sink.format.FormatWriter;
import io.troupe.columnar.vector.Batch;
import io.troupe.columnar.vector.BytesVector;
import io.troupe.columnar.vector.DictionaryVector;
import io.troupe.columnar.vector.Vector;
import io.troupe.planner.error.TroupeException;
import io.troupe.planner.type.StringType;
import io.troupe.planner.type.StructField;
import io.troupe.planner.type.StructType;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;

/// Writes one text file: a line per row of the one string column.
public final class TextWriter implements FormatWriter {
    private final TextOutput out;
    private final byte[] lineEnd;

    public TextWriter(Path file, Map<String, String> options) throws IOException {
        this.lineEnd = options.getOrDefault("linesep", "\n").getBytes(StandardCharsets.UTF_8);
        this.out =
                new TextOutput(
                        file,
                        TextOutput.canonical(options.get("compression")),
                        options.getOrDefault("encoding", "UTF-8"));
    }

    /// The ending of the file's name.
    public static String extension(Map<String, String> options) {
        return ".txt" + TextOutput.extension(TextOutput.canonical(options.get("compression")));
    }

    /// Text files hold one string column.
    public static void checkTypes(StructType schema) {
        if (schema.fields().size() != 1) {
            throw TroupeException.analysis(
                    "_LEGACY_ERROR_TEMP_1290",
                    null,
                    "Text data source supports only a single column, and you have "
                            + schema.fields().size()
                            + " columns.",
                    Map.of("schemaSize", String.valueOf(schema.fields().size())));
        }
        StructField field = schema.fields().getFirst();
        if (!(field.type() instanceof StringType)) {
            throw TroupeException.analysis(
                    "UNSUPPORTED_DATA_TYPE_FOR_DATASOURCE",
                    "0A000",
                    "The Text datasource doesn't support the column `"
                            + field.name()
                            + "` of the type \""
                            + field.type().sql()
                            + "\".",
                    Map.of(
                            "format",
                            "Text",
                            "columnName",
                            "`" + field.name() + "`",
                            "columnType",
                            "\"" + field.type().sql() + "\""));
        }
    }

    @Override
    public void write(Batch batch, int[] rows, int count) throws IOException {
        Vector column = batch.column(0);
        BytesVector bytes =
                column instanceof DictionaryVector coded
                        ? coded.dictionary() instanceof BytesVector base ? base : null
                        : column instanceof BytesVector plain ? plain : null;
        for (int i = 0; i < count; i++) {
            int row = rows == null ? i : rows[i];
            if (bytes != null && !column.isNull(row)) {
                int position = column instanceof DictionaryVector coded ? coded.codes()[row] : row;
                out.put(
                        bytes.data(),
                        bytes.offsets()[position],
                        bytes.offsets()[position + 1] - bytes.offsets()[position]);
            }
            out.put(lineEnd, 0, lineEnd.length);
        }
    }

    @Override
    public long finish() throws IOException {
        return out.finish();
    }

    @Override
    public long heldBytes() {
        return 0;
    }

    @Override
    public void flush() {
        // Rows go out as they come.
    }

    @Override
    public void close() throws IOException {
        out.close();
    }
}
