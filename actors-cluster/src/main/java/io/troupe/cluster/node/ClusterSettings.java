package io.troupe.cluster.node;

import com.typesafe.config.ConfigUtil;
import io.troupe.cluster.security.ClusterSecurity;
import java.util.stream.Collectors;

/// Cluster part of the configuration. Gossip and failure detection are quick because clusters are
/// small: a second node is up within 100 ms or so. A process that dies is noticed at once, by its
/// broken data-plane line; the failure detector is for machines that vanish or stand still, and is
/// patient enough for processes that share busy cores: at a load of 8 per core, heartbeats were
/// seen to come 3.5 s apart.
final class ClusterSettings {
    private static final String TEMPLATE =
            """
            pekko {
              actor {
                provider = cluster
                serializers.troupe = "io.troupe.cluster.serialization.WireSerializer"
                serialization-bindings { "io.troupe.cluster.protocol.WireMessage" = troupe }
              }
              remote.artery {
                %s
                canonical { hostname = "%s", port = %d }
                bind.bind-timeout = 5s
                advanced {
                  inbound-lanes = 1
                  maximum-frame-size = 256 KiB
                  outbound-message-queue-size = 65536
                  connection-timeout = 3s
                  handshake-timeout = 10s
                }
              }
              cluster {
                roles = ["%s"]
                seed-nodes = []
                min-nr-of-members = 1
                gossip-interval = 100ms
                leader-actions-interval = 100ms
                periodic-tasks-initial-delay = 100ms
                unreachable-nodes-reaper-interval = 500ms
                publish-stats-interval = off
                retry-unsuccessful-join-after = 1s
                seed-node-timeout = 2s
                shutdown-after-unsuccessful-join-seed-nodes = off
                jmx.enabled = off
                failure-detector { heartbeat-interval = 500ms, acceptable-heartbeat-pause = 8s, threshold = 8.0 }
                downing-provider-class = "org.apache.pekko.cluster.sbr.SplitBrainResolverProvider"
                split-brain-resolver {
                  active-strategy = keep-oldest
                  stable-after = 4s
                  down-all-when-unstable = off
                  keep-oldest.down-if-alone = on
                }
                configuration-compatibility-check {
                  enforce-on-join = on
                  checkers { troupe = "io.troupe.cluster.node.SameTroupe" }
                }
              }
              coordinated-shutdown {
                default-phase-timeout = 3s
                exit-jvm = off
                terminate-actor-system = on
                phases { cluster-exiting.timeout = 3s, cluster-leave.timeout = 3s, cluster-sharding-shutdown-region.timeout = 1s }
              }
            }
            troupe.identity = "%s"
            troupe.wire.plan-roots = [%s]
            """;

    private static final String TLS =
            """
            transport = tls-tcp
                ssl.config-ssl-engine {
                  key-store = %1$s, trust-store = %1$s
                  key-store-password = %2$s, key-password = %2$s, trust-store-password = %2$s
                  protocol = "TLSv1.3"
                  enabled-algorithms = [TLS_AES_128_GCM_SHA256, TLS_AES_256_GCM_SHA384]
                  require-mutual-authentication = on
                  hostname-verification = off
                }
            """;

    private ClusterSettings() {}

    private static String transport(ClusterSecurity security) {
        return switch (security) {
            case ClusterSecurity.Open open -> "transport = tcp";
            case ClusterSecurity.MutualTls tls ->
                    TLS.formatted(
                            quoted(tls.keyStore().toAbsolutePath().toString()),
                            quoted(tls.password()));
        };
    }

    private static String quoted(String text) {
        return ConfigUtil.quoteString(text);
    }

    static String text(ActorConfig.Member member) {
        return TEMPLATE.formatted(
                transport(member.at().security()),
                member.at().host(),
                member.at().port(),
                member.role(),
                member.identity(),
                member.planRoots().stream()
                        .map(n -> "\"" + n + "\"")
                        .collect(Collectors.joining(", ")));
    }
}
