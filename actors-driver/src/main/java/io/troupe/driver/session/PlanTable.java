package io.troupe.driver.session;

import io.troupe.planner.logical.LogicalPlan;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/// The analysed plans that a client holds, by id. Ids are unique within the application.
/// Thread-safe.
final class PlanTable {
    private final Map<Long, LogicalPlan> plans = new ConcurrentHashMap<>();
    private final AtomicLong ids = new AtomicLong();

    long add(LogicalPlan plan) {
        long id = ids.incrementAndGet();
        plans.put(id, plan);
        return id;
    }

    LogicalPlan get(long id) {
        LogicalPlan plan = plans.get(id);
        if (plan == null) {
            throw new IllegalArgumentException(
                    "There is no plan "
                            + id
                            + ": its DataFrame was released, or its session has ended.");
        }
        return plan;
    }

    void release(long id) {
        plans.remove(id);
    }
}
