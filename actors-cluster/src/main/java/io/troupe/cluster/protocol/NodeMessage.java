package io.troupe.cluster.protocol;

import org.apache.pekko.actor.typed.ActorRef;

/// What a driver tells a node.
public sealed interface NodeMessage extends WireMessage {
    /// Start an executor for an application. A node that already has one answers the same again.
    ///
    /// @param application the application
    /// @param secret the application's data-plane token; never logged
    /// @param driverHost host of the driver's data plane, which serves stage bundles
    /// @param driverPort its port
    /// @param python Python version that the application needs ("3.12"); empty if it has none
    /// @param maxSlots most slots that the application wants of this node
    /// @param scheduler whom the executor reports to
    /// @param replyTo who waits for the node's answer
    record StartExecutor(
            ApplicationId application,
            String secret,
            String driverHost,
            int driverPort,
            String python,
            int maxSlots,
            ActorRef<SchedulerMessage> scheduler,
            ActorRef<NodeReply> replyTo)
            implements NodeMessage {
        @Override
        public String toString() {
            return "StartExecutor[" + application + "]";
        }
    }

    /// Stop the application's executor and drop all that it holds.
    ///
    /// @param application the application
    /// @param executor the executor, which is left alone if another has taken its place; null for
    ///   whichever there is
    /// @param reason why
    record StopExecutor(ApplicationId application, ExecutorId executor, String reason)
            implements NodeMessage {}
}
