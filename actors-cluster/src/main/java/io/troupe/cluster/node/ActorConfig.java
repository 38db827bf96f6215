package io.troupe.cluster.node;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import io.troupe.cluster.security.Endpoint;
import java.util.List;
import org.apache.pekko.actor.BootstrapSetup;
import org.apache.pekko.actor.setup.ActorSystemSetup;

/// The actor system's configuration.
public final class ActorConfig {
    /// Name of every Troupe actor system; part of its address.
    public static final String SYSTEM = "troupe";

    private ActorConfig() {}

    private static final String COMMON =
            """
            pekko {
              loggers = ["org.apache.pekko.event.slf4j.Slf4jLogger"]
              logging-filter = "org.apache.pekko.event.slf4j.Slf4jLoggingFilter"
              loglevel = "WARNING"
              stdout-loglevel = "OFF"
              log-dead-letters = off
              log-dead-letters-during-shutdown = off
              jvm-exit-on-fatal-error = off
              jvm-shutdown-hooks = off
              coordinated-shutdown.run-by-jvm-shutdown-hook = off
              actor {
                allow-java-serialization = off
                warn-about-java-serializer-usage = on
                default-dispatcher {
                  throughput = 64
                  fork-join-executor { parallelism-min = 2, parallelism-factor = 1.0, parallelism-max = 8 }
                }
                internal-dispatcher.fork-join-executor { parallelism-min = 2, parallelism-max = 4 }
              }
            }
            troupe.wire { message-limit = 256 KiB, plan-roots = [] }
            """;

    /// One process that is all there is: no remoting, no serialisation.
    public static ActorSystemSetup local() {
        Config settings =
                ConfigFactory.defaultOverrides()
                        .withFallback(ConfigFactory.parseString("pekko.actor.provider = local\n"))
                        .withFallback(ConfigFactory.parseString(COMMON));
        return ActorSystemSetup.create(
                BootstrapSetup.create(settings).withClassloader(ActorsAlone.LOADER));
    }

    /// A member of a cluster.
    ///
    /// @param member address, roles and seeds
    public static Config cluster(Member member) {
        return ConfigFactory.parseString(ClusterSettings.text(member))
                .withFallback(ConfigFactory.parseString(COMMON))
                .withFallback(ConfigFactory.load())
                .resolve();
    }

    /// What a process says when it wants to be a member.
    ///
    /// @param at where it listens, and whom it lets in
    /// @param role `node` or `driver` the cluster
    /// @param planRoots names of the sealed types that plans are made of
    /// @param identity version and hash that all members must share
    public record Member(Endpoint at, String role, List<String> planRoots, String identity) {}
}
