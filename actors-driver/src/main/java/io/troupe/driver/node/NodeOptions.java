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
/// @param patience how long it waits for a seed
public record NodeOptions(
        Endpoint at,
        Seeds seeds,
        int cores,
        long memory,
        List<Path> scratch,
        String python,
        Duration patience) {
    /// How it is called: host and port.
    public String address() {
        return at.host() + ":" + at.port();
    }
}
