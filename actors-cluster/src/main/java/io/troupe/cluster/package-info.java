/// What every process of a cluster shares: message protocol, serialisation, data plane and node
/// start-up. May use `planner` (plans travel in messages); is used by executors and the driver.
package io.troupe.cluster;
