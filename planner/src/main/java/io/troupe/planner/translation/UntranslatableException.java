package io.troupe.planner.translation;

/// A term has no built-in equal; the message says why, in words for the function's author.
final class UntranslatableException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    UntranslatableException(String reason) {
        super(reason, null, false, false);
    }
}
