package io.troupe.driver.node;

import io.troupe.executor.task.Engine;
import io.troupe.executor.task.ExecutorServices;
import io.troupe.executor.task.Held;
import io.troupe.executor.task.PythonWorkers;
import io.troupe.pybridge.worker.AttachmentSource;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/// What a node runs tasks with, and what runs on it.
///
/// @param engine the columnar engine
/// @param python makes the Python side of one executor, from where its application's files are
///   found: applications do not share processes, as each numbers its functions and chooses its
///   modules
/// @param hosted the executors that are there
public record NodeEngine(
        Engine engine,
        Function<AttachmentSource, PythonWorkers> python,
        Set<ExecutorServices> hosted) {
    /// A node without executors.
    public NodeEngine(Engine engine, Function<AttachmentSource, PythonWorkers> python) {
        this(engine, python, ConcurrentHashMap.newKeySet());
    }

    /// What all executors hold now.
    public Held held() {
        return hosted.stream().map(ExecutorServices::held).reduce(Held.NOTHING, Held::plus);
    }
}
