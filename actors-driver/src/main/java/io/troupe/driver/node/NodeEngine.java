package io.troupe.driver.node;

import io.troupe.executor.task.Engine;
import io.troupe.executor.task.PythonWorkers;
import io.troupe.pybridge.worker.AttachmentSource;
import java.util.function.Function;

/// What a node runs tasks with.
///
/// @param engine the columnar engine
/// @param python makes the Python side of one executor, from where its application's files are
///   found: applications do not share processes, as each numbers its functions and chooses its
///   modules
public record NodeEngine(Engine engine, Function<AttachmentSource, PythonWorkers> python) {}
