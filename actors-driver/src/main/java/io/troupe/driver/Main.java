package io.troupe.driver;

import io.troupe.columnar.source.FileSources;
import io.troupe.driver.job.Attachments;
import io.troupe.driver.job.JobRunner;
import io.troupe.driver.logging.LogLevel;
import io.troupe.driver.session.Application;
import io.troupe.driver.session.Requests;
import io.troupe.planner.json.Json;
import io.troupe.pybridge.gateway.ConnectionFile;
import io.troupe.pybridge.gateway.DataChannel;
import io.troupe.pybridge.gateway.PythonGateway;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/// The driver process of a Python client. Reads its settings from the file named by
/// `TROUPE_CONF_FILE`, starts the executors, listens, tells where in the file named by
/// `TROUPE_CONNECTION_FILE`, and lives until its stdin ends.
public final class Main {
    private Main() {}

    public static void main(String[] arguments) throws IOException {
        LogLevel.install();
        Map<String, String> conf = settings();
        Path connection = Path.of(required("TROUPE_CONNECTION_FILE"));
        Observers observers = Observers.start(conf);
        Attachments attachments = new Attachments();
        CompletableFuture<JobRunner> runner =
                CompletableFuture.supplyAsync(
                        () -> ExecutorStart.start(conf, attachments, observers.listener()),
                        Main::thread);
        Application application =
                new Application(runner, new FileSources(), observers.telemetry(), attachments);
        String secret = ConnectionFile.newSecret();
        PythonGateway gateway = PythonGateway.start(new Requests(application), secret);
        DataChannel channel = DataChannel.start(secret, application);
        ConnectionFile.write(connection, gateway.port(), secret, channel.port());
        waitForEndOfInput();
        exit(runner, observers);
    }

    private static void thread(Runnable task) {
        Thread.ofPlatform().daemon().name("executors-start").start(task);
    }

    private static String required(String variable) {
        String value = System.getenv(variable);
        if (value == null) {
            throw new IllegalStateException(
                    variable
                            + " is not set: this program is started by the Python client, not by hand. Use `troupe run script.py`.");
        }
        return value;
    }

    private static Map<String, String> settings() throws IOException {
        Map<String, String> conf = new LinkedHashMap<>();
        String file = System.getenv("TROUPE_CONF_FILE");
        if (file != null) {
            Json.parseObject(Files.readString(Path.of(file)))
                    .forEach((key, value) -> conf.put(key, String.valueOf(value)));
        }
        return conf;
    }

    private static void waitForEndOfInput() throws IOException {
        byte[] ignored = new byte[256];
        while (System.in.read(ignored) >= 0) {
            // Nothing is said on stdin: its end is the message.
        }
    }

    /// The client is gone: nobody waits for an orderly end, but what is on disk has to go. A
    /// clean-up that hangs does not keep the process.
    private static void exit(CompletableFuture<JobRunner> runner, Observers observers) {
        Thread.ofPlatform()
                .daemon()
                .start(() -> {
                    try {
                        Thread.sleep(5_000);
                    } catch (InterruptedException _) {
                        Thread.currentThread().interrupt();
                    }
                    Runtime.getRuntime().halt(0);
                });
        if (runner.isDone() && !runner.isCompletedExceptionally()) {
            runner.join().close();
        }
        observers.close();
        System.exit(0);
    }
}
