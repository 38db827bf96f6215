package io.troupe.columnar.sink;

import io.troupe.columnar.memory.Reservation;
import io.troupe.columnar.operator.TaskContext;
import io.troupe.columnar.sink.format.FormatWriter;
import io.troupe.columnar.vector.Batch;
import io.troupe.planner.physical.WriteSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// The files that one attempt of a task writes: one open writer per partition folder, within bounds
/// of number and memory. They lie in a folder of the attempt, so that attempts never meet.
final class TaskFiles implements AutoCloseable {
    private static final int MAX_OPEN = 64;

    private final WriteSpec spec;
    private final TaskContext context;
    private final FileFormats formats;
    private final Path folder;
    private final Reservation memory;
    private final long maxRecords;
    private final Map<String, Open> open = new LinkedHashMap<>(16, 0.75f, true);
    private final Map<String, Integer> counters = new LinkedHashMap<>();
    private final List<WrittenFile> written = new ArrayList<>();

    private static final class Open {
        private final Path file;
        private final FormatWriter writer;
        private long rows;

        private Open(Path file, FormatWriter writer) {
            this.file = file;
            this.writer = writer;
        }
    }

    TaskFiles(WriteSpec spec, TaskContext context, FileFormats formats) {
        this.spec = spec;
        this.context = context;
        this.formats = formats;
        this.folder = FileCommitter.attemptFolder(Path.of(spec.staging()), context);
        this.memory = new Reservation(context.memory());
        this.maxRecords = Long.parseLong(spec.options().getOrDefault("maxrecordsperfile", "0"));
    }

    /// Appends rows to the file of a partition folder (empty: no partitions).
    void write(String partition, Batch columns, int[] rows, int count) throws IOException {
        int done = 0;
        while (done < count) {
            Open file = open(partition);
            int some =
                    maxRecords > 0
                            ? (int) Math.min(count - done, maxRecords - file.rows)
                            : count - done;
            if (done == 0 && some == count) {
                file.writer.write(columns, rows, count);
            } else {
                int[] part = new int[some];
                for (int i = 0; i < some; i++) {
                    part[i] = rows == null ? done + i : rows[done + i];
                }
                file.writer.write(columns, part, some);
            }
            file.rows += some;
            done += some;
            if (maxRecords > 0 && file.rows >= maxRecords) {
                finish(partition);
            }
        }
        reserve();
    }

    /// Makes sure that the task has a file even without rows.
    void touch() throws IOException {
        open("");
    }

    private Open open(String partition) throws IOException {
        Open file = open.get(partition);
        if (file != null) {
            return file;
        }
        if (open.size() >= MAX_OPEN) {
            finish(open.keySet().iterator().next());
        }
        int counter = counters.merge(partition, 1, Integer::sum) - 1;
        String job =
                Path.of(spec.staging()).getFileName().toString().replace(StagingFolder.PREFIX, "");
        String name =
                String.format(
                        "part-%05d-%s%sc%03d%s",
                        context.partition(),
                        job,
                        partition.isEmpty() ? "-" : ".",
                        counter,
                        formats.extension());
        Path path = folder.resolve(partition).resolve(name);
        Files.createDirectories(path.getParent());
        Open fresh = new Open(path, formats.open(path));
        open.put(partition, fresh);
        return fresh;
    }

    /// Accounts for what writers hold; when the pool refuses, they give it back by ending their row
    /// groups.
    private void reserve() throws IOException {
        long held = 0;
        for (Open file : open.values()) {
            held += file.writer.heldBytes();
        }
        if (!memory.resize(held)) {
            for (Open file : open.values()) {
                file.writer.flush();
            }
            memory.resize(0);
        }
    }

    private void finish(String partition) throws IOException {
        Open file = open.remove(partition);
        try {
            written.add(new WrittenFile(file.file.toString(), file.rows, file.writer.finish()));
        } finally {
            file.writer.close();
        }
    }

    List<WrittenFile> finish() throws IOException {
        while (!open.isEmpty()) {
            finish(open.keySet().iterator().next());
        }
        memory.resize(0);
        return written;
    }

    @Override
    public void close() throws IOException {
        IOException failure = null;
        for (Open file : open.values()) {
            try {
                file.writer.close();
            } catch (IOException failed) {
                failure = failed;
            }
        }
        open.clear();
        memory.close();
        if (failure != null) {
            throw failure;
        }
    }
}
