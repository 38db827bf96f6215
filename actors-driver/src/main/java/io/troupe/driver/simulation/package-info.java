/// A cluster played on one thread: the real decision classes under virtual time, with simulated
/// executors, network and faults, all drawn from one seed. May use the decision classes; nothing of
/// the product uses it.
package io.troupe.driver.simulation;
