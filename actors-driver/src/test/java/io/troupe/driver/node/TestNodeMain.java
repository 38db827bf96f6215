package io.troupe.driver.node;

import io.troupe.driver.job.ToyEngine;
import io.troupe.executor.task.PythonWorkers;

/// A node process with the toy engine.
public final class TestNodeMain {
    private TestNodeMain() {}

    public static void main(String[] args) throws Exception {
        NodeOptions options = NodeSettings.options(java.util.Map.of(), args);
        try {
            NodeProcess node =
                    NodeProcess.start(
                            options, new NodeEngine(new ToyEngine(), PythonWorkers::none));
            System.out.println("ready");
            node.awaitEnd();
            System.out.println("ended");
            System.exit(0);
        } catch (NodeStartException e) {
            System.out.println("failed: " + e.getMessage());
            System.exit(1);
        }
    }
}
