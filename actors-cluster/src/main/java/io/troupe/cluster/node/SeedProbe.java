package io.troupe.cluster.node;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// What a process that could not join finds at the addresses of its seeds.
///
/// @param anyListens whether somebody listens at one of them
/// @param findings a line for each seed
record SeedProbe(boolean anyListens, List<String> findings) {
    private static final int CONNECT_MILLIS = 1_000;

    SeedProbe {
        findings = List.copyOf(findings);
    }

    /// Connects to each, one after the other; blocks for at most a second each.
    static SeedProbe of(Seeds seeds) {
        boolean anyListens = false;
        List<String> findings = new ArrayList<>();
        for (Seeds.HostPort seed : seeds.hosts()) {
            InetSocketAddress address = new InetSocketAddress(seed.host(), seed.port());
            String found;
            if (address.isUnresolved()) {
                found = "the host name is unknown";
            } else {
                try (Socket socket = new Socket()) {
                    socket.connect(address, CONNECT_MILLIS);
                    anyListens = true;
                    found =
                            "something listens there, but it did not let this process in (another address of the same machine,"
                                    + " no Troupe node, a node that waits for its own seeds, or a cluster with other keys: see --tls)";
                } catch (IOException e) {
                    found = "nobody listens there (" + e.getMessage() + ")";
                }
            }
            findings.add(seed + ": " + found);
        }
        return new SeedProbe(anyListens, findings);
    }

    String whyNot(Duration waited) {
        return "no Troupe node could be joined within "
                + waited.toSeconds()
                + " s:\n  "
                + String.join("\n  ", findings)
                + "\nStart one with `troupe node --host HOST --port PORT --seeds HOST:PORT` and name it by the"
                + " very address that it was started with.";
    }
}
