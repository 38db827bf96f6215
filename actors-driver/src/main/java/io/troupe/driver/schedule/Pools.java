package io.troupe.driver.schedule;

import io.troupe.driver.schedule.SchedulingPolicy.Pool;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/// Stage attempts that have tasks to start, in the order in which they are offered slots. Pools
/// below their least share go first, then those with fewer running tasks for their weight; within a
/// pool earlier jobs, then earlier stages, or in a fair one those with fewer running tasks.
final class Pools {
    private static final Comparator<TaskSet> FIFO =
            Comparator.comparing((TaskSet set) -> set.job)
                    .thenComparing(set -> set.stage.stage())
                    .thenComparingInt(set -> set.stage.attempt());

    private static final Comparator<Filled> FAIR =
            Comparator.comparing((Filled f) -> f.running >= f.pool.minShare())
                    .thenComparingDouble(Filled::load)
                    .thenComparing(f -> f.pool.name());

    private final boolean fair;
    private final Map<String, Filled> pools = new HashMap<>();
    private final List<Filled> withWaiting = new ArrayList<>();

    /// A pool with what it contains now.
    private static final class Filled {
        private final Pool pool;
        private final TreeSet<TaskSet> waiting = new TreeSet<>(FIFO);
        private int running;

        Filled(Pool pool) {
            this.pool = pool;
        }

        double load() {
            return running < pool.minShare()
                    ? (double) running / pool.minShare()
                    : (double) running / pool.weight();
        }

        /// The sets to offer a slot to, in order.
        Iterable<TaskSet> sets() {
            if (!pool.fair()) {
                return waiting;
            }
            List<TaskSet> sorted = new ArrayList<>(waiting);
            sorted.sort(Comparator.comparingInt(TaskSet::runningCount).thenComparing(FIFO));
            return sorted;
        }
    }

    /// @param fair whether jobs' pools matter
    Pools(boolean fair, List<Pool> setUp) {
        this.fair = fair;
        setUp.forEach(pool -> pools.put(pool.name(), new Filled(pool)));
    }

    private Filled of(TaskSet set) {
        String name = fair ? set.pool : Pool.DEFAULT;
        return pools.computeIfAbsent(
                name, n -> new Filled(fair ? Pool.named(n) : new Pool(n, false, 1, 0)));
    }

    /// A set has tasks to start, or has none any more.
    void update(TaskSet set) {
        Filled pool = of(set);
        boolean had = !pool.waiting.isEmpty();
        if (set.hasWaiting()) {
            pool.waiting.add(set);
        } else {
            pool.waiting.remove(set);
        }
        noteWaiting(pool, had);
    }

    /// A set is over.
    void remove(TaskSet set) {
        Filled pool = of(set);
        boolean had = !pool.waiting.isEmpty();
        pool.waiting.remove(set);
        noteWaiting(pool, had);
    }

    private void noteWaiting(Filled pool, boolean had) {
        boolean has = !pool.waiting.isEmpty();
        if (has && !had) {
            withWaiting.add(pool);
        } else if (had && !has) {
            withWaiting.remove(pool);
        }
    }

    /// A task of the set took a slot (1) or left it (-1).
    void running(TaskSet set, int change) {
        of(set).running += change;
    }

    boolean anyWaiting() {
        return !withWaiting.isEmpty();
    }

    /// The first attempt that somebody wants to run, or null.
    TaskSet.Choice choose(ExecutorSlots slots, Fleet fleet) {
        for (Filled pool : inOrder()) {
            for (TaskSet set : pool.sets()) {
                TaskSet.Choice choice = set.next(slots.info.id(), fleet);
                if (choice != null) {
                    return choice;
                }
            }
        }
        return null;
    }

    /// An attempt that may wait behind those that run, or null. It is of the set that would get the
    /// next free slot, so that nothing overtakes.
    TaskSet.Choice chooseAhead(ExecutorSlots slots, SchedulingPolicy.Ahead ahead) {
        TaskSet first = inOrder().getFirst().sets().iterator().next();
        return ahead.suits(first) ? first.nextAhead(slots.info.id()) : null;
    }

    private List<Filled> inOrder() {
        if (withWaiting.size() > 1) {
            withWaiting.sort(FAIR);
        }
        return withWaiting;
    }
}
