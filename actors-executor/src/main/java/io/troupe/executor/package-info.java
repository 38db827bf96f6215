/// The executor: one application's task slots, blocks and Python workers on one node. May use the
/// columnar engine, the Python bridge and the cluster's protocol; only the driver room uses it.
package io.troupe.executor;
