package io.troupe.driver.session;

import io.troupe.planner.expression.Attribute;
import io.troupe.planner.expression.AttributeIds;
import io.troupe.planner.logical.CachedData;
import io.troupe.planner.logical.LogicalPlan;
import io.troupe.planner.logical.Plans;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;

/// The plans that a session keeps, and their use wherever the same plan occurs within another.
/// Thread-safe.
final class CachedPlans {
    /// A kept plan under the number by which executors know it.
    record Entry(long id, LogicalPlan plan, String level) {}

    private final AttributeIds ids;
    private final List<Entry> entries = new CopyOnWriteArrayList<>();

    CachedPlans(AttributeIds ids) {
        this.ids = ids;
    }

    List<Entry> all() {
        return List.copyOf(entries);
    }

    Entry find(LogicalPlan plan) {
        for (Entry entry : entries) {
            if (entry.plan().equals(plan)) {
                return entry;
            }
        }
        return null;
    }

    synchronized void add(LogicalPlan plan, String level) {
        if (find(plan) == null) {
            entries.add(new Entry(ids.next(), plan, level));
        }
    }

    /// Forgets the plan; gives its entry, or null when it was not kept.
    synchronized Entry remove(LogicalPlan plan) {
        Entry entry = find(plan);
        if (entry != null) {
            entries.remove(entry);
        }
        return entry;
    }

    /// The plan with kept parts read from the stores.
    LogicalPlan use(LogicalPlan plan) {
        return entries.isEmpty() ? plan : replace(plan, null);
    }

    /// What computes an entry, which may read other entries but not itself.
    LogicalPlan inner(Entry entry) {
        return replace(entry.plan(), entry);
    }

    private LogicalPlan replace(LogicalPlan plan, Entry except) {
        Entry entry = find(plan);
        if (entry != null && entry != except) {
            List<Attribute> output = plan.output();
            return new CachedData(entry.id(), plan, output);
        }
        return Plans.mapChildren(plan, child -> replace(child, except));
    }

    /// The entries that the plan reads, inner ones first.
    Set<Entry> usedBy(LogicalPlan plan) {
        Set<Entry> used = new LinkedHashSet<>();
        if (!entries.isEmpty()) {
            collect(plan, used);
        }
        return used;
    }

    private void collect(LogicalPlan plan, Set<Entry> used) {
        Entry entry = find(plan);
        List<LogicalPlan> children = new ArrayList<>(plan.children());
        children.forEach(child -> collect(child, used));
        if (entry != null) {
            used.add(entry);
        }
    }
}
