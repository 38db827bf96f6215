package io.troupe.driver.node;

import io.troupe.driver.job.ToyEngine;
import io.troupe.executor.task.PythonWorkers;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;

/// A node process with the toy engine.
public final class TestNodeMain {
    private TestNodeMain() {}

    public static void main(String[] args) throws Exception {
        NodeOptions options = NodeSettings.options(java.util.Map.of(), args);
        try {
            NodeProcess node =
                    NodeProcess.start(
                            options,
                            new NodeEngine(new ToyEngine(), files -> PythonWorkers.none()));
            System.out.println("ready");
            Thread.ofVirtual().start(() -> leaveWhenTold(node));
            node.awaitEnd();
            System.out.println("ended");
            System.exit(0);
        } catch (NodeStartException e) {
            System.out.println("failed: " + e.getMessage());
            System.exit(1);
        }
    }

    private static void leaveWhenTold(NodeProcess node) {
        try {
            if (System.in.read() == 'l') {
                node.leave(Duration.ofSeconds(60));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
