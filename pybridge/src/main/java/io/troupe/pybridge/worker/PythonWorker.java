package io.troupe.pybridge.worker;

import io.troupe.planner.expression.PythonFunction;
import io.troupe.planner.json.Json;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/// One child process. A thread of its own writes, so that the task's thread is free to read:
/// neither side ever waits for a pipe that the other cannot empty. The task's thread alone calls
/// the methods; how many batches wait to be written is the caller's to bound.
public final class PythonWorker {
    private static final int PIPE_BUFFER = 1 << 18;
    private static final int MAX_FRAME = Integer.MAX_VALUE - 16;
    private static final Duration START_LIMIT = Duration.ofSeconds(60);
    private static final Frame STOP = new Frame(Frame.Kind.END, new byte[1]);

    private final Process process;
    private final StderrTail stderr;
    private final DataInputStream in;
    private final BlockingQueue<Frame> outgoing = new LinkedBlockingQueue<>();
    private final Thread writer;
    private final Set<Long> known = new HashSet<>();
    private Map<String, Object> hello = Map.of();
    private volatile boolean broken;
    private long idleSince = System.nanoTime();

    private PythonWorker(Process process, StderrTail stderr) {
        this.process = process;
        this.stderr = stderr;
        this.in = new DataInputStream(process.getInputStream());
        this.writer =
                Thread.ofPlatform()
                        .daemon()
                        .name("python-writer-" + process.pid())
                        .start(this::write);
    }

    /// Starts a process and waits until it says hello.
    ///
    /// @throws WorkerDiedException when it does not, with the interpreter and its last words
    public static PythonWorker start(WorkerCommand command, Consumer<String> log) {
        ProcessBuilder builder = new ProcessBuilder(command.arguments());
        builder.environment().putAll(command.environment());
        Process process;
        try {
            process = builder.start();
        } catch (IOException e) {
            throw new WorkerDiedException(
                    "The Python worker cannot be started with `"
                            + command.interpreter()
                            + "`: "
                            + e.getMessage()
                            + ". Set spark.pyspark.python to a Python 3.11 or later that has pyarrow and cloudpickle.");
        }
        StderrTail stderr =
                new StderrTail(process.getErrorStream(), "python-stderr-" + process.pid(), log);
        PythonWorker worker = new PythonWorker(process, stderr);
        worker.greet(command);
        return worker;
    }

    private void greet(WorkerCommand command) {
        Thread watchdog =
                Thread.ofVirtual()
                        .start(() -> {
                            try {
                                Thread.sleep(START_LIMIT);
                                process.destroyForcibly();
                            } catch (InterruptedException _) {
                                Thread.currentThread().interrupt();
                            }
                        });
        try {
            Frame frame = read();
            if (frame.kind() != Frame.Kind.HELLO) {
                throw died("it did not say hello");
            }
            hello = Json.parseObject(new String(frame.payload(), StandardCharsets.UTF_8));
        } catch (WorkerDiedException e) {
            throw new WorkerDiedException(
                    "With the interpreter `" + command.interpreter() + "`: " + e.getMessage());
        } finally {
            watchdog.interrupt();
        }
    }

    public long pid() {
        return process.pid();
    }

    /// What the worker said of itself: pid, Python and pyarrow version.
    public Map<String, Object> hello() {
        return hello;
    }

    /// Sends a function unless this worker has it.
    public void teach(PythonFunction function) {
        if (known.add(function.id())) {
            byte[] payload = new byte[8 + function.command().length];
            java.nio.ByteBuffer.wrap(payload).putLong(function.id()).put(function.command());
            send(new Frame(Frame.Kind.FUNCTION, payload));
        }
    }

    public void send(Frame frame) {
        outgoing.add(frame);
    }

    private void write() {
        try (DataOutputStream out =
                new DataOutputStream(
                        new BufferedOutputStream(process.getOutputStream(), PIPE_BUFFER))) {
            for (Frame frame = outgoing.take(); frame != STOP; frame = outgoing.take()) {
                out.writeInt(frame.payload().length);
                out.writeByte(frame.kind().code);
                out.write(frame.payload());
                if (outgoing.isEmpty()) {
                    out.flush();
                }
            }
        } catch (IOException _) {
            // The process has closed its pipe: the reader finds its end, and says why.
            broken = true;
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    /// The next frame from the worker; waits.
    ///
    /// @throws WorkerDiedException when the process ended or its output is no frame
    public Frame read() {
        try {
            int length = in.readInt();
            byte code = in.readByte();
            Frame.Kind kind = Frame.Kind.of(code);
            if (kind == null || length < 0 || length > MAX_FRAME) {
                throw died(
                        "it wrote what is no message (kind " + code + ", length " + length + ")");
            }
            byte[] payload = in.readNBytes(length);
            if (payload.length < length) {
                throw died("its output ended in the middle of a message");
            }
            return new Frame(kind, payload);
        } catch (IOException e) {
            throw died("its output ended");
        }
    }

    private WorkerDiedException died(String what) {
        broken = true;
        String end = "";
        String tail = "";
        try {
            if (process.waitFor(2, TimeUnit.SECONDS)) {
                end = describe(process.exitValue());
            } else {
                process.destroyForcibly();
                end = "it was still running and has been killed";
            }
            tail = stderr.text();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
        return new WorkerDiedException(
                "Python worker exited unexpectedly (crashed): "
                        + what
                        + "; "
                        + end
                        + " (pid "
                        + process.pid()
                        + ")."
                        + (tail.isEmpty()
                                ? " It wrote nothing to stderr."
                                : " Its last lines of stderr:\n" + tail));
    }

    /// Exit codes above 128 are signals, as the JVM reports them.
    private static String describe(int code) {
        return switch (code) {
            case 139 -> "it was killed by signal 11 (SIGSEGV)";
            case 137 -> "it was killed by signal 9 (SIGKILL), perhaps for memory";
            case 134 -> "it was killed by signal 6 (SIGABRT)";
            case 143 -> "it was killed by signal 15 (SIGTERM)";
            default ->
                    code > 128
                            ? "it was killed by signal " + (code - 128)
                            : "it exited with code " + code;
        };
    }

    boolean isUsable() {
        return !broken && process.isAlive();
    }

    void idleFrom(long nanos) {
        idleSince = nanos;
    }

    long idleSince() {
        return idleSince;
    }

    /// Kills the process; its threads end by themselves.
    public void kill() {
        broken = true;
        outgoing.add(STOP);
        process.destroyForcibly();
    }

    /// Closes its input, at which it ends by itself.
    void retire() {
        outgoing.add(STOP);
    }
}
