package io.troupe.driver.command;

import java.net.URI;
import java.nio.file.Path;

/// Places of files as users write them.
final class Locations {
    private Locations() {}

    /// The absolute path of a path or a `file:` URI.
    static Path path(String location) {
        String plain =
                location.startsWith("file:")
                        ? URI.create(location.replace(" ", "%20")).getPath()
                        : location;
        return Path.of(plain).toAbsolutePath().normalize();
    }

    /// As catalogue listings show it.
    static String shown(String path) {
        return "file:" + path;
    }
}
