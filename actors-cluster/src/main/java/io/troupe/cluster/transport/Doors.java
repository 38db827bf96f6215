package io.troupe.cluster.transport;

import io.troupe.cluster.security.ClusterSecurity;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.channels.SocketChannel;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;

/// Opens both ends of data-plane connections as the cluster's security demands.
///
/// @param tls null where connections are plain
record Doors(SSLContext tls) {
    /// Doors for a security.
    ///
    /// @throws IOException if the keys cannot be read
    static Doors of(ClusterSecurity security) throws IOException {
        return switch (security) {
            case ClusterSecurity.Open open -> new Doors(null);
            case ClusterSecurity.MutualTls keys -> new Doors(keys.context());
        };
    }

    /// Connects.
    ///
    /// @param timeoutMillis most time to wait for the connection and, from then on, for each read
    DataChannel connect(String host, int port, int timeoutMillis) throws IOException {
        SocketChannel channel = SocketChannel.open();
        try {
            Socket socket = channel.socket();
            socket.connect(new InetSocketAddress(host, port), timeoutMillis);
            socket.setTcpNoDelay(true);
            socket.setSoTimeout(timeoutMillis);
            return tls == null ? new PlainChannel(channel) : encrypted(socket, true);
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }

    /// The other end, of a connection that was accepted.
    ///
    /// @param timeoutMillis most time to wait for each read
    /// @throws IOException if the client does not show the cluster's certificate
    DataChannel accept(SocketChannel channel, int timeoutMillis) throws IOException {
        Socket socket = channel.socket();
        socket.setTcpNoDelay(true);
        socket.setSoTimeout(timeoutMillis);
        return tls == null ? new PlainChannel(channel) : encrypted(socket, false);
    }

    private DataChannel encrypted(Socket socket, boolean client) throws IOException {
        SSLSocket encrypted =
                (SSLSocket)
                        tls.getSocketFactory()
                                .createSocket(
                                        socket,
                                        socket.getInetAddress().getHostAddress(),
                                        socket.getPort(),
                                        true);
        encrypted.setUseClientMode(client);
        encrypted.setNeedClientAuth(true);
        encrypted.startHandshake();
        return new TlsChannel(encrypted);
    }
}
