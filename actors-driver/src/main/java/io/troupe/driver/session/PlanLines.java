package io.troupe.driver.session;

import io.troupe.planner.logical.LogicalPlan;
import java.lang.ref.Reference;
import java.lang.ref.ReferenceQueue;
import java.lang.ref.WeakReference;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// The line of the user's script that made an analysed plan. A plan is told by its identity, as
/// equal plans come from different lines, and forgotten when nothing refers to it any more.
/// Thread-safe.
final class PlanLines {
    private final Map<Key, String> lines = new ConcurrentHashMap<>();
    private final ReferenceQueue<LogicalPlan> gone = new ReferenceQueue<>();

    private static final class Key extends WeakReference<LogicalPlan> {
        private final int hash;

        Key(LogicalPlan plan, ReferenceQueue<LogicalPlan> queue) {
            super(plan, queue);
            hash = System.identityHashCode(plan);
        }

        @Override
        public int hashCode() {
            return hash;
        }

        @Override
        public boolean equals(Object other) {
            return this == other
                    || other instanceof Key that && get() != null && get() == that.get();
        }
    }

    void put(LogicalPlan plan, String line) {
        for (Reference<?> old = gone.poll(); old != null; old = gone.poll()) {
            lines.remove(old);
        }
        if (line != null) {
            lines.put(new Key(plan, gone), line);
        }
    }

    /// The line, or null.
    String of(LogicalPlan plan) {
        return lines.get(new Key(plan, null));
    }
}
