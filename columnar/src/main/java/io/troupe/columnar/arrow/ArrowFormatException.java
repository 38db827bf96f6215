package io.troupe.columnar.arrow;

/// Bytes that are not the Arrow stream that they claim to be, or use a part of the format that is
/// not supported.
public final class ArrowFormatException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public ArrowFormatException(String message) {
        super(message);
    }

    public ArrowFormatException(String message, Throwable cause) {
        super(message, cause);
    }
}
