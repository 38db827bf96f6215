package io.troupe.columnar.sink;

import io.troupe.columnar.operator.TaskContext;
import io.troupe.planner.error.TroupeException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Makes a job's files visible, all or none, on the driver. Tasks write into a staging folder
/// inside the output path, whose name readers ignore; the commit moves the files of the attempts
/// that count to their places. Overwriting puts the earlier files aside first and back if anything
/// fails, so that they are lost only after the new ones are in place.
public final class FileCommitter {
    private static final String SUCCESS = "_SUCCESS";

    /// What happens when the path already has data.
    public enum Mode {
        APPEND,
        OVERWRITE,
        /// Only the partition folders that the job writes are replaced.
        OVERWRITE_PARTITIONS,
        ERROR,
        IGNORE
    }

    private final Path path;
    private final StagingFolder staging;
    private final Mode mode;

    private FileCommitter(Path path, Mode mode, StagingFolder staging) {
        this.path = path;
        this.mode = mode;
        this.staging = staging;
    }

    /// Starts a job's output, and removes what drivers that are gone have left at the path; null
    /// when there is nothing to do (IGNORE, and the path exists).
    ///
    /// @param path a local path
    /// @throws TroupeException PATH_ALREADY_EXISTS
    public static FileCommitter begin(String path, Mode mode) {
        Path target = Path.of(path);
        boolean exists = Files.exists(target);
        if (exists && mode == Mode.IGNORE) {
            return null;
        }
        if (exists && mode == Mode.ERROR) {
            throw TroupeException.analysis(
                    "PATH_ALREADY_EXISTS",
                    "42K04",
                    "Path file:"
                            + path
                            + " already exists. Set mode as \"overwrite\" to overwrite the existing path.",
                    Map.of("outputPath", "file:" + path));
        }
        try {
            FileCommitter committer = new FileCommitter(target, mode, StagingFolder.make(target));
            StagingFolder.removeAbandoned(target);
            return committer;
        } catch (IOException failure) {
            throw notWritable(path, failure);
        }
    }

    private static TroupeException notWritable(String path, IOException failure) {
        TroupeException error =
                new TroupeException(
                        TroupeException.Kind.SparkException,
                        "CANNOT_WRITE_TO_PATH",
                        "58030",
                        "Cannot make the output folder file:"
                                + path
                                + " ("
                                + failure
                                + "). Choose a path that you may write to; nothing was changed.",
                        Map.of("path", "file:" + path));
        error.initCause(failure);
        return error;
    }

    /// The folder that tasks write under: for the write's specification.
    public String staging() {
        return staging.path().toString();
    }

    /// The folder of one attempt of a task.
    static Path attemptFolder(Path staging, TaskContext task) {
        return staging.resolve(
                String.format(
                        "task-%05d-%d-%d", task.partition(), task.stageAttempt(), task.attempt()));
    }

    /// Moves the files (of one successful attempt per task) to their places, marks success, and
    /// removes everything else of the job.
    public void commitJob(List<WrittenFile> files) {
        Map<Path, Path> moved = new LinkedHashMap<>();
        try {
            Map<Path, Path> moves = moves(files);
            for (Path earlier : replaced(moves)) {
                move(earlier, staging.aside().resolve(path.relativize(earlier)), moved);
            }
            for (Map.Entry<Path, Path> entry : moves.entrySet()) {
                move(entry.getKey(), entry.getValue(), moved);
            }
            Path success = path.resolve(SUCCESS);
            if (!Files.exists(success)) {
                Files.createFile(success);
            }
        } catch (IOException | RuntimeException failure) {
            restore(moved, failure);
            abort();
            throw failure instanceof IOException io
                    ? new UncheckedIOException(io)
                    : (RuntimeException) failure;
        }
        abort();
    }

    private Map<Path, Path> moves(List<WrittenFile> files) {
        Map<Path, Path> moves = new LinkedHashMap<>();
        for (WrittenFile file : files) {
            Path source = Path.of(file.path());
            if (!source.startsWith(staging.path())) {
                throw new IllegalArgumentException("file " + source + " is not of this job");
            }
            Path relative = staging.path().relativize(source);
            moves.put(source, path.resolve(relative.subpath(1, relative.getNameCount())));
        }
        return moves;
    }

    /// What the new files replace: all of the path but staging folders, or the folders that they go
    /// to.
    private List<Path> replaced(Map<Path, Path> moves) throws IOException {
        List<Path> earlier = new ArrayList<>();
        if (mode == Mode.OVERWRITE) {
            try (DirectoryStream<Path> children = Files.newDirectoryStream(path)) {
                for (Path child : children) {
                    if (!child.getFileName().toString().startsWith(StagingFolder.PREFIX)) {
                        earlier.add(child);
                    }
                }
            }
        } else if (mode == Mode.OVERWRITE_PARTITIONS) {
            Set<Path> folders = new HashSet<>();
            moves.values().forEach(target -> folders.add(target.getParent()));
            for (Path folder : folders) {
                if (Files.isDirectory(folder)) {
                    try (DirectoryStream<Path> children =
                            Files.newDirectoryStream(folder, Files::isRegularFile)) {
                        children.forEach(earlier::add);
                    }
                }
            }
        }
        return earlier;
    }

    private static void move(Path from, Path to, Map<Path, Path> moved) throws IOException {
        Files.createDirectories(to.getParent());
        Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
        moved.put(from, to);
    }

    private static void restore(Map<Path, Path> moved, Exception failure) {
        for (Map.Entry<Path, Path> entry : moved.entrySet().stream().toList().reversed()) {
            try {
                Files.move(entry.getValue(), entry.getKey(), StandardCopyOption.ATOMIC_MOVE);
            } catch (IOException second) {
                failure.addSuppressed(second);
            }
        }
    }

    /// Removes all that the job has written. A path that the job itself created and left empty
    /// stays: it is a table without rows.
    public void abort() {
        staging.close();
    }
}
