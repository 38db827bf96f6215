package io.troupe.cluster.transport;

/// One frame of an answer.
///
/// @param output index of the output within the request
/// @param partition partition of that output
/// @param content the frame's bytes, checked and owned by the receiver
public record DataFrame(int output, int partition, byte[] content) {}
