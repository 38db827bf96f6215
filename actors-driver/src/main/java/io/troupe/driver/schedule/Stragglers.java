package io.troupe.driver.schedule;

/// Finds tasks that take much longer than others of their stage.
final class Stragglers {
    private final SchedulingPolicy.Speculation policy;

    Stragglers(SchedulingPolicy.Speculation policy) {
        this.policy = policy;
    }

    boolean isEnabled() {
        return policy.enabled();
    }

    /// Queues a second copy of each slow task of the set.
    ///
    /// @return how many
    int copySlow(TaskSet set, long now) {
        if (set.endedCount() < Math.max(1, policy.quantile() * set.size())) {
            return 0;
        }
        double limit = Math.max(policy.minMillis(), policy.multiplier() * set.durations.median());
        int copies = 0;
        for (TaskSet.Running task : set.running()) {
            boolean alone = set.running(task.task().partition()).size() == 1;
            if (alone && now - task.since() > limit && !set.hasEnded(task.task().partition())) {
                set.copy(task);
                copies++;
            }
        }
        return copies;
    }
}
