package io.troupe.planner.optimizer.rule;

import io.troupe.planner.estimate.Estimate;
import io.troupe.planner.estimate.Estimator;
import io.troupe.planner.expression.Attribute;
import io.troupe.planner.expression.Expression;
import io.troupe.planner.expression.Expressions;
import io.troupe.planner.logical.Join;
import io.troupe.planner.logical.JoinKind;
import io.troupe.planner.logical.LogicalPlan;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// The search for one inner-join group. Sets of inputs are bit masks.
final class JoinOrder {
    static final int MOST_INPUTS = Long.SIZE - 1;
    static final int EXHAUSTIVE = 10;

    /// A row that goes into a hash table costs about this many times one that probes it.
    private static final double BUILD_WEIGHT = 2;

    /// Joins without a connecting condition only as a last resort.
    private static final double CROSS_PENALTY = 100;

    private record Candidate(LogicalPlan plan, Estimate estimate, double cost) {}

    private final List<LogicalPlan> inputs;
    private final List<Expression> conditions;
    private final EqualityClasses classes;
    private final long[] reads;
    private final Estimator estimator;

    JoinOrder(List<LogicalPlan> inputs, List<Expression> all, Estimator estimator) {
        this.inputs = inputs;
        this.classes = EqualityClasses.of(inputs, all);
        this.conditions = classes.rest();
        this.estimator = estimator;
        this.reads = new long[conditions.size()];
        for (int c = 0; c < conditions.size(); c++) {
            Set<Attribute> read = Expressions.references(conditions.get(c));
            for (int i = 0; i < inputs.size(); i++) {
                if (inputs.get(i).output().stream().anyMatch(read::contains)) {
                    reads[c] |= 1L << i;
                }
            }
        }
    }

    LogicalPlan best() {
        return inputs.size() <= EXHAUSTIVE ? exhaustive() : greedy();
    }

    private Candidate single(int input) {
        LogicalPlan plan = inputs.get(input);
        return new Candidate(plan, estimator.estimate(plan), 0);
    }

    private LogicalPlan exhaustive() {
        int n = inputs.size();
        Candidate[] best = new Candidate[1 << n];
        for (int i = 0; i < n; i++) {
            best[1 << i] = single(i);
        }
        for (int set = 1; set < 1 << n; set++) {
            if (Integer.bitCount(set) < 2) {
                continue;
            }
            for (int part = (set - 1) & set; part > 0; part = (part - 1) & set) {
                int other = set ^ part;
                if (part < other) {
                    continue;
                }
                Candidate candidate = join(part, other, best[part], best[other]);
                if (best[set] == null || candidate.cost() < best[set].cost()) {
                    best[set] = candidate;
                }
            }
        }
        return best[(1 << n) - 1].plan();
    }

    private LogicalPlan greedy() {
        Map<Long, Candidate> open = new HashMap<>();
        for (int i = 0; i < inputs.size(); i++) {
            open.put(1L << i, single(i));
        }
        while (open.size() > 1) {
            long bestLeft = 0;
            long bestRight = 0;
            Candidate best = null;
            for (long left : open.keySet()) {
                for (long right : open.keySet()) {
                    if (left < right) {
                        Candidate candidate = join(left, right, open.get(left), open.get(right));
                        if (best == null
                                || step(candidate, open, left, right)
                                        < step(best, open, bestLeft, bestRight)) {
                            best = candidate;
                            bestLeft = left;
                            bestRight = right;
                        }
                    }
                }
            }
            open.remove(bestLeft);
            open.remove(bestRight);
            open.put(bestLeft | bestRight, best);
        }
        return open.values().iterator().next().plan();
    }

    /// What joining the two adds to the cost.
    private static double step(
            Candidate candidate, Map<Long, Candidate> open, long left, long right) {
        return candidate.cost() - open.get(left).cost() - open.get(right).cost();
    }

    private Candidate join(long leftSet, long rightSet, Candidate left, Candidate right) {
        List<Expression> connecting = classes.between(leftSet, rightSet);
        boolean connected = !connecting.isEmpty();
        for (int c = 0; c < reads.length; c++) {
            long read = reads[c];
            boolean inside = (read & ~(leftSet | rightSet)) == 0;
            boolean before = (read & ~leftSet) == 0 || (read & ~rightSet) == 0;
            if (inside && !before) {
                connecting.add(conditions.get(c));
                connected = true;
            } else if (read == 0 && Long.bitCount(leftSet | rightSet) == inputs.size()) {
                connecting.add(conditions.get(c));
            } else if (inside
                    && before
                    && Long.bitCount(read) == 1
                    && needsPlace(read, leftSet, rightSet)) {
                connecting.add(conditions.get(c));
            }
        }
        Expression condition = Expressions.conjunction(connecting);
        Estimate estimate = Estimator.innerJoin(left.estimate(), right.estimate(), condition);
        double build = Math.min(left.estimate().rows(), right.estimate().rows());
        double probe = Math.max(left.estimate().rows(), right.estimate().rows());
        double work = estimate.rows() + build * BUILD_WEIGHT + probe * 0.5;
        if (!connected) {
            work = Math.max(work, left.estimate().rows() * right.estimate().rows()) * CROSS_PENALTY;
        }
        boolean swap = left.estimate().rows() < right.estimate().rows();
        LogicalPlan plan =
                new Join(
                        swap ? right.plan() : left.plan(),
                        swap ? left.plan() : right.plan(),
                        JoinKind.INNER,
                        condition);
        return new Candidate(plan, estimate, left.cost() + right.cost() + work);
    }

    /// A condition over one input that was not pushed into it is applied at that input's first
    /// join.
    private static boolean needsPlace(long read, long leftSet, long rightSet) {
        return read == leftSet || read == rightSet;
    }
}
