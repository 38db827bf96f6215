package io.troupe.driver.node;

import io.troupe.cluster.node.Seeds;
import java.nio.file.Path;
import java.time.Duration;

/// How a node was started.
///
/// @param host address that others reach it by, and that it listens on
/// @param port port of its actors
/// @param seeds nodes to join by; its own address if it founds the cluster
/// @param cores task slots that it offers
/// @param memory bytes that its executors may use for batches and blocks
/// @param scratch folder in which folders for spilled data are made
/// @param python version of its Python ("3.12"); empty if it has none
/// @param patience how long it waits for a seed
public record NodeOptions(
        String host,
        int port,
        Seeds seeds,
        int cores,
        long memory,
        Path scratch,
        String python,
        Duration patience) {}
