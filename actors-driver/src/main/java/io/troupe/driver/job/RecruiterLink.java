package io.troupe.driver.job;

import io.troupe.cluster.protocol.ExecutorId;
import io.troupe.cluster.protocol.ExecutorInfo;
import io.troupe.driver.schedule.SchedulerListener;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.Behaviors;

/// Tells the recruiter of executors that came and that the scheduler gave up, and whoever waits of
/// the first one that came.
final class RecruiterLink implements SchedulerListener {
    private final CountDownLatch first = new CountDownLatch(1);

    /// Set by the recruiter's start, before any executor can come; read by the scheduler's thread.
    private volatile ActorRef<Recruiter.Command> recruiter;

    /// Remembers the actor that will have this behaviour.
    Behavior<Recruiter.Command> linked(Behavior<Recruiter.Command> behavior) {
        return Behaviors.setup(context -> {
            recruiter = context.getSelf();
            return behavior;
        });
    }

    boolean awaitExecutor(long millis) throws InterruptedException {
        return first.await(millis, TimeUnit.MILLISECONDS);
    }

    @Override
    public void executorJoined(ExecutorInfo executor) {
        first.countDown();
        tell(new Recruiter.ExecutorJoined(executor.id()));
    }

    @Override
    public void executorLost(ExecutorId executor, String reason) {
        tell(new Recruiter.ExecutorGone(executor));
    }

    private void tell(Recruiter.Command command) {
        ActorRef<Recruiter.Command> to = recruiter;
        if (to != null) {
            to.tell(command);
        }
    }
}
