/// Kryo serialisation of wire messages and plans. The accepted classes are derived from the sealed
/// hierarchies of the protocol and the planner, never listed by hand; everything else is refused,
/// in both directions.
package io.troupe.cluster.serialization;
