/// Running of tasks: what a task sees of the world, how its output is kept, how its failure is
/// told. Knows no actors.
package io.troupe.executor.task;
