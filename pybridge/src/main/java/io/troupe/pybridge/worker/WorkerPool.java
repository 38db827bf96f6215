package io.troupe.pybridge.worker;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/// The worker processes of one executor: taken by a task, given back for the next one, ended when
/// idle for a minute. No more than one per running task ever exists. Thread-safe.
public final class WorkerPool implements AutoCloseable {
    private static final Duration IDLE_LIMIT = Duration.ofMinutes(1);

    private final WorkerCommand command;
    private final Consumer<String> log;
    private final Deque<PythonWorker> idle = new ArrayDeque<>();
    private final Set<PythonWorker> busy = new HashSet<>();
    private final AtomicLong started = new AtomicLong();
    private final Thread sweeper;
    private boolean closed;

    /// @param log takes the lines that workers write to stderr
    public WorkerPool(WorkerCommand command, Consumer<String> log) {
        this.command = command;
        this.log = log;
        this.sweeper = Thread.ofVirtual().name("python-idle-sweeper").start(this::sweepForever);
    }

    /// An idle worker, or a new one.
    public PythonWorker take() {
        synchronized (this) {
            if (closed) {
                throw new IllegalStateException("the executor has stopped");
            }
            while (!idle.isEmpty()) {
                PythonWorker worker = idle.pollLast();
                if (worker.isUsable()) {
                    busy.add(worker);
                    return worker;
                }
                worker.kill();
            }
        }
        started.incrementAndGet();
        PythonWorker worker = PythonWorker.start(command, log);
        synchronized (this) {
            if (closed) {
                worker.kill();
                throw new IllegalStateException("the executor has stopped");
            }
            busy.add(worker);
        }
        return worker;
    }

    /// Takes back a worker that is between two pieces of work.
    public synchronized void giveBack(PythonWorker worker) {
        busy.remove(worker);
        if (closed || !worker.isUsable()) {
            worker.kill();
            return;
        }
        worker.idleFrom(System.nanoTime());
        idle.addLast(worker);
    }

    /// Ends a worker whose conversation is not finished.
    public synchronized void discard(PythonWorker worker) {
        busy.remove(worker);
        worker.kill();
    }

    /// Processes started so far.
    public long started() {
        return started.get();
    }

    private void sweepForever() {
        try {
            while (true) {
                Thread.sleep(IDLE_LIMIT.dividedBy(4));
                sweep(System.nanoTime() - IDLE_LIMIT.toNanos());
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private synchronized void sweep(long oldest) {
        idle.removeIf(worker -> {
            boolean old = worker.idleSince() < oldest;
            if (old) {
                worker.retire();
            }
            return old;
        });
    }

    @Override
    public synchronized void close() {
        closed = true;
        sweeper.interrupt();
        idle.forEach(PythonWorker::kill);
        busy.forEach(PythonWorker::kill);
        idle.clear();
        busy.clear();
    }
}
