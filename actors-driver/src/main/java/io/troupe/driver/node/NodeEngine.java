package io.troupe.driver.node;

import io.troupe.executor.task.Engine;
import io.troupe.executor.task.PythonWorkers;
import java.util.function.Supplier;

/// What a node runs tasks with.
///
/// @param engine the columnar engine
/// @param python makes the Python side of one executor: applications do not share processes, as
///   each numbers its functions and chooses its modules
public record NodeEngine(Engine engine, Supplier<PythonWorkers> python) {}
