package io.troupe.pybridge.gateway;

import java.net.InetAddress;
import py4j.ClientServer;
import py4j.JavaServer;

/// The Py4J door: one entry point, loopback only, every connection proves the secret. Each Python
/// thread keeps a connection, and with it one JVM thread.
public final class PythonGateway implements AutoCloseable {
    /// What the client calls. Both texts are JSON; the method never throws.
    public interface EntryPoint {
        String call(String request);
    }

    private final ClientServer server;

    private PythonGateway(ClientServer server) {
        this.server = server;
    }

    /// Listens on a free port of the loopback interface.
    public static PythonGateway start(EntryPoint entryPoint, String secret) {
        ClientServer server =
                new ClientServer.ClientServerBuilder(entryPoint)
                        .javaPort(0)
                        .javaAddress(InetAddress.getLoopbackAddress())
                        .authToken(secret)
                        .build();
        server.startServer(true);
        return new PythonGateway(server);
    }

    public int port() {
        return ((JavaServer) server.getJavaServer()).getListeningPort();
    }

    @Override
    public void close() {
        server.shutdown();
    }
}
