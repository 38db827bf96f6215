package io.troupe.pybridge.worker;

import java.util.function.Consumer;

/// Brings workers to life: forked from a warm template where that is safe, else started one by one.
/// A template that has died is replaced at the next wish.
final class WorkerSource implements AutoCloseable {
    private static final boolean CAN_FORK =
            System.getProperty("os.name", "").equalsIgnoreCase("linux");

    private final WorkerCommand command;
    private final Consumer<String> log;
    private TemplateProcess template;
    private boolean forks = CAN_FORK;

    WorkerSource(WorkerCommand command, Consumer<String> log) {
        this.command = command;
        this.log = log;
    }

    /// A new worker process.
    ///
    /// @throws WorkerDiedException when none can be started
    WorkerProcess start(boolean pandas) {
        TemplateProcess warm = template();
        if (warm != null) {
            WorkerProcess forked = warm.fork(pandas);
            if (forked != null) {
                return forked;
            }
            forkNoMore();
        }
        return SpawnedProcess.start(command);
    }

    private synchronized TemplateProcess template() {
        if (forks && (template == null || !template.isUsable())) {
            if (template != null) {
                template.close();
            }
            template = TemplateProcess.start(command, log);
        }
        return forks ? template : null;
    }

    /// The template stays for the workers that it has; they need a parent that tells their end.
    private synchronized void forkNoMore() {
        forks = false;
    }

    @Override
    public synchronized void close() {
        if (template != null) {
            template.close();
        }
    }
}
