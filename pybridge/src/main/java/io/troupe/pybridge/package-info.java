/// The JVM's side of everything Python: the gateway that a client drives, and the child processes
/// that run users' functions.
package io.troupe.pybridge;
