package io.troupe.driver.node;

import io.troupe.executor.task.Engine;
import io.troupe.executor.task.PythonWorkers;

/// What a node runs tasks with.
///
/// @param engine the columnar engine
/// @param python opens Python workers
public record NodeEngine(Engine engine, PythonWorkers python) {}
