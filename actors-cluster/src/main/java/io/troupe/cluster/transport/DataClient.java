package io.troupe.cluster.transport;

import io.troupe.cluster.security.ClusterSecurity;
import io.troupe.cluster.serialization.WireCodec;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// Lends connections to other data planes and keeps a few idle ones per address. Safe for many
/// threads.
public final class DataClient implements AutoCloseable {
    private static final int IDLE_PER_ADDRESS = 4;
    private static final int TIMEOUT_MILLIS = 30_000;
    private static final int CONNECT_TRIES = 3;

    private final Doors doors;
    private final String token;
    private final WireCodec codec;
    private final Map<String, Deque<DataConnection>> idle = new ConcurrentHashMap<>();
    private volatile boolean closed;

    /// A client that shows the given token.
    ///
    /// @throws IOException if the keys of the cluster cannot be read
    public DataClient(ClusterSecurity security, String token, WireCodec codec) throws IOException {
        this.doors = Doors.of(security);
        this.token = token;
        this.codec = codec;
    }

    /// A connection to an address, perhaps used before. Give it back with [#release], also after
    /// failures.
    ///
    /// @throws IOException if nobody answers there
    public DataConnection borrow(String host, int port) throws IOException {
        if (closed) {
            throw new IOException("the data plane is closed");
        }
        Deque<DataConnection> known = idle.get(host + ":" + port);
        if (known != null) {
            synchronized (known) {
                if (!known.isEmpty()) {
                    return known.pop();
                }
            }
        }
        return connect(host, port);
    }

    /// A fresh connection, tried a few times because a listener's queue may be full for a moment.
    public DataConnection connect(String host, int port) throws IOException {
        IOException last = null;
        for (int i = 0; i < CONNECT_TRIES; i++) {
            try {
                return DataConnection.open(doors, host, port, token, codec, TIMEOUT_MILLIS);
            } catch (java.net.ConnectException e) {
                throw new IOException("nobody listens at " + host + ":" + port, e);
            } catch (IOException e) {
                last = e;
            }
        }
        throw last;
    }

    /// Takes a connection back: kept if it can be reused, else closed.
    public void release(String host, int port, DataConnection connection) throws IOException {
        if (!closed && connection.isReusable()) {
            Deque<DataConnection> known =
                    idle.computeIfAbsent(host + ":" + port, key -> new ArrayDeque<>());
            synchronized (known) {
                if (known.size() < IDLE_PER_ADDRESS) {
                    known.push(connection);
                    return;
                }
            }
        }
        connection.close();
    }

    @Override
    public void close() throws IOException {
        closed = true;
        for (Deque<DataConnection> connections : idle.values()) {
            synchronized (connections) {
                for (DataConnection connection : connections) {
                    connection.close();
                }
                connections.clear();
            }
        }
    }
}
