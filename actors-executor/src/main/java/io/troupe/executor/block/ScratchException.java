package io.troupe.executor.block;

import java.io.IOException;
import java.nio.file.Path;

/// No scratch folder takes what a process has no memory for.
public final class ScratchException extends IOException {
    private static final long serialVersionUID = 1L;

    private final transient Path folder;

    ScratchException(Path folder, IOException cause) {
        super(cause.getMessage(), cause);
        this.folder = folder;
    }

    /// The folder that was tried last.
    public Path folder() {
        return folder;
    }
}
