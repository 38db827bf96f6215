/// Identities, wire messages and failures: the vocabulary that driver, nodes and executors speak.
/// Plain immutable records; no behaviour, no I/O. Everything here may be used by all other packages
/// of the actor rooms.
package io.troupe.cluster.protocol;
