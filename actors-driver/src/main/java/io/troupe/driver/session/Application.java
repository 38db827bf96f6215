package io.troupe.driver.session;

import io.troupe.columnar.arrow.ArrowStreamWriter;
import io.troupe.columnar.vector.Batch;
import io.troupe.driver.command.Warehouse;
import io.troupe.driver.job.Attachments;
import io.troupe.driver.job.JobRunner;
import io.troupe.planner.catalog.CatalogEntry;
import io.troupe.planner.catalog.Sources;
import io.troupe.planner.error.TroupeException;
import io.troupe.planner.expression.AttributeIds;
import io.troupe.pybridge.gateway.DataChannel;
import io.troupe.pybridge.gateway.FrameReader;
import io.troupe.pybridge.gateway.FrameWriter;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicLong;

/// What the sessions of one JVM share: the executors, the sources, plans and results that the
/// client holds. Thread-safe.
public final class Application implements DataChannel.Handler {
    private final CompletableFuture<JobRunner> runner;
    private final Sources sources;
    private final AttributeIds ids = new AttributeIds();
    private final PlanTable plans = new PlanTable();
    private final ResultTickets results = new ResultTickets();
    private final Uploads uploads = new Uploads();
    private final Map<Long, Session> sessions = new ConcurrentHashMap<>();
    private final Map<String, CatalogEntry.TemporaryView> globalViews =
            new ConcurrentSkipListMap<>();
    private final AtomicLong numbers = new AtomicLong();
    private final AtomicLong queries = new AtomicLong();
    private final PlanLines lines = new PlanLines();
    private final Telemetry telemetry;
    private final Attachments attachments;
    private Warehouse warehouse;

    /// @param runner the executors, perhaps still starting
    public Application(
            CompletableFuture<JobRunner> runner,
            Sources sources,
            Telemetry telemetry,
            Attachments attachments) {
        this.runner = runner;
        this.sources = sources;
        this.telemetry = telemetry;
        this.attachments = attachments;
    }

    Session open(Map<String, String> conf) {
        Session session = new Session(numbers.incrementAndGet(), this, new SessionConf(conf));
        sessions.put(session.id(), session);
        return session;
    }

    Session session(long id) {
        Session session = sessions.get(id);
        if (session == null) {
            throw new IllegalArgumentException(
                    "There is no session " + id + ": it was stopped. Create a new SparkSession.");
        }
        return session;
    }

    void close(Session session) {
        sessions.remove(session.id());
        results.drop(session);
    }

    /// Waits for the executors to be up.
    JobRunner runner() {
        try {
            return runner.join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof TroupeException failure) {
                throw failure;
            }
            throw e;
        }
    }

    Telemetry telemetry() {
        return telemetry;
    }

    Attachments attachments() {
        return attachments;
    }

    PlanLines lines() {
        return lines;
    }

    Sources sources() {
        return sources;
    }

    AttributeIds ids() {
        return ids;
    }

    PlanTable plans() {
        return plans;
    }

    ResultTickets results() {
        return results;
    }

    Uploads uploads() {
        return uploads;
    }

    Map<String, CatalogEntry.TemporaryView> globalViews() {
        return globalViews;
    }

    /// The stored databases; the folder is the one of the first session.
    synchronized Warehouse warehouse(SessionConf conf) {
        if (warehouse == null) {
            String folder = conf.get("spark.sql.warehouse.dir");
            warehouse =
                    new Warehouse(
                            Path.of(
                                    folder.startsWith("file:")
                                            ? folder.substring("file:".length())
                                            : folder));
        }
        return warehouse;
    }

    long nextQuery() {
        return queries.incrementAndGet();
    }

    @Override
    public void fetch(String ticket, FrameWriter out) throws IOException {
        try (PendingResult result = results.take(ticket)) {
            String zone = result.session().conf().get("spark.sql.session.timeZone");
            ArrowStreamWriter writer = new ArrowStreamWriter(out, result.schema(), zone);
            writer.start();
            for (Batch batch = result.job().next(); batch != null; batch = result.job().next()) {
                writer.write(batch);
            }
            writer.finish();
        }
    }

    @Override
    public void upload(String ticket, FrameReader in) throws IOException {
        uploads.put(ticket, in);
    }

    @Override
    public String describe(Throwable failure) {
        return ErrorAnswer.json(failure);
    }
}
