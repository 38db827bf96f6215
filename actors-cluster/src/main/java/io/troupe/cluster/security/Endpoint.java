package io.troupe.cluster.security;

/// Where a process listens, and whom it lets in.
///
/// @param host address that others reach it by, and that it listens on; empty to find it out
/// @param port port of its actors; 0 for any
/// @param security who may talk to it
public record Endpoint(String host, int port, ClusterSecurity security) {}
