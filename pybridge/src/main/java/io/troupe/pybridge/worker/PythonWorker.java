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
import java.util.concurrent.CompletableFuture;
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

    private final WorkerProcess process;
    private final StderrTail stderr;
    private final DataInputStream in;
    private final BlockingQueue<Frame> outgoing = new LinkedBlockingQueue<>();
    private final Thread writer;
    private final Set<Long> known = new HashSet<>();
    private Map<String, Object> hello = Map.of();
    private volatile boolean broken;
    private long idleSince = System.nanoTime();

    /// What runs here; set by the pool's user, read by the stderr thread.
    private volatile Task task = Task.NONE;

    /// Written by the memory watch, taken by the task's thread; a lost sample is no loss.
    private volatile long peak;

    /// Why the executor itself ended the process, or null; written once by the memory watch, read
    /// by the task's thread after the pipe has closed.
    private volatile String ended;

    /// Who hears of the lines that are printed now.
    ///
    /// @param tag names the task at the head of each line in the executor's log
    /// @param notes the task's own
    private record Task(String tag, Consumer<String> notes) {
        static final Task NONE = new Task("", _ -> {});

        void tell(String line, Consumer<String> log) {
            log.accept(tag + line);
            notes.accept(line);
        }
    }

    private PythonWorker(WorkerProcess process, Consumer<String> log) {
        this.process = process;
        this.stderr =
                new StderrTail(
                        process.errors(),
                        "python-stderr-" + process.pid(),
                        line -> task.tell(line, log));
        this.in = new DataInputStream(process.output());
        this.writer =
                Thread.ofPlatform()
                        .daemon()
                        .name("python-writer-" + process.pid())
                        .start(this::write);
    }

    /// A worker of a process that was just started; waits until it says hello.
    ///
    /// @throws WorkerDiedException when it does not, with the interpreter and its last words
    static PythonWorker of(WorkerProcess process, WorkerCommand command, Consumer<String> log) {
        PythonWorker worker = new PythonWorker(process, log);
        process.ended().whenComplete((status, unknown) -> worker.processEnded());
        worker.greet(command);
        return worker;
    }

    /// What the dead process has written is read first; then nothing more can come, even if a child
    /// that it left behind holds its pipe.
    private void processEnded() {
        broken = true;
        outgoing.add(STOP);
        CompletableFuture.delayedExecutor(200, TimeUnit.MILLISECONDS)
                .execute(() -> {
                    try {
                        process.closeOutput();
                    } catch (IOException e) {
                        stderr.note("its pipe could not be closed: " + e.getMessage());
                    }
                });
    }

    private void greet(WorkerCommand command) {
        Thread watchdog =
                Thread.ofVirtual()
                        .start(() -> {
                            try {
                                Thread.sleep(START_LIMIT);
                                process.kill();
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
                new DataOutputStream(new BufferedOutputStream(process.input(), PIPE_BUFFER))) {
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
            end = process.awaitEnd(Duration.ofSeconds(2));
            if (end == null) {
                process.kill();
                end = "it was still running and has been killed";
            }
            tail = stderr.text();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
        if (ended != null) {
            return new WorkerDiedException(ended);
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

    boolean isUsable() {
        return !broken && !process.ended().isDone();
    }

    void idleFrom(long nanos) {
        idleSince = nanos;
    }

    long idleSince() {
        return idleSince;
    }

    /// Tells which task runs here.
    ///
    /// @param tag names it at the head of each line that it prints into the log
    /// @param notes takes the lines too
    void serve(String tag, Consumer<String> notes) {
        task = new Task(tag, notes);
    }

    /// Waits until all that the piece of work printed was handed on.
    void awaitPrinted() {
        try {
            stderr.awaitMark();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    /// Ends the process for a reason that its task is to tell.
    void end(String why) {
        ended = why;
        kill();
    }

    /// Notes how much memory the process holds now; ends it when that is more than its limit
    /// (bytes; 0 for none).
    void weigh(long limit) {
        long resident = WorkerMemory.resident(process.pid());
        if (limit > 0 && resident > limit) {
            long own = WorkerMemory.proportional(process.pid());
            if (own > limit) {
                end(
                        "The Python worker has been ended: it held "
                                + (own >> 20)
                                + " MiB, and its share of spark.executor.pyspark.memory is "
                                + (limit >> 20)
                                + " MiB. Give Python more memory, or the function smaller batches (spark.sql.execution.arrow.maxRecordsPerBatch). (pid "
                                + process.pid()
                                + ")");
            }
        }
        peak = Math.max(peak, resident);
    }

    /// The most resident bytes that were seen since the last call; 0 when nobody looked.
    long takePeak() {
        long seen = peak;
        peak = 0;
        return seen;
    }

    /// Kills the process and its children; its threads end by themselves.
    public void kill() {
        broken = true;
        outgoing.add(STOP);
        process.kill();
    }

    /// Closes its input, at which it ends by itself.
    void retire() {
        outgoing.add(STOP);
    }
}
