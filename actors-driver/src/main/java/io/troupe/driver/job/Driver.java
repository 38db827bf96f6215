package io.troupe.driver.job;

import io.troupe.cluster.protocol.ExecutorId;
import io.troupe.cluster.protocol.ExecutorInfo;
import io.troupe.cluster.protocol.SchedulerMessage;
import io.troupe.driver.schedule.DagDecisions;
import io.troupe.driver.schedule.DagScheduler;
import io.troupe.driver.schedule.SchedulerListener;
import io.troupe.driver.schedule.SchedulingPolicy;
import io.troupe.driver.schedule.StageBundles;
import io.troupe.driver.schedule.TaskScheduler;
import io.troupe.executor.Executor;
import io.troupe.executor.task.ExecutorServices;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.Terminated;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;

/// The application's first actor: starts the schedulers and, in local mode, the one executor inside
/// this process. If a scheduler fails, which is a defect, it ends the application's actors, and
/// with them every job, with a reason.
final class Driver {
    private static final int MAX_STAGE_ATTEMPTS = 4;

    private Driver() {}

    /// What it is told.
    sealed interface Command {
        /// End.
        enum Stop implements Command {
            NOW
        }
    }

    /// The actors that a job runner talks to.
    record Actors(
            ActorRef<DagScheduler.Command> dag,
            ActorRef<TaskScheduler.Command> tasks,
            ActorRef<SchedulerMessage> forExecutors) {}

    /// What the schedulers are made of.
    record Setup(
            SchedulingPolicy policy,
            StageBundles bundles,
            SchedulerListener listener,
            TaskScheduler.ExecutorWatcher watcher,
            CompletableFuture<Actors> started) {}

    /// Local mode.
    static Behavior<Command> local(Setup setup, ExecutorServices services, ExecutorInfo info) {
        return Behaviors.setup(context -> {
            Actors actors = startSchedulers(context, setup);
            Executor.Setup executor =
                    new Executor.Setup(
                            info,
                            services,
                            setup.bundles()::get,
                            actors.forExecutors(),
                            true,
                            () -> false,
                            () -> {});
            context.watch(context.spawn(Executor.create(executor), "executor"));
            setup.started().complete(actors);
            return running();
        });
    }

    /// A cluster's driver: executors come from nodes.
    ///
    /// @param recruits starts the actor that asks nodes for executors
    static Behavior<Command> cluster(
            Setup setup, Function<Actors, Behavior<Recruiter.Command>> recruits) {
        return Behaviors.setup(context -> {
            Actors actors = startSchedulers(context, setup);
            context.watch(context.spawn(recruits.apply(actors), "recruiter"));
            setup.started().complete(actors);
            return running();
        });
    }

    private static Actors startSchedulers(ActorContext<Command> context, Setup setup) {
        CompletableFuture<ActorRef<TaskScheduler.Command>> tasks = new CompletableFuture<>();
        CompletableFuture<ActorRef<SchedulerMessage>> forExecutors = new CompletableFuture<>();
        ActorRef<DagScheduler.Command> dag =
                context.spawn(
                        Behaviors.setup(dagContext ->
                                DagScheduler.create(
                                        new DagDecisions(
                                                MAX_STAGE_ATTEMPTS, setup.policy().secondCopies()),
                                        setup.bundles(),
                                        setup.listener(),
                                        self -> {
                                            ActorRef<TaskScheduler.Command> scheduler =
                                                    dagContext.spawn(
                                                            TaskScheduler.create(
                                                                    self,
                                                                    setup.policy(),
                                                                    setup.listener(),
                                                                    setup.watcher(),
                                                                    forExecutors),
                                                            "tasks");
                                            tasks.complete(scheduler);
                                            return scheduler;
                                        })),
                        "dag");
        context.watch(dag);
        return new Actors(dag, tasks.join(), forExecutors.join());
    }

    private static Behavior<Command> running() {
        return Behaviors.receive(Command.class)
                .onMessage(Command.Stop.class, stop -> Behaviors.stopped())
                .onSignal(Terminated.class, signal -> Behaviors.stopped())
                .build();
    }

    /// The identity of the executor in the driver's own process.
    static ExecutorId embedded() {
        return new ExecutorId("driver");
    }
}
