package io.troupe.pybridge.worker;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Consumer;

/// Reads a worker's stderr to its end, hands each line on, and keeps the last ones for the error of
/// its death.
final class StderrTail {
    private static final int LINES = 50;
    private static final int LINE = 2000;

    private final Deque<String> last = new ArrayDeque<>();
    private final Thread reader;

    StderrTail(InputStream stderr, String name, Consumer<String> lines) {
        reader = Thread.ofPlatform().daemon().name(name).start(() -> read(stderr, lines));
    }

    private void read(InputStream stderr, Consumer<String> lines) {
        try (BufferedReader in =
                new BufferedReader(new InputStreamReader(stderr, StandardCharsets.UTF_8))) {
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                String shown = line.length() > LINE ? line.substring(0, LINE) + "…" : line;
                note(shown);
                lines.accept(shown);
            }
        } catch (IOException e) {
            note("(stderr could not be read further: " + e.getMessage() + ")");
        }
    }

    /// Adds a line to the last ones.
    void note(String line) {
        synchronized (last) {
            last.addLast(line);
            if (last.size() > LINES) {
                last.removeFirst();
            }
        }
    }

    /// The last lines; waits a moment for what a dying process still writes.
    String text() throws InterruptedException {
        reader.join(500);
        synchronized (last) {
            return String.join("\n", last);
        }
    }
}
