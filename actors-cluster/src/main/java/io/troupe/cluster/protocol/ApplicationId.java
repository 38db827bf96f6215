package io.troupe.cluster.protocol;

/// Identity of one application (one driver process) in a cluster.
///
/// @param value text that is unique over all drivers, for instance `app-1764000000000-4711`
public record ApplicationId(String value) {}
