package io.troupe.driver.schedule;

import io.troupe.cluster.protocol.TaskAttemptId;
import java.util.List;
import java.util.Map;

/// Hands tasks to executors: free slots first. Of stages whose tasks are over sooner than a message
/// about them arrives, some more are sent to wait behind those that run: then a message carries
/// several, and no slot waits for it.
final class Placement {
    /// A task that has waited behind others for so long is better run elsewhere.
    private static final long WAITING_MILLIS = 500;

    private final Fleet fleet;
    private final Pools pools;
    private final SchedulingPolicy.Ahead ahead;

    Placement(Fleet fleet, Pools pools, SchedulingPolicy.Ahead ahead) {
        this.fleet = fleet;
        this.pools = pools;
        this.ahead = ahead;
    }

    /// Hands free slots round: one task for each executor in turn.
    void assign(List<TaskAction> actions, long now) {
        int refused = 0;
        while (refused < fleet.queued() && pools.anyWaiting()) {
            ExecutorSlots slots = fleet.poll();
            if (slots == null) {
                continue;
            }
            TaskSet.Choice choice = pools.choose(slots, fleet);
            if (choice == null) {
                refused++;
            } else {
                refused = 0;
                launch(slots, choice, actions, now);
            }
            fleet.offer(slots);
        }
    }

    /// Sends an executor whose slots are taken what may wait there.
    void sendAhead(ExecutorSlots slots, List<TaskAction> actions, long now) {
        int room = ahead.room(slots);
        while (room > 0 && slots.isUsable() && slots.free() <= 0 && pools.anyWaiting()) {
            TaskSet.Choice choice = pools.chooseAhead(slots, ahead);
            if (choice == null) {
                return;
            }
            launch(slots, choice, actions, now);
            room--;
        }
    }

    /// Takes tasks back that wait behind others which turned out to be long, if others have free
    /// slots.
    void takeBack(List<TaskAction> actions, long now) {
        for (ExecutorSlots slots : fleet.all()) {
            if (slots.free() >= 0 || !fleet.anyFree()) {
                continue;
            }
            int place = 0;
            for (Map.Entry<TaskAttemptId, Long> task : slots.running.entrySet()) {
                boolean waits = place++ >= slots.info.slots();
                if (waits && now - task.getValue() >= WAITING_MILLIS) {
                    String reason = "it waits behind longer tasks while others have free slots";
                    actions.add(new TaskAction.Stop(slots.info.id(), task.getKey(), reason));
                }
            }
        }
    }

    private void launch(
            ExecutorSlots slots, TaskSet.Choice choice, List<TaskAction> actions, long now) {
        TaskSet set = choice.set();
        TaskAttemptId task = choice.task();
        slots.running.put(task, now);
        set.launched(task, slots.info.id(), now);
        pools.running(set, 1);
        pools.update(set);
        actions.add(new TaskAction.Launch(slots.info.id(), task, set.spec(task.partition())));
    }
}
