/// Resolved expressions: every column is an [Attribute] with an id, every function is known and
/// typed. Uses types only. Kernels compile these; the optimizer rewrites them.
package io.troupe.planner.expression;
