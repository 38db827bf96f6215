/// The schedulers: decision classes that take facts and return actions, and the actors that feed
/// and obey them. A decision class has no clock, no threads and no actors, so that it can be
/// simulated.
package io.troupe.driver.schedule;
