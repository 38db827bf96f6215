package io.troupe.columnar.source.listing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/// Finds the data files behind the paths of a read: files, folders and globs. Names that begin with
/// `_` or `.` are not data.
public final class FileListing {
    private static final int MAX_DEPTH = 64;

    private final PathMatcher nameFilter;
    private final long after;
    private final long before;
    private final List<Found> found = new ArrayList<>();

    /// A data file and the root (a path of the read, after globbing) under which it was found.
    public record Found(Path file, long size, long modified, Path root) {}

    private FileListing(Map<String, String> options) {
        String filter = options.get("pathglobfilter");
        nameFilter =
                filter == null ? null : FileSystems.getDefault().getPathMatcher("glob:" + filter);
        ZoneId zone = ZoneId.of(options.getOrDefault("timezone", "UTC"));
        after = moment(options.get("modifiedafter"), zone, Long.MIN_VALUE);
        before = moment(options.get("modifiedbefore"), zone, Long.MAX_VALUE);
    }

    private static long moment(String text, ZoneId zone, long otherwise) {
        return text == null
                ? otherwise
                : LocalDateTime.parse(text.replace(' ', 'T'))
                        .atZone(zone)
                        .toInstant()
                        .toEpochMilli();
    }

    /// The data files, sorted by path.
    ///
    /// @throws io.troupe.planner.error.TroupeException PATH_NOT_FOUND
    public static List<Found> list(List<String> paths, Map<String, String> options) {
        FileListing listing = new FileListing(options);
        try {
            for (String path : paths) {
                for (Path root : roots(FilePaths.local(path), path)) {
                    listing.visitRoot(root);
                }
            }
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
        listing.found.sort(Comparator.comparing(Found::file));
        return listing.found;
    }

    private static List<Path> roots(String local, String asWritten) throws IOException {
        Path exact = Path.of(local);
        if (Files.exists(exact)) {
            return List.of(exact);
        }
        List<Path> roots = isGlob(local) ? glob(local) : List.of();
        if (roots.isEmpty()) {
            throw FileErrors.pathNotFound(
                    isGlob(local) && !asWritten.startsWith("file:")
                            ? FileErrors.uri(local)
                            : local);
        }
        return roots;
    }

    private static boolean isGlob(String path) {
        return path.chars().anyMatch(c -> "*?[{".indexOf(c) >= 0);
    }

    private static List<Path> glob(String pattern) throws IOException {
        List<Path> level = List.of(Path.of("/"));
        for (Path part : Path.of(pattern)) {
            List<Path> next = new ArrayList<>();
            for (Path folder : level) {
                if (!isGlob(part.toString())) {
                    Path child = folder.resolve(part);
                    if (Files.exists(child)) {
                        next.add(child);
                    }
                } else if (Files.isDirectory(folder)) {
                    next.addAll(matches(folder, part.toString()));
                }
            }
            level = next;
        }
        return level;
    }

    private static List<Path> matches(Path folder, String pattern) throws IOException {
        PathMatcher matcher = FileSystems.getDefault().getPathMatcher("glob:" + pattern);
        List<Path> matches = new ArrayList<>();
        try (DirectoryStream<Path> children = Files.newDirectoryStream(folder)) {
            for (Path child : children) {
                if (matcher.matches(child.getFileName()) && !isHidden(child)) {
                    matches.add(child);
                }
            }
        }
        matches.sort(null);
        return matches;
    }

    private void visitRoot(Path root) throws IOException {
        if (Files.isDirectory(root)) {
            visit(root, root, 0);
        } else {
            add(root, root.getParent());
        }
    }

    private void visit(Path folder, Path root, int depth) throws IOException {
        if (depth > MAX_DEPTH) {
            throw new IOException(
                    "folder "
                            + folder
                            + " is nested more than "
                            + MAX_DEPTH
                            + " deep; is there a link to a parent?");
        }
        try (DirectoryStream<Path> children = Files.newDirectoryStream(folder)) {
            for (Path child : children) {
                if (isHidden(child)) {
                    continue;
                }
                if (Files.isDirectory(child)) {
                    visit(child, root, depth + 1);
                } else {
                    add(child, root);
                }
            }
        }
    }

    private static boolean isHidden(Path path) {
        String name = path.getFileName().toString();
        return name.startsWith("_") && !name.contains("=")
                || name.startsWith(".")
                || name.endsWith("._COPYING_");
    }

    private void add(Path file, Path root) throws IOException {
        if (nameFilter != null && !nameFilter.matches(file.getFileName())) {
            return;
        }
        BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
        long modified = attributes.lastModifiedTime().toMillis();
        if (modified > after && modified < before) {
            found.add(new Found(file, attributes.size(), modified, root));
        }
    }
}
