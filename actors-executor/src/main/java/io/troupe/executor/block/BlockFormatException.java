package io.troupe.executor.block;

/// Bytes of a block that passed their checksum but are no batch: written by another version, or a
/// defect.
public final class BlockFormatException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    BlockFormatException(String message, Throwable cause) {
        super(message, cause);
    }
}
