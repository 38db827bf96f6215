package io.troupe.cluster.serialization;

/// Bytes that are no encoding of a registered object, or an object that may not be encoded.
public final class WireFormatException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /// A refusal with its reason.
    public WireFormatException(String message, Throwable cause) {
        super(message, cause);
    }
}
