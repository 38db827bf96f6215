package io.troupe.driver;

import io.troupe.cluster.node.ClusterMember;
import io.troupe.console.Console;
import io.troupe.console.Threads;
import io.troupe.console.application.OneApplication;
import io.troupe.console.metrics.ApplicationMetrics;
import io.troupe.console.metrics.Metrics;
import io.troupe.driver.node.Wiring;
import io.troupe.executor.task.Held;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The driver's own console. It starts beside the job, and reads the event log only when somebody
/// asks; what it cannot do stops no job.
final class DriverConsole implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(DriverConsole.class);

    private final CompletableFuture<Console> console = new CompletableFuture<>();

    /// @param application what it shows
    ///
    /// @param members the processes of its cluster
    /// @param held what executors in this process hold
    static DriverConsole start(
            Map<String, String> conf,
            OneApplication application,
            Supplier<List<ClusterMember>> members,
            Supplier<Held> held) {
        DriverConsole made = new DriverConsole();
        Thread.ofPlatform()
                .daemon()
                .name("console-start")
                .start(() -> made.listen(conf, application, members, held));
        return made;
    }

    private void listen(
            Map<String, String> conf,
            OneApplication application,
            Supplier<List<ClusterMember>> members,
            Supplier<Held> held) {
        ApplicationMetrics ofApplication = new ApplicationMetrics(application);
        try {
            Console started =
                    Console.start(
                            conf.getOrDefault("spark.troupe.ui.host", "127.0.0.1"),
                            port(conf),
                            application,
                            Wiring.VERSION,
                            List.of(
                                    new Members(application.id(), members),
                                    new Threads(application.id(), "driver"),
                                    new Metrics(text -> {
                                        ofApplication.write(text);
                                        HeldMetrics.write(text, held.get());
                                    })));
            console.complete(started);
        } catch (IOException | RuntimeException e) {
            LOG.warn(
                    "there is no console: {}; set spark.ui.port, or spark.ui.enabled to false",
                    e.getMessage());
            console.complete(null);
        }
    }

    private static int port(Map<String, String> conf) {
        String text = conf.getOrDefault("spark.ui.port", String.valueOf(Console.FIRST_PORT));
        try {
            return Integer.parseInt(text.strip());
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("spark.ui.port is no number: " + text, e);
        }
    }

    /// Its address; null if it could not start. Waits for it to listen.
    String url() {
        Console started = console.join();
        return started == null ? null : started.url();
    }

    @Override
    public void close() {
        Console started = console.getNow(null);
        if (started != null) {
            started.close();
        }
    }
}
