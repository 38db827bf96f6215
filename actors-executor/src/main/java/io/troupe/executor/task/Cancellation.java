package io.troupe.executor.task;

import java.util.ArrayList;
import java.util.List;

/// Tells a running task to stop. The task asks now and then; what blocks registers a hook that
/// unblocks it.
public final class Cancellation {
    /// Written once by the canceller, read by the task's thread; volatile orders them.
    private volatile String reason;

    private final List<Runnable> hooks = new ArrayList<>();

    /// Stops the task; idempotent. Hooks run on the calling thread.
    public void cancel(String why) {
        List<Runnable> toRun;
        synchronized (hooks) {
            if (reason != null) {
                return;
            }
            reason = why;
            toRun = List.copyOf(hooks);
        }
        toRun.forEach(Runnable::run);
    }

    /// Registers what unblocks the task; runs at once if it is cancelled already.
    public void onCancel(Runnable hook) {
        synchronized (hooks) {
            if (reason == null) {
                hooks.add(hook);
                return;
            }
        }
        hook.run();
    }

    /// The reason, or null while the task may go on.
    public String reason() {
        return reason;
    }

    /// Throws if the task was cancelled.
    public void check() {
        String why = reason;
        if (why != null) {
            throw new CancelledException(why);
        }
    }
}
