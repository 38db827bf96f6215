/// The process that `troupe node` starts: joins a cluster and hosts executors of the applications
/// that ask for them.
package io.troupe.driver.node;
