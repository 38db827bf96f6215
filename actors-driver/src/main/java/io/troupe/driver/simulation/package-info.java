/// A cluster played on one thread: the real decision classes under virtual time, with simulated
/// nodes, executors, network and faults, all drawn from one seed. May use the decision classes and
/// read event logs; nothing of the product uses it but the command `troupe simulate`.
///
/// A test of one's own plays [Simulation#run] over seeds with [SimulationSettings], or many at once
/// with [Campaign]; [Shrinker] makes a failing run small and [Simulation#explain] tells its steps.
package io.troupe.driver.simulation;
