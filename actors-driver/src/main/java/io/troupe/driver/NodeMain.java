package io.troupe.driver;

import io.troupe.console.Console;
import io.troupe.console.Health;
import io.troupe.console.http.WebServer;
import io.troupe.console.metrics.Metrics;
import io.troupe.driver.logging.LogLevel;
import io.troupe.driver.node.NodeEngine;
import io.troupe.driver.node.NodeOptions;
import io.troupe.driver.node.NodeProcess;
import io.troupe.driver.node.NodeSettings;
import io.troupe.driver.node.NodeStartException;
import io.troupe.executor.task.ColumnarEngine;
import io.troupe.planner.json.Json;
import io.troupe.pybridge.worker.WorkerCommand;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;

/// A node of a cluster, started by `troupe node`. Reads its settings as JSON from the variable
/// `TROUPE_NODE_CONF`, and from arguments of the form `--host=…`, which win. Lives until it is told
/// to end.
public final class NodeMain {
    private NodeMain() {}

    public static void main(String[] arguments) throws InterruptedException {
        LogLevel.install();
        NodeOptions options;
        Map<String, String> settings = settings();
        settings.computeIfAbsent(
                "troupe.node.python",
                name -> pythonVersion(ExecutorStart.workerCommand(settings, 1).interpreter()));
        try {
            options = NodeSettings.options(settings, arguments);
        } catch (IllegalArgumentException | IOException e) {
            System.err.println("troupe node: " + e.getMessage());
            System.exit(2);
            return;
        }
        WorkerCommand command = ExecutorStart.workerCommand(settings, options.cores());
        NodeEngine engine =
                new NodeEngine(new ColumnarEngine(), files -> PooledWorkers.of(command, files));
        try {
            serve(options, engine);
        } catch (NodeStartException e) {
            System.err.println("troupe node: " + e.getMessage());
            System.exit(1);
        }
    }

    /// Is a member until the process is asked to end. A node that its cluster took for dead,
    /// because it stood still or could not be reached, joins again as a new member.
    private static void serve(NodeOptions options, NodeEngine engine)
            throws NodeStartException, InterruptedException {
        AtomicReference<NodeProcess> current = new AtomicReference<>();
        Thread leaving =
                new Thread(
                        () -> {
                            NodeProcess node = current.get();
                            if (node != null) {
                                node.leave(options.waits().handOver());
                            }
                        },
                        "leave-cluster");
        Runtime.getRuntime().addShutdownHook(leaving);
        Thread.ofPlatform()
                .daemon()
                .name("console-start")
                .start(() -> listen(options, engine, current::get));
        while (true) {
            current.set(NodeProcess.start(options, engine));
            announce(options);
            if (current.get().awaitEnd()) {
                return;
            }
            System.err.println(
                    "troupe node: the cluster took this node for dead; it joins again as a new member");
        }
    }

    /// Offers metrics, health and readiness. What it cannot do stops no node.
    private static void listen(NodeOptions options, NodeEngine engine, Supplier<NodeProcess> node) {
        if (options.uiPort() < 0) {
            return;
        }
        NodeMetrics metrics =
                new NodeMetrics(options.cores(), options.memory(), node, engine::held);
        try {
            WebServer server =
                    WebServer.start(
                            options.at().host(),
                            options.uiPort(),
                            Console.PORTS,
                            List.of(new Metrics(metrics), new Health(metrics::isUp)));
            System.out.println("Troupe node's metrics: " + server.url("/metrics"));
        } catch (IOException e) {
            System.err.println(
                    "troupe node: no metrics: " + e.getMessage() + "; choose another --ui-port");
        }
    }

    private static void announce(NodeOptions options) {
        NodeMark.put(options);
        System.out.println(
                "Troupe node ready at "
                        + options.address()
                        + " with "
                        + options.cores()
                        + " slots"
                        + (options.python().isEmpty() ? "" : ", Python " + options.python())
                        + ", joined by "
                        + options.seeds());
        System.out.flush();
    }

    /// Major and minor version of the interpreter that workers run; empty, with a word about it, if
    /// there is none.
    private static String pythonVersion(String interpreter) {
        String program = "import sys; print('%d.%d' % sys.version_info[:2])";
        try {
            Process process =
                    new ProcessBuilder(interpreter, "-c", program)
                            .redirectError(ProcessBuilder.Redirect.DISCARD)
                            .start();
            process.getOutputStream().close();
            String version =
                    new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
                            .strip();
            if (process.waitFor() == 0 && !version.isEmpty()) {
                return version;
            }
            System.err.println(
                    "troupe node: "
                            + interpreter
                            + " is no working Python; Python functions will fail here");
        } catch (IOException e) {
            System.err.println(
                    "troupe node: no Python here ("
                            + e.getMessage()
                            + "); Python functions will fail here");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return "";
    }

    private static Map<String, String> settings() {
        Map<String, String> settings = new LinkedHashMap<>();
        String json = System.getenv("TROUPE_NODE_CONF");
        if (json != null) {
            Json.parseObject(json)
                    .forEach((key, value) -> settings.put(key, String.valueOf(value)));
        }
        return settings;
    }
}
