package io.troupe.driver.eventlog;

import io.troupe.cluster.protocol.ExecutorId;
import io.troupe.cluster.protocol.ExecutorInfo;
import io.troupe.cluster.protocol.JobId;
import io.troupe.cluster.protocol.StageAttempt;
import io.troupe.cluster.protocol.TaskAttemptId;
import io.troupe.cluster.protocol.TaskFailure;
import io.troupe.cluster.protocol.TaskMetrics;
import io.troupe.driver.schedule.JobSpec;
import io.troupe.driver.schedule.SchedulerListener;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.Writer;
import java.nio.channels.Channels;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// An application's event log. Whoever tells it something only puts it into a bounded queue; what
/// does not fit is dropped and counted. A thread of its own opens the file and writes, and starts a
/// new file when one is full, keeping one older part. A log that cannot be written stops no job.
public final class EventLog implements SchedulerListener, QueryListener, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(EventLog.class);
    private static final int QUEUE = 64 * 1024;
    private static final long PART_BYTES = 256L << 20;
    private static final long MOST_NOTES = 32L << 20;
    private static final long IDLE_MILLIS = 200;
    private static final int BUFFER = 1 << 16;
    private static final long CLOSING_MILLIS = 3_000;
    private static final long FLUSHING_MILLIS = 2_000;
    private static final long SAMPLE_MILLIS = 1_000;

    private final BlockingQueue<Stamped> queue = new ArrayBlockingQueue<>(QUEUE);
    private final AtomicLong dropped = new AtomicLong();
    private final CompletableFuture<Path> file = new CompletableFuture<>();
    private final NotesBudget notes = new NotesBudget(MOST_NOTES);
    private final Launches launches = new Launches();
    private final LogFolder folder;
    private final Thread writer;
    private final Event.ApplicationStarted head;
    private volatile boolean ended;
    private LogFolder.Open open;
    private Writer out;
    private long written;
    private long sampled;
    private boolean wasRunning;

    private record Stamped(long time, Event event) {}

    private EventLog(LogFolder folder, Event.ApplicationStarted head) {
        this.folder = folder;
        this.head = head;
        this.writer = Thread.ofPlatform().daemon().name("event-log").unstarted(this::write);
    }

    /// Starts the log of an application and returns at once.
    ///
    /// @param folder where logs lie; made if missing
    /// @param application the application's identity, which names the file
    /// @param settings its settings; secrets among them are not written
    public static EventLog start(
            LogFolder folder, String application, String version, Map<String, String> settings) {
        EventLog log =
                new EventLog(
                        folder,
                        new Event.ApplicationStarted(
                                application,
                                version,
                                Map.copyOf(settings),
                                SystemFacts.ofThisProcess()));
        log.add(log.head);
        log.writer.start();
        return log;
    }

    /// The file that is written, once it is open; fails with the reason if it cannot be.
    public CompletableFuture<Path> file() {
        return file;
    }

    /// The file, with all in it that was told before; null if it cannot be written. Waits a bounded
    /// time.
    public Path flushed() {
        CompletableFuture<Void> done = new CompletableFuture<>();
        add(new Event.Flush(done));
        try {
            Path path = file.get(FLUSHING_MILLIS, TimeUnit.MILLISECONDS);
            if (!ended) {
                done.get(FLUSHING_MILLIS, TimeUnit.MILLISECONDS);
            }
            return path;
        } catch (TimeoutException _) {
            return file.isDone() && !file.isCompletedExceptionally() ? file.join() : null;
        } catch (ExecutionException _) {
            return null;
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            return null;
        }
    }

    /// Events that did not fit into the queue.
    public long dropped() {
        return dropped.get();
    }

    private void add(Event event) {
        if (!ended && !queue.offer(new Stamped(System.currentTimeMillis(), event))) {
            dropped.incrementAndGet();
        }
    }

    private void write() {
        try {
            begin(folder.open(head.application()));
            file.complete(open.file());
            folder.forgetOld();
            Stamped next = queue.poll(IDLE_MILLIS, TimeUnit.MILLISECONDS);
            while (next == null || !(next.event() instanceof Event.Closing)) {
                if (next == null) {
                    out.flush();
                } else if (next.event() instanceof Event.Flush(CompletableFuture<Void> done)) {
                    out.flush();
                    done.complete(null);
                } else {
                    append(next);
                }
                sample();
                next = queue.poll(IDLE_MILLIS, TimeUnit.MILLISECONDS);
            }
            append(new Stamped(next.time(), new Event.ApplicationEnded(dropped.get())));
            out.close();
        } catch (IOException e) {
            file.completeExceptionally(e);
            LOG.warn("the event log ends early: {}", e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            ended = true;
            queue.clear();
        }
    }

    /// Tells what runs, once a second while something does.
    private void sample() throws IOException {
        long now = System.currentTimeMillis();
        if (now - sampled >= SAMPLE_MILLIS) {
            Launches.Counts counts = launches.counts();
            boolean running = !counts.stages().isEmpty();
            if (running || wasRunning) {
                append(new Stamped(now, new Event.Running(counts)));
            }
            wasRunning = running;
            sampled = now;
        }
    }

    private void begin(LogFolder.Open next) {
        open = next;
        out =
                new BufferedWriter(
                        Channels.newWriter(next.channel(), StandardCharsets.UTF_8), BUFFER);
        written = 0;
    }

    private void append(Stamped next) throws IOException {
        if (written > PART_BYTES) {
            out.close();
            Files.move(
                    open.file(),
                    LogFolder.olderPart(open.file()),
                    StandardCopyOption.REPLACE_EXISTING);
            begin(LogFolder.open(open.file()));
            append(new Stamped(next.time(), head));
        }
        String line = EventWriter.line(next.time(), next.event());
        out.write(line);
        out.write('\n');
        written += line.length() + 1L;
    }

    @Override
    public void queryPlanned(long query, Supplier<QueryDetails> details) {
        add(new Event.QueryPlanned(query, details));
    }

    @Override
    public void cacheFilled(long cache, String level, String description) {
        add(new Event.CacheFilled(cache, level, description));
    }

    @Override
    public void cacheDropped(long cache) {
        add(new Event.CacheDropped(cache));
    }

    @Override
    public void jobStarted(JobSpec job) {
        add(new Event.JobStarted(job));
    }

    @Override
    public void jobEnded(JobId job, TaskFailure failure) {
        add(new Event.JobEnded(job, failure));
    }

    @Override
    public void stageStarted(StageAttempt stage, JobId job, int tasks) {
        add(new Event.StageStarted(stage, job, tasks));
    }

    @Override
    public void stageDone(StageAttempt stage) {
        launches.ended(stage);
        add(new Event.StageDone(stage));
    }

    @Override
    public void stageCancelled(StageAttempt stage, String reason) {
        launches.ended(stage);
        add(new Event.StageCancelled(stage, reason));
    }

    @Override
    public void taskLaunched(TaskAttemptId task, ExecutorId executor) {
        launches.launched(task, executor, System.currentTimeMillis());
    }

    @Override
    public void taskEnded(
            TaskAttemptId task, ExecutorId executor, TaskMetrics metrics, TaskFailure failure) {
        TaskMetrics kept = notes.within(metrics);
        add(new Event.TaskEnded(task, executor, kept, failure, launches.ended(task)));
    }

    @Override
    public void executorJoined(ExecutorInfo executor) {
        add(new Event.ExecutorJoined(executor));
    }

    @Override
    public void executorLost(ExecutorId executor, String reason) {
        launches.ended(executor);
        add(new Event.ExecutorLost(executor, reason));
    }

    @Override
    public void applicationEnded() {
        close();
    }

    /// Writes what is queued and ends the log; waits a bounded time.
    @Override
    public void close() {
        try {
            queue.offer(
                    new Stamped(System.currentTimeMillis(), new Event.Closing()),
                    CLOSING_MILLIS,
                    TimeUnit.MILLISECONDS);
            writer.join(CLOSING_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
