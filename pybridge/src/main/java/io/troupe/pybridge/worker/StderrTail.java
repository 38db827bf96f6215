package io.troupe.pybridge.worker;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/// Reads a worker's stderr to its end, hands each line on, and keeps the last ones for the error of
/// its death. At the end of each piece of work the worker writes a mark: who has awaited it has all
/// that the work printed.
final class StderrTail {
    /// As `troupe/worker/loop.py` writes it, at the end of a line that the work may have begun.
    private static final String MARK = "\u001e\u001e";

    private static final int LINES = 50;
    private static final int LINE = 2000;
    private static final long MARK_MILLIS = 200;

    private final Deque<String> last = new ArrayDeque<>();
    private final Semaphore marks = new Semaphore(0);
    private final Thread reader;

    StderrTail(InputStream stderr, String name, Consumer<String> lines) {
        reader = Thread.ofPlatform().daemon().name(name).start(() -> read(stderr, lines));
    }

    private void read(InputStream stderr, Consumer<String> lines) {
        try (BufferedReader in =
                new BufferedReader(new InputStreamReader(stderr, StandardCharsets.UTF_8))) {
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                boolean marked = line.endsWith(MARK);
                String text = marked ? line.substring(0, line.length() - MARK.length()) : line;
                if (!marked || !text.isEmpty()) {
                    String shown = text.length() > LINE ? text.substring(0, LINE) + "…" : text;
                    note(shown);
                    lines.accept(shown);
                }
                if (marked) {
                    marks.release();
                }
            }
        } catch (IOException e) {
            note("(stderr could not be read further: " + e.getMessage() + ")");
        }
    }

    /// Waits until all that the last piece of work printed was handed on; no longer than a moment,
    /// as the user's function may have closed the pipe.
    void awaitMark() throws InterruptedException {
        marks.tryAcquire(MARK_MILLIS, TimeUnit.MILLISECONDS);
        marks.drainPermits();
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
