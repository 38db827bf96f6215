/// The registry of task outputs: where each lies, how large it is, what is lost. Plain state, no
/// actors, no clock.
package io.troupe.driver.shuffle;
