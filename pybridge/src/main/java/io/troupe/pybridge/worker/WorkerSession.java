package io.troupe.pybridge.worker;

import io.troupe.columnar.arrow.ArrowStreamReader;
import io.troupe.columnar.arrow.ArrowStreamWriter;
import io.troupe.columnar.operator.TaskContext;
import io.troupe.columnar.vector.Batch;
import io.troupe.columnar.vector.Vector;
import io.troupe.planner.expression.PythonFunction;
import io.troupe.planner.json.Json;
import io.troupe.planner.type.StructType;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;

/// One piece of work of one task with a worker of the pool: [#begin], any number of [#send] and one
/// [#finishInput] between which the results are [#receive]d up to null. Closing gives the worker
/// back when all was said and read, and ends the process otherwise.
///
/// Counters: `python.rows`, `python.batches`, `python.sent.bytes`, `python.received.bytes`, and
/// nanoseconds in `python.encode.nanos`, `python.wait.nanos`, `python.decode.nanos`,
/// `python.compute.nanos` (as the worker measured); the same for each function, see
/// [FunctionCosts].
public final class WorkerSession implements TaskContext.PythonSession {
    private final WorkerPool pool;
    private final PythonWorker worker;
    private final TaskContext context;
    private final FunctionCosts costs;
    private final AttachmentSource files;
    private boolean begun;
    private boolean inputFinished;
    private boolean closed;

    /// Written by the task's thread when all is said and read; a canceller that misses it ends a
    /// process that could have lived.
    private volatile boolean finished;

    /// Whether the pool has the worker again, or it was ended; guarded by this. Who is second
    /// leaves it alone: it may serve another task by then.
    private boolean parted;

    private WorkerSession(
            WorkerPool pool,
            PythonWorker worker,
            TaskContext context,
            FunctionCosts costs,
            AttachmentSource files) {
        this.pool = pool;
        this.worker = worker;
        this.context = context;
        this.costs = costs;
        this.files = files;
    }

    /// Takes a worker and makes sure that it has the functions.
    ///
    /// @param files where what the functions ask for is found
    public static WorkerSession open(
            WorkerPool pool,
            TaskContext.PythonRequest request,
            TaskContext context,
            AttachmentSource files) {
        long before = pool.started();
        PythonWorker worker =
                pool.take(request.functions().stream().anyMatch(WorkerSession::usesPandas));
        worker.serve(tag(context), context.notes()::print);
        FunctionCosts costs = new FunctionCosts(context.metrics(), request.functions());
        costs.add("worker.starts", pool.started() - before);
        for (PythonFunction function : request.functions()) {
            worker.teach(function);
        }
        return new WorkerSession(pool, worker, context, costs, files);
    }

    /// PySpark's numbers of the kinds that take or give pandas objects.
    private static boolean usesPandas(PythonFunction function) {
        int kind = function.evalType();
        return kind >= 200 && kind <= 206 || kind == 216 || kind == 217;
    }

    private static String tag(TaskContext context) {
        return "[query "
                + context.queryId()
                + " partition "
                + context.partition()
                + " attempt "
                + context.attempt()
                + "] ";
    }

    /// Says what the work is (see `troupe/worker/work.py`).
    public void begin(Map<String, Object> work) {
        begun = true;
        worker.send(new Frame(Frame.Kind.WORK, Json.write(work).getBytes(StandardCharsets.UTF_8)));
    }

    /// Sends the existing rows of a batch. `groups` are the starts of its groups and its end, or
    /// null.
    public void send(Batch batch, StructType schema, String zone, int[] groups) {
        long started = System.nanoTime();
        if (groups != null) {
            ByteBuffer offsets =
                    ByteBuffer.allocate(4 * groups.length).order(ByteOrder.LITTLE_ENDIAN);
            offsets.asIntBuffer().put(groups);
            worker.send(new Frame(Frame.Kind.OFFSETS, offsets.array()));
        }
        ByteArrayOutputStream bytes =
                new ByteArrayOutputStream((int) Math.min(1 << 26, 1024 + batch.bytes()));
        try {
            ArrowStreamWriter writer = new ArrowStreamWriter(bytes, schema, zone);
            writer.write(batch);
            writer.finish();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        byte[] payload = bytes.toByteArray();
        costs.add("encode.nanos", System.nanoTime() - started);
        costs.add("sent.bytes", payload.length);
        costs.add("rows", batch.selected());
        costs.add("batches", 1);
        worker.send(new Frame(Frame.Kind.BATCH, payload));
    }

    public void finishInput() {
        if (!inputFinished) {
            inputFinished = true;
            worker.send(Frame.end());
        }
    }

    /// The next result batch, or null when the work is done; waits.
    ///
    /// @throws io.troupe.planner.error.TroupeException the exception of the user's function
    /// @throws WorkerDiedException when the process died
    public Batch receive() {
        while (true) {
            Answer answer = answer();
            if (!answer.acknowledgement()) {
                return answer.batch();
            }
        }
    }

    /// What the worker said: a result batch, that it took an input batch, or (neither) that it is
    /// done.
    public record Answer(Batch batch, boolean acknowledgement) {}

    /// The worker's next message; waits.
    ///
    /// @throws io.troupe.planner.error.TroupeException the exception of the user's function
    /// @throws WorkerDiedException when the process died
    public Answer answer() {
        long started = System.nanoTime();
        Frame frame = worker.read();
        while (frame.kind() == Frame.Kind.WANTED) {
            hand(Json.parseObject(text(frame)));
            frame = worker.read();
        }
        long read = System.nanoTime();
        costs.add("wait.nanos", read - started);
        costs.add("received.bytes", frame.payload().length);
        return switch (frame.kind()) {
            case BATCH -> {
                Batch batch = decoded(frame.payload());
                costs.add("decode.nanos", System.nanoTime() - read);
                yield new Answer(batch, false);
            }
            case END -> {
                finished = true;
                worker.awaitPrinted();
                Map<String, Object> stats = Json.parseObject(text(frame));
                if (stats.get("accumulators") instanceof String updates) {
                    context.accumulate(Base64.getDecoder().decode(updates));
                }
                costs.computed(
                        stats.get("nanos") instanceof Number nanos ? nanos.longValue() : 0,
                        stats.get("functions") instanceof Map<?, ?> shares ? shares : Map.of());
                sampled(stats.get("stacks"));
                yield new Answer(null, false);
            }
            case FAILURE -> {
                finishInput();
                finished = true;
                worker.awaitPrinted();
                throw PythonFailure.of(Json.parseObject(text(frame)));
            }
            case ACKNOWLEDGED -> new Answer(null, true);
            case FUNCTION, WORK, OFFSETS, HELLO, WANTED, ATTACHMENT ->
                    throw new WorkerDiedException(
                            "Python worker sent a message that only the JVM may send: "
                                    + frame.kind());
        };
    }

    private void sampled(Object stacks) {
        if (stacks instanceof Map<?, ?> found) {
            found.forEach((stack, nanos) ->
                    context.notes().sampled(String.valueOf(stack), ((Number) nanos).longValue()));
        }
    }

    /// Tells the worker where a file lies that a function asked for, or why it has none.
    private void hand(Map<String, Object> wanted) {
        Map<String, Object> found = new LinkedHashMap<>();
        String name = String.valueOf(wanted.get("name"));
        try {
            long id = ((Number) wanted.get("id")).longValue();
            found.put("path", files.find(id, name).toAbsolutePath().toString());
        } catch (IOException e) {
            found.put("error", name + " cannot be had on this executor: " + e.getMessage());
        }
        byte[] answer = Json.write(found).getBytes(StandardCharsets.UTF_8);
        worker.send(new Frame(Frame.Kind.ATTACHMENT, answer));
    }

    private static String text(Frame frame) {
        return new String(frame.payload(), StandardCharsets.UTF_8);
    }

    private static Batch decoded(byte[] payload) {
        try {
            ArrowStreamReader reader =
                    new ArrowStreamReader(new ByteArrayInputStream(payload), Integer.MAX_VALUE);
            Batch batch = reader.next();
            return batch == null ? new Batch(new Vector[0], 0) : batch;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        if (closed) {
            return;
        }
        closed = true;
        costs.close(worker.takePeak());
        if (begun && finished) {
            finishInput();
        }
        part(!begun || finished);
    }

    /// The work may be about to begin, so that the worker is never given back here.
    @Override
    public void cancel() {
        if (!finished) {
            part(false);
        }
    }

    private synchronized void part(boolean reusable) {
        if (parted) {
            return;
        }
        parted = true;
        if (reusable) {
            pool.giveBack(worker);
        } else {
            pool.discard(worker);
        }
    }
}
