/// From a stage's physical plan to the chain of running operators of one task. Uses the operators,
/// the expression compiler, sources and sinks; the executor uses it.
package io.troupe.columnar.pipeline;
