package io.troupe.executor.fetch;

import io.troupe.cluster.protocol.BlockId;
import io.troupe.cluster.protocol.DataRequest;
import io.troupe.cluster.protocol.ExecutorAddress;
import io.troupe.cluster.protocol.TaskAttemptId;
import io.troupe.cluster.protocol.TaskFailure.FetchFailure;
import io.troupe.cluster.transport.CorruptFrameException;
import io.troupe.cluster.transport.DataClient;
import io.troupe.cluster.transport.DataConnection;
import io.troupe.cluster.transport.DataFrame;
import io.troupe.cluster.transport.MissingOutputException;
import io.troupe.columnar.spill.BatchCodec;
import io.troupe.columnar.vector.Batch;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What one other executor holds of an exchange's input: a virtual thread reads ahead into a buffer
/// that is bounded by bytes, the task's thread takes batches out, output by output in the order
/// asked for. A connection that breaks is resumed where it broke, a bounded number of times; so is
/// one whose bytes arrive damaged.
final class RemoteStream implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(RemoteStream.class);
    private static final int RESUMES = 2;

    private final DataClient client;
    private final ExecutorAddress source;
    private final List<TaskAttemptId> outputs;
    private final int from;
    private final int to;
    private final long bufferLimit;

    /// Guarded by `this`; the reader thread adds, the task's thread takes.
    private final Deque<Item> buffer = new ArrayDeque<>();

    private long buffered;
    private boolean ended;
    private boolean closed;
    private FetchFailure failure;
    private Throwable cause;
    private DataConnection current;

    /// Progress of the reader thread, for resuming: frames already passed on of the output being
    /// read.
    private int output;

    private int frames;

    private record Item(int output, Batch batch, int bytes) {}

    RemoteStream(
            DataClient client,
            ExecutorAddress source,
            List<TaskAttemptId> outputs,
            int from,
            int to,
            long bufferLimit) {
        this.client = client;
        this.source = source;
        this.outputs = outputs;
        this.from = from;
        this.to = to;
        this.bufferLimit = bufferLimit;
        Thread.ofVirtual().name("fetch-" + source.executor()).start(this::read);
    }

    /// The next batch of the output with that index, or null if it has no more. Indexes must be
    /// asked for in order.
    ///
    /// @throws FetchFailedException if it cannot be had
    synchronized Batch next(int index) throws InterruptedException {
        while (buffer.isEmpty() && !ended) {
            wait();
        }
        if (buffer.isEmpty()) {
            if (failure != null) {
                throw new FetchFailedException(failure, cause);
            }
            return null;
        }
        Item head = buffer.peek();
        if (head.output() != index) {
            return null;
        }
        buffer.poll();
        buffered -= head.bytes();
        notifyAll();
        return head.batch();
    }

    private void read() {
        int resumes = 0;
        while (true) {
            try {
                attempt();
                end(null, null);
                return;
            } catch (MissingOutputException e) {
                fail(output + e.output(), from, FetchFailure.Reason.MISSING, e);
                return;
            } catch (CorruptFrameException e) {
                // The wire may have damaged it, or the place where it is kept: ask again.
                if (isClosed() || resumes++ == RESUMES) {
                    fail(output, e.partition(), FetchFailure.Reason.CORRUPT, e);
                    return;
                }
                LOG.debug("fetch from {} came damaged, asking again: {}", source, e.getMessage());
            } catch (IOException e) {
                if (isClosed() || resumes++ == RESUMES) {
                    fail(output, from, FetchFailure.Reason.UNREACHABLE, e);
                    return;
                }
                LOG.debug("fetch from {} broke, resuming: {}", source, e.getMessage());
            } catch (InterruptedException | RuntimeException e) {
                fail(output, from, FetchFailure.Reason.CORRUPT, e);
                return;
            }
        }
    }

    private void attempt() throws IOException, InterruptedException {
        DataConnection connection = client.borrow(source.host(), source.port());
        try {
            if (!use(connection)) {
                return;
            }
            int base = output;
            int skip = frames;
            connection.request(
                    new DataRequest.Blocks(outputs.subList(base, outputs.size()), from, to));
            while (true) {
                DataFrame frame = connection.next();
                if (frame == null) {
                    return;
                }
                if (base + frame.output() != output) {
                    output = base + frame.output();
                    frames = 0;
                    skip = 0;
                }
                if (skip > 0) {
                    skip--;
                    continue;
                }
                put(
                        new Item(
                                output,
                                BatchCodec.decode(ByteBuffer.wrap(frame.content())),
                                frame.content().length));
                frames++;
            }
        } finally {
            use(null);
            client.release(source.host(), source.port(), connection);
        }
    }

    private synchronized boolean use(DataConnection connection) {
        current = connection;
        return !closed;
    }

    private synchronized boolean isClosed() {
        return closed;
    }

    private synchronized void put(Item item) throws InterruptedException, IOException {
        while (buffered > bufferLimit && !closed) {
            wait();
        }
        if (closed) {
            throw new IOException("nobody reads any more");
        }
        buffer.add(item);
        buffered += item.bytes();
        notifyAll();
    }

    private void fail(int index, int partition, FetchFailure.Reason reason, Exception e) {
        TaskAttemptId producer = outputs.get(Math.min(index, outputs.size() - 1));
        end(
                new FetchFailure(
                        new BlockId(producer, partition),
                        source.executor(),
                        reason,
                        String.valueOf(e.getMessage())),
                e);
    }

    private synchronized void end(FetchFailure why, Throwable e) {
        failure = why;
        cause = e;
        ended = true;
        notifyAll();
    }

    @Override
    public void close() throws IOException {
        DataConnection open;
        synchronized (this) {
            closed = true;
            buffer.clear();
            buffered = 0;
            open = current;
            notifyAll();
        }
        if (open != null) {
            open.close();
        }
    }
}
