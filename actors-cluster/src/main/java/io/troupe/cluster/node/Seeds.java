package io.troupe.cluster.node;

import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketException;
import java.util.ArrayList;
import java.util.List;
import org.apache.pekko.actor.Address;

/// Addresses of seed nodes, written `host:port,host:port`.
///
/// @param hosts the seeds, in order
public record Seeds(List<HostPort> hosts) {
    /// One address.
    public record HostPort(String host, int port) {
        @Override
        public String toString() {
            return host + ":" + port;
        }
    }

    /// Copies the list.
    public Seeds {
        hosts = List.copyOf(hosts);
    }

    /// Reads a comma-separated list, with or without `troupe://` before it.
    ///
    /// @throws IllegalArgumentException naming the part that is no address
    public static Seeds parse(String text) {
        String list = text.startsWith("troupe://") ? text.substring("troupe://".length()) : text;
        List<HostPort> hosts = new ArrayList<>();
        for (String part : list.split(",")) {
            if (!part.isBlank()) {
                hosts.add(parseOne(part.strip()));
            }
        }
        if (hosts.isEmpty()) {
            throw new IllegalArgumentException(
                    "'" + text + "' names no node; write HOST:PORT[,HOST:PORT…]");
        }
        return new Seeds(hosts);
    }

    private static HostPort parseOne(String part) {
        int colon = part.lastIndexOf(':');
        try {
            int port = colon < 1 ? -1 : Integer.parseInt(part.substring(colon + 1));
            if (port > 0 && port < 65_536) {
                return new HostPort(part.substring(0, colon), port);
            }
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("'" + part + "' is no HOST:PORT", e);
        }
        throw new IllegalArgumentException("'" + part + "' is no HOST:PORT");
    }

    List<Address> addresses() {
        return hosts.stream()
                .map(h -> new Address("pekko", ActorConfig.SYSTEM, h.host(), h.port()))
                .toList();
    }

    /// The address of this machine from which the first seed is reached. No packet is sent.
    ///
    /// @throws IllegalArgumentException if the seed's host is unknown
    public String localHost() {
        HostPort first = hosts.getFirst();
        InetSocketAddress target = new InetSocketAddress(first.host(), first.port());
        if (target.isUnresolved()) {
            throw new IllegalArgumentException("the host of node " + first + " is unknown");
        }
        try (DatagramSocket socket = new DatagramSocket()) {
            socket.connect(target);
            return socket.getLocalAddress().getHostAddress();
        } catch (SocketException e) {
            return InetAddress.getLoopbackAddress().getHostAddress();
        }
    }

    @Override
    public String toString() {
        return String.join(",", hosts.stream().map(HostPort::toString).toList());
    }
}
