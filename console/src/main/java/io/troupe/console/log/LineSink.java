package io.troupe.console.log;

/// Takes the lines of a log.
@FunctionalInterface
public interface LineSink {
    /// Takes a line: `bytes[from]` to `bytes[to - 1]`, in UTF-8, without its end. The bytes are
    /// good until the call returns.
    void line(byte[] bytes, int from, int to);
}
