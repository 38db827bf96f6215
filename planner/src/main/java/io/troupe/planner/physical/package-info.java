/// Physical plans: how to compute. One form serves one process and many: stages are cut from these
/// records and sent as they are.
package io.troupe.planner.physical;
