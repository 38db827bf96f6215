package io.troupe.driver.job;

import com.typesafe.config.Config;
import io.troupe.cluster.node.ActorConfig;
import io.troupe.cluster.node.Joining;
import io.troupe.cluster.node.Seeds;
import io.troupe.cluster.protocol.ApplicationId;
import io.troupe.cluster.protocol.NodeMessage;
import io.troupe.cluster.security.Endpoint;
import io.troupe.cluster.serialization.RegisteredClasses;
import io.troupe.cluster.serialization.WireCodec;
import io.troupe.cluster.transport.DataClient;
import io.troupe.cluster.transport.DataServer;
import io.troupe.columnar.memory.MemoryPool;
import io.troupe.driver.node.Wiring;
import io.troupe.driver.schedule.SchedulerListener;
import io.troupe.driver.schedule.StageBundles;
import io.troupe.executor.block.BlockStore;
import io.troupe.executor.block.ScratchFolders;
import io.troupe.executor.task.Held;
import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.apache.pekko.actor.typed.ActorSystem;

/// Starts a driver that uses the nodes of a cluster.
///
/// @param seeds nodes to join by
/// @param at where nodes reach this process (an empty host is found out), and whom it lets in
/// @param slotsPerNode most slots wanted of one node
/// @param pool the memory of this process, for results
/// @param scratch folders in which folders for spilled results are made
/// @param python the application's Python version ("3.12"); empty if it has none
/// @param attachments files that executors fetch from here
/// @param scheduling how tasks are placed, and who is told
public record ClusterRunner(
        Seeds seeds,
        Endpoint at,
        int slotsPerNode,
        MemoryPool pool,
        List<Path> scratch,
        String python,
        Attachments attachments,
        Scheduling scheduling) {
    private static final Joining.Patience JOIN_PATIENCE =
            new Joining.Patience(Duration.ofSeconds(10), Duration.ofSeconds(30));
    private static final Duration EXECUTOR_PATIENCE = Duration.ofSeconds(15);

    /// Joins the cluster and waits for the first executor.
    ///
    /// @throws ClusterException in plain words, if there is no cluster or no executor within
    ///   seconds
    public JobRunner start() throws ClusterException, InterruptedException {
        String address = at.host().isEmpty() ? seeds.localHost() : at.host();
        RegisteredClasses classes = Wiring.classes();
        WireCodec codec = new WireCodec(classes, null, Wiring.MAX_BUNDLE);
        StageBundles bundles = new StageBundles();
        String secret = newSecret();
        ClusterParts parts;
        try {
            DataServer server =
                    new DataServer(
                            new Endpoint(address, 0, at.security()),
                            secret,
                            codec,
                            new DriverData(bundles, codec, attachments));
            ScratchFolders folders = ScratchFolders.create(scratch);
            DataClient client = new DataClient(at.security(), secret, codec);
            parts =
                    new ClusterParts(
                            server,
                            client,
                            new Lifelines(client),
                            folders,
                            new BlockStore(pool, folders),
                            bundles);
        } catch (IOException e) {
            throw new ClusterException(e.getMessage(), e);
        }
        return join(address, secret, Wiring.identity(classes), parts);
    }

    private JobRunner join(String address, String secret, String identity, ClusterParts parts)
            throws ClusterException, InterruptedException {
        JobMetrics metrics = new JobMetrics();
        SlotCount slots = new SlotCount();
        Refusals refusals = new Refusals();
        CompletableFuture<Driver.Actors> started = new CompletableFuture<>();
        RecruiterLink link = new RecruiterLink();
        Driver.Setup setup =
                new Driver.Setup(
                        scheduling.policy(),
                        parts.bundles(),
                        SchedulerListener.all(List.of(metrics, slots, link, scheduling.listener())),
                        parts.lifelines(),
                        started);
        long pid = ProcessHandle.current().pid();
        ApplicationId application =
                new ApplicationId("app-" + System.currentTimeMillis() + "-" + pid);
        Config config =
                ActorConfig.cluster(
                        new ActorConfig.Member(
                                new Endpoint(address, 0, at.security()),
                                "driver",
                                Wiring.PLAN_ROOTS,
                                identity));
        ActorSystem<Driver.Command> system =
                ActorSystem.create(
                        Driver.cluster(
                                setup,
                                actors ->
                                        link.linked(
                                                Recruiter.create(
                                                        actors.tasks(),
                                                        refusals,
                                                        replyTo ->
                                                                new NodeMessage.StartExecutor(
                                                                        application,
                                                                        secret,
                                                                        address,
                                                                        parts.server().port(),
                                                                        python,
                                                                        slotsPerNode,
                                                                        actors.forExecutors(),
                                                                        replyTo)))),
                        ActorConfig.SYSTEM,
                        config);
        ActorJobRunner runner =
                new ActorJobRunner(
                        new ActorJobRunner.Parts(
                                system,
                                started.join(),
                                new Results(Driver.embedded(), parts.store(), parts.client()),
                                parts.store(),
                                parts::close,
                                metrics,
                                slots,
                                scheduling.listener(),
                                () -> Held.NOTHING,
                                false));
        awaitReady(system, identity, runner, link, refusals);
        return runner;
    }

    /// Closes the runner if the cluster cannot be used.
    private void awaitReady(
            ActorSystem<?> system,
            String identity,
            ActorJobRunner runner,
            RecruiterLink link,
            Refusals refusals)
            throws ClusterException, InterruptedException {
        try {
            Joining.join(system, seeds, JOIN_PATIENCE, identity).get();
            awaitExecutor(link, refusals);
        } catch (ExecutionException e) {
            runner.close();
            throw new ClusterException(e.getCause().getMessage(), e.getCause());
        } catch (ClusterException e) {
            runner.close();
            throw e;
        }
    }

    private void awaitExecutor(RecruiterLink link, Refusals refusals)
            throws ClusterException, InterruptedException {
        long deadline = System.nanoTime() + EXECUTOR_PATIENCE.toNanos();
        while (!link.awaitExecutor(200)) {
            if (refusals.anyPermanent() || System.nanoTime() > deadline) {
                String reasons = refusals.text();
                throw new ClusterException(
                        "the cluster at "
                                + seeds
                                + " gave this application no executor:"
                                + (reasons.isEmpty() ? " it has no node that answers" : reasons),
                        null);
            }
        }
    }

    private static String newSecret() {
        byte[] bytes = new byte[32];
        new SecureRandom().nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }
}
