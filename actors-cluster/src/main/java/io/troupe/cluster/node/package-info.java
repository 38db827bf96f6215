/// How a process becomes an actor system, alone or as a member of a cluster: configuration, seeds,
/// the check on joining.
package io.troupe.cluster.node;
