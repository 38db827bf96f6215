/// How the processes of a cluster know each other, and that nobody else is let in: keys, and the
/// rule that what listens beyond this machine asks for them. Used by the data plane and by the
/// actor system's configuration; uses neither.
package io.troupe.cluster.security;
