package io.troupe.pybridge.worker;

import java.io.IOException;
import java.nio.file.Path;

/// Where an executor's Python functions find the files that the application attached: pickled
/// broadcast variables, files and modules that the script added.
@FunctionalInterface
public interface AttachmentSource {
    /// The file on this machine; fetched when it is first asked for, and blocks meanwhile.
    ///
    /// @param id the number that the driver gave it
    /// @param name its path below the folder of the application's files, with `/` between folders
    /// @throws IOException if the file is not attached any more, or cannot be fetched or stored
    Path find(long id, String name) throws IOException;

    /// For processes of an application that attaches nothing.
    static AttachmentSource none() {
        return (id, name) -> {
            throw new IOException("no file " + name + " is attached to this application");
        };
    }
}
