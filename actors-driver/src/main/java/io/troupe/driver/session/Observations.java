package io.troupe.driver.session;

import io.troupe.columnar.operator.QuerySettings;
import io.troupe.columnar.pipeline.ObservedMetrics;
import io.troupe.driver.job.JobHandle;
import io.troupe.planner.error.TroupeException;
import io.troupe.planner.expression.Attribute;
import io.troupe.planner.expression.Named;
import io.troupe.planner.logical.LocalData;
import io.troupe.planner.logical.LocalTable;
import io.troupe.planner.logical.LogicalPlan;
import io.troupe.planner.physical.PhysicalPlan;
import io.troupe.planner.physical.PhysicalPlans;
import io.troupe.planner.physical.PhysicalQuery;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// The metrics that a session's queries observed, by the observation's name: those of the last
/// query that ended. Thread-safe.
final class Observations {
    private final Map<String, LogicalPlan> values = new HashMap<>();
    private final Map<String, Integer> running = new HashMap<>();

    /// What one query observes, from its start on.
    final class Watch {
        private final List<PhysicalPlan.CollectMetrics> metrics;
        private final QuerySettings settings;
        private boolean ended;

        private Watch(List<PhysicalPlan.CollectMetrics> metrics, QuerySettings settings) {
            this.metrics = metrics;
            this.settings = settings;
        }

        /// All rows of the query were read.
        void finished(JobHandle job) {
            for (PhysicalPlan.CollectMetrics observed : metrics) {
                List<Object> found =
                        ObservedMetrics.values(observed, job.observed(observed.name()), settings);
                List<Attribute> columns = observed.metrics().stream().map(Named::output).toList();
                put(observed.name(), new LocalData(columns, new LocalTable.Rows(List.of(found))));
            }
            ended();
        }

        /// Nothing more is told of it.
        void ended() {
            if (!ended) {
                ended = true;
                metrics.forEach(observed -> leave(observed.name()));
            }
        }
    }

    /// Begins to wait for what a query observes.
    Watch watch(PhysicalQuery query, QuerySettings settings) {
        List<PhysicalPlan.CollectMetrics> found = new ArrayList<>();
        find(query.root(), found);
        query.shared().forEach(shared -> find(shared, found));
        synchronized (this) {
            found.forEach(observed -> running.merge(observed.name(), 1, Integer::sum));
        }
        return new Watch(found, settings);
    }

    private static void find(PhysicalPlan root, List<PhysicalPlan.CollectMetrics> found) {
        PhysicalPlans.forEach(
                root,
                node -> {
                    if (node instanceof PhysicalPlan.CollectMetrics observed) {
                        found.add(observed);
                    }
                });
    }

    private synchronized void put(String name, LogicalPlan row) {
        values.put(name, row);
        notifyAll();
    }

    private synchronized void leave(String name) {
        running.computeIfPresent(name, (ignored, count) -> count == 1 ? null : count - 1);
        notifyAll();
    }

    /// The metrics as one row; waits for the query that computes them.
    ///
    /// @throws TroupeException when no query did or does
    synchronized LogicalPlan await(String name) {
        try {
            while (!values.containsKey(name)) {
                if (!running.containsKey(name)) {
                    throw new TroupeException(
                            TroupeException.Kind.IllegalArgumentException,
                            "OBSERVATION_NOT_COMPUTED",
                            null,
                            "No action has computed the observation "
                                    + name
                                    + " yet. Run one, such as count() or a write, on the observed DataFrame before you read its metrics.",
                            Map.of("name", name));
                }
                wait();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while waiting for " + name, e);
        }
        return values.get(name);
    }
}
