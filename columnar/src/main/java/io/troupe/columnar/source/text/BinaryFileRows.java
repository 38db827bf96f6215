package io.troupe.columnar.source.text;

import io.troupe.columnar.source.filter.ScanSpec;
import io.troupe.columnar.source.listing.FileErrors;
import io.troupe.columnar.vector.Vector;
import io.troupe.planner.catalog.FileEntry;
import io.troupe.planner.expression.Attribute;
import io.troupe.planner.stage.LeafInput.FileSplit;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/// The binaryFile format: a row per file, with its path, times, size and, where wanted, content.
public final class BinaryFileRows implements RowBatches.RowFormat {
    private final ScanSpec spec;

    public BinaryFileRows(ScanSpec spec) {
        this.spec = spec;
    }

    @Override
    public Rows open(FileSplit split) {
        return new Rows() {
            private boolean done = split.offset() > 0;

            @Override
            public Vector[] next() throws IOException {
                if (done) {
                    return null;
                }
                done = true;
                return row(split.file());
            }

            @Override
            public int count() {
                return 1;
            }

            @Override
            public void close() {
                // Nothing stays open.
            }
        };
    }

    private Vector[] row(FileEntry file) throws IOException {
        Vector[] columns = new Vector[spec.output().size()];
        for (int i = 0; i < columns.length; i++) {
            if (!spec.isPartition(i)) {
                columns[i] = value(spec.output().get(i), file);
            }
        }
        return columns;
    }

    private static Vector value(Attribute attribute, FileEntry file) throws IOException {
        TextColumn column = new TextColumn(attribute.type(), null);
        switch (attribute.name()) {
            case "path" -> {
                byte[] path = FileErrors.uri(file.path()).getBytes(StandardCharsets.UTF_8);
                column.appendBytes(path, 0, path.length);
            }
            case "modificationTime" ->
                    column.appendLong(Math.multiplyExact(file.modified(), 1000L));
            case "length" -> column.appendLong(file.size());
            default -> {
                byte[] content = Files.readAllBytes(Path.of(file.path()));
                column.appendBytes(content, 0, content.length);
            }
        }
        return column.build();
    }
}
