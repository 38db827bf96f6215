package io.troupe.pybridge.worker;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/// The worker processes of one executor: taken by a task, given back for the next one, ended when
/// idle for a minute or when they outgrow their memory. No more than one per running task ever
/// exists. Thread-safe.
public final class WorkerPool implements AutoCloseable {
    private static final Duration IDLE_LIMIT = Duration.ofMinutes(1);
    private static final Duration WATCH = Duration.ofMillis(250);

    private final WorkerCommand command;
    private final Consumer<String> log;
    private final WorkerSource source;
    private final Deque<PythonWorker> idle = new ArrayDeque<>();
    private final Set<PythonWorker> busy = new HashSet<>();
    private final AtomicLong started = new AtomicLong();
    private Thread watch;
    private boolean closed;

    /// @param log takes the lines that workers write to stderr
    public WorkerPool(WorkerCommand command, Consumer<String> log) {
        this.command = command;
        this.log = log;
        this.source = new WorkerSource(command, log);
    }

    /// An idle worker, or a new one.
    ///
    /// @param pandas whether it will need pandas
    public PythonWorker take(boolean pandas) {
        synchronized (this) {
            ensureOpen();
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
        PythonWorker worker = PythonWorker.of(source.start(pandas), command, log);
        synchronized (this) {
            if (closed) {
                worker.kill();
            }
            ensureOpen();
            busy.add(worker);
            if (watch == null) {
                watch = Thread.ofVirtual().name("python-watch").start(this::watchForever);
            }
        }
        return worker;
    }

    private void ensureOpen() {
        if (closed) {
            throw new IllegalStateException("the executor has stopped");
        }
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

    /// Processes that work for a task.
    public synchronized int busy() {
        return busy.size();
    }

    /// Processes that wait for a task.
    public synchronized int idle() {
        return idle.size();
    }

    /// Resident memory of all processes, in bytes; 0 where the system does not tell.
    public synchronized long residentBytes() {
        long sum = 0;
        for (PythonWorker worker : idle) {
            sum += WorkerMemory.resident(worker.pid());
        }
        for (PythonWorker worker : busy) {
            sum += WorkerMemory.resident(worker.pid());
        }
        return sum;
    }

    private void watchForever() {
        try {
            while (true) {
                Thread.sleep(WATCH);
                sweep(System.nanoTime() - IDLE_LIMIT.toNanos());
                running().forEach(worker -> worker.weigh(command.memoryLimit()));
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private synchronized List<PythonWorker> running() {
        return new ArrayList<>(busy);
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
        if (watch != null) {
            watch.interrupt();
        }
        idle.forEach(PythonWorker::kill);
        busy.forEach(PythonWorker::kill);
        idle.clear();
        busy.clear();
        source.close();
    }
}
