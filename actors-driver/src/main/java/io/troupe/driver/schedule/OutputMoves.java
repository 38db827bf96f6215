package io.troupe.driver.schedule;

import io.troupe.cluster.protocol.ExecutorAddress;
import io.troupe.cluster.protocol.ExecutorId;
import io.troupe.cluster.protocol.QueryId;
import io.troupe.cluster.protocol.TaskAttemptId;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Copies of outputs that executors are to make from one another: a bounded number at a time, each
/// tried a bounded number of times. A copy that does not succeed costs safety or a recomputation,
/// never an answer.
final class OutputMoves {
    private static final int AT_ONCE_PER_TARGET = 4;
    private static final int MAX_TRIES = 3;
    private static final long ANSWER_MILLIS = 10_000;

    private final Fleet fleet;
    private final Deque<Move> waiting = new ArrayDeque<>();
    private final Map<TaskAttemptId, Move> asked = new LinkedHashMap<>();

    /// What waits or was asked for.
    private final Set<TaskAttemptId> pending = new HashSet<>();

    private final Map<ExecutorId, Integer> load = new HashMap<>();

    private static final class Move {
        private final DagAction.CopyOutput order;
        private ExecutorId target;
        private long since;
        private int tries;

        Move(DagAction.CopyOutput order) {
            this.order = order;
        }
    }

    OutputMoves(Fleet fleet) {
        this.fleet = fleet;
    }

    /// An output is to be copied to whichever executor is the least busy with copies.
    void submit(DagAction.CopyOutput order) {
        if (pending.add(order.task())) {
            waiting.add(new Move(order));
        }
    }

    /// An executor has made a copy, or could not.
    ///
    /// @return whether this copy was awaited and is there
    boolean answered(TaskAttemptId task, ExecutorId executor, boolean made) {
        Move move = asked.get(task);
        if (move == null || !executor.equals(move.target)) {
            return made && fleet.get(executor) != null;
        }
        take(move);
        if (made) {
            pending.remove(task);
        } else {
            waiting.add(move);
        }
        return made;
    }

    private void take(Move move) {
        asked.remove(move.order.task());
        load.merge(move.target, -1, Integer::sum);
    }

    private boolean forget(Move move) {
        return pending.remove(move.order.task());
    }

    boolean isEmpty() {
        return pending.isEmpty();
    }

    /// Whether copies from an executor are still to be made.
    boolean anyFrom(ExecutorId source) {
        return waiting.stream().anyMatch(m -> isFrom(m, source))
                || asked.values().stream().anyMatch(m -> isFrom(m, source));
    }

    private static boolean isFrom(Move move, ExecutorId source) {
        return move.order.from().executor().equals(source);
    }

    /// An executor is gone, as a source or as a target.
    void lost(ExecutorId executor) {
        waiting.removeIf(move -> isFrom(move, executor) && forget(move));
        for (Move move : List.copyOf(asked.values())) {
            if (isFrom(move, executor)) {
                take(move);
                forget(move);
            } else if (executor.equals(move.target)) {
                take(move);
                waiting.add(move);
            }
        }
        load.remove(executor);
    }

    void drop(QueryId query) {
        waiting.removeIf(move -> of(move, query) && forget(move));
        for (Move move : List.copyOf(asked.values())) {
            if (of(move, query)) {
                take(move);
                forget(move);
            }
        }
    }

    private static boolean of(Move move, QueryId query) {
        return move.order.task().stage().stage().query().equals(query);
    }

    /// What is to be asked for now.
    List<TaskAction.Copy> next(long now) {
        List<TaskAction.Copy> actions = new ArrayList<>();
        Iterator<Move> each = waiting.iterator();
        while (each.hasNext()) {
            Move move = each.next();
            if (move.tries >= MAX_TRIES || !hasTarget(move.order.from())) {
                each.remove();
                forget(move);
                continue;
            }
            ExecutorId target = target(move.order.from());
            if (target == null) {
                break;
            }
            each.remove();
            move.target = target;
            move.since = now;
            move.tries++;
            load.merge(target, 1, Integer::sum);
            asked.put(move.order.task(), move);
            actions.add(copy(move));
        }
        return actions;
    }

    /// Asks again where no answer came; at last the copy is given up.
    List<TaskAction.Copy> tick(long now) {
        for (Move move : List.copyOf(asked.values())) {
            if (now - move.since >= ANSWER_MILLIS) {
                take(move);
                waiting.add(move);
            }
        }
        return next(now);
    }

    private boolean hasTarget(ExecutorAddress source) {
        return fleet.usable() > (fleet.isUsable(source.executor()) ? 1 : 0);
    }

    private ExecutorId target(ExecutorAddress source) {
        ExecutorId best = null;
        int least = AT_ONCE_PER_TARGET;
        for (ExecutorSlots slots : fleet.all()) {
            ExecutorId id = slots.info.id();
            int busy = load.getOrDefault(id, 0);
            if (slots.isUsable() && !id.equals(source.executor()) && busy < least) {
                best = id;
                least = busy;
            }
        }
        return best;
    }

    private static TaskAction.Copy copy(Move move) {
        DagAction.CopyOutput o = move.order;
        return new TaskAction.Copy(move.target, o.task(), o.partitions(), o.from());
    }
}
