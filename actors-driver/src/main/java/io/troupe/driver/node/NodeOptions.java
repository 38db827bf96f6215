package io.troupe.driver.node;

import io.troupe.cluster.node.Seeds;
import io.troupe.cluster.security.Endpoint;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/// How a node was started.
///
/// @param at where it listens, and whom it lets in
/// @param seeds nodes to join by; its own address if it founds the cluster
/// @param cores task slots that it offers
/// @param memory bytes that its executors may use for batches and blocks
/// @param scratch folders in which folders for spilled data are made
/// @param python version of its Python ("3.12"); empty if it has none
/// @param uiPort the first port to try for metrics, 0 for any, -1 for none
/// @param waits how long it waits
public record NodeOptions(
        Endpoint at,
        Seeds seeds,
        int cores,
        long memory,
        List<Path> scratch,
        String python,
        int uiPort,
        Waits waits) {
    /// How long a node waits.
    ///
    /// @param seed for a seed to join by
    /// @param handOver for others to copy what its executors hold, when it is told to stop
    public record Waits(Duration seed, Duration handOver) {}

    /// How it is called: host and port.
    public String address() {
        return at.host() + ":" + at.port();
    }
}
