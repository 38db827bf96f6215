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
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// An application's event log. Whoever tells it something only puts it into a bounded queue; what
/// does not fit is dropped and counted. A thread of its own writes, and starts a new file when one
/// is full, keeping one older part.
public final class EventLog implements SchedulerListener, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(EventLog.class);
    private static final int QUEUE = 64 * 1024;
    private static final long PART_BYTES = 256L << 20;
    private static final long IDLE_MILLIS = 200;

    private final BlockingQueue<Stamped> queue = new ArrayBlockingQueue<>(QUEUE);
    private final AtomicLong dropped = new AtomicLong();
    private final Path file;
    private final Thread writer;
    private final Event.ApplicationStarted head;
    private volatile boolean closing;
    private BufferedWriter out;
    private long written;

    private record Stamped(long time, Event event) {}

    private EventLog(Path file, Event.ApplicationStarted head) throws IOException {
        this.file = file;
        this.head = head;
        this.out = Files.newBufferedWriter(file);
        this.writer = Thread.ofPlatform().daemon().name("event-log").unstarted(this::write);
    }

    /// Starts the log of an application.
    ///
    /// @param folder where logs lie; made if missing
    /// @param application the application's identity, which names the file
    /// @param settings its settings; secrets among them are not written
    /// @throws IOException naming the folder, if it cannot be written
    public static EventLog open(
            Path folder, String application, String version, Map<String, String> settings)
            throws IOException {
        Event.ApplicationStarted head =
                new Event.ApplicationStarted(application, version, Map.copyOf(settings));
        EventLog log;
        try {
            Files.createDirectories(folder);
            log = new EventLog(folder.resolve(application + ".jsonl"), head);
        } catch (IOException e) {
            throw new IOException(
                    "cannot write the event log to "
                            + folder
                            + ": "
                            + e.getMessage()
                            + "; set spark.eventLog.dir to a folder that can be written",
                    e);
        }
        log.add(head);
        log.writer.start();
        return log;
    }

    /// The file that is written.
    public Path file() {
        return file;
    }

    /// Events that did not fit into the queue.
    public long dropped() {
        return dropped.get();
    }

    /// Notes a query's plan, for people and for tools that draw it.
    public void planMade(long query, String description, String text) {
        add(new Event.PlanMade(query, description, text));
    }

    private void add(Event event) {
        if (!queue.offer(new Stamped(System.currentTimeMillis(), event))) {
            dropped.incrementAndGet();
        }
    }

    private void write() {
        try {
            while (true) {
                Stamped next = queue.poll(IDLE_MILLIS, TimeUnit.MILLISECONDS);
                if (next == null) {
                    out.flush();
                    if (closing) {
                        break;
                    }
                } else {
                    append(next);
                }
            }
            append(
                    new Stamped(
                            System.currentTimeMillis(), new Event.ApplicationEnded(dropped.get())));
            out.close();
        } catch (IOException e) {
            closing = true;
            LOG.warn("the event log {} ends early: {}", file, e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void append(Stamped next) throws IOException {
        if (written > PART_BYTES) {
            out.close();
            Files.move(
                    file,
                    file.resolveSibling(file.getFileName() + ".1"),
                    StandardCopyOption.REPLACE_EXISTING);
            out = Files.newBufferedWriter(file);
            written = 0;
            append(new Stamped(next.time(), head));
        }
        String line = EventWriter.line(next.time(), next.event());
        out.write(line);
        out.write('\n');
        written += line.length() + 1L;
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
        add(new Event.StageDone(stage));
    }

    @Override
    public void stageCancelled(StageAttempt stage, String reason) {
        add(new Event.StageCancelled(stage, reason));
    }

    @Override
    public void taskEnded(
            TaskAttemptId task, ExecutorId executor, TaskMetrics metrics, TaskFailure failure) {
        add(new Event.TaskEnded(task, executor, metrics, failure));
    }

    @Override
    public void executorJoined(ExecutorInfo executor) {
        add(new Event.ExecutorJoined(executor));
    }

    @Override
    public void executorLost(ExecutorId executor, String reason) {
        add(new Event.ExecutorLost(executor, reason));
    }

    @Override
    public void applicationEnded() {
        close();
    }

    /// Writes what is queued and ends the log; waits a bounded time.
    @Override
    public void close() {
        closing = true;
        try {
            writer.join(5_000);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
