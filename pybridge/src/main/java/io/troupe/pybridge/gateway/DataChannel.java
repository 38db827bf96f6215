package io.troupe.pybridge.gateway;

import io.troupe.planner.json.Json;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Map;

/// The loopback socket for results and uploads. A client sends its secret (int32 length, bytes),
/// then requests one after the other, each an int32 length and JSON: `{"fetch": ticket}` is
/// answered by frames (int32 length, bytes), then 0; on failure -1, int32 length and the error's
/// JSON. `{"upload": ticket}` is followed by frames up to a 0 and answered by 0, or by -1 and the
/// error. All numbers are big-endian. Frames have at most 1 MiB. Back-pressure is the socket's.
public final class DataChannel implements AutoCloseable {
    public static final int MAX_FRAME = 1 << 20;
    private static final int MAX_REQUEST = 1 << 16;
    private static final int AUTHENTICATION_MILLIS = 15_000;
    private static final int BUFFER = 1 << 17;

    /// Who answers requests; called on the connection's own thread.
    public interface Handler {
        /// Writes the result's bytes; whatever it throws is sent as the error.
        void fetch(String ticket, FrameWriter out) throws IOException;

        /// Takes uploaded bytes, whose length is not known before the end.
        void upload(String ticket, FrameReader in) throws IOException;

        /// The error as JSON for the client.
        String describe(Throwable failure);
    }

    private final ServerSocket server;
    private final byte[] secret;
    private final Handler handler;

    private DataChannel(ServerSocket server, String secret, Handler handler) {
        this.server = server;
        this.secret = secret.getBytes(StandardCharsets.UTF_8);
        this.handler = handler;
    }

    public static DataChannel start(String secret, Handler handler) throws IOException {
        ServerSocket server = new ServerSocket();
        server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        DataChannel channel = new DataChannel(server, secret, handler);
        Thread.ofPlatform().daemon().name("data-channel").start(channel::accept);
        return channel;
    }

    public int port() {
        return server.getLocalPort();
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                Socket socket = server.accept();
                Thread.ofPlatform().daemon().name("data-connection").start(() -> serve(socket));
            } catch (IOException e) {
                if (!server.isClosed()) {
                    System.err.println("The data channel cannot accept a connection: " + e);
                }
            }
        }
    }

    private void serve(Socket socket) {
        try (socket) {
            socket.setTcpNoDelay(true);
            DataInputStream in =
                    new DataInputStream(new BufferedInputStream(socket.getInputStream(), BUFFER));
            DataOutputStream out =
                    new DataOutputStream(
                            new BufferedOutputStream(socket.getOutputStream(), BUFFER));
            socket.setSoTimeout(AUTHENTICATION_MILLIS);
            if (!authenticated(in)) {
                return;
            }
            socket.setSoTimeout(0);
            while (answer(in, out)) {
                out.flush();
            }
        } catch (IOException _) {
            // The client closed its end, perhaps in the middle of a result: closing this one is all
            // there is to do.
        }
    }

    private boolean authenticated(DataInputStream in) throws IOException {
        int length = in.readInt();
        if (length != secret.length) {
            return false;
        }
        return MessageDigest.isEqual(in.readNBytes(length), secret);
    }

    private boolean answer(DataInputStream in, DataOutputStream out) throws IOException {
        int first = in.read();
        if (first < 0) {
            return false;
        }
        byte[] rest = in.readNBytes(3);
        if (rest.length < 3) {
            return false;
        }
        int length = first << 24 | (rest[0] & 0xff) << 16 | (rest[1] & 0xff) << 8 | rest[2] & 0xff;
        if (length <= 0 || length > MAX_REQUEST) {
            return false;
        }
        FrameReader upload = new FrameReader(in);
        try {
            Map<String, Object> request =
                    Json.parseObject(new String(in.readNBytes(length), StandardCharsets.UTF_8));
            if (request.get("fetch") instanceof String ticket) {
                FrameWriter frames = new FrameWriter(out);
                handler.fetch(ticket, frames);
                frames.flushFrame();
            } else if (request.get("upload") instanceof String ticket) {
                handler.upload(ticket, upload);
            } else {
                throw new IllegalArgumentException(
                        "A request names a ticket to fetch or to upload.");
            }
            out.writeInt(0);
        } catch (ClientGoneException e) {
            throw e;
        } catch (IOException | RuntimeException | Error failure) {
            byte[] error = handler.describe(failure).getBytes(StandardCharsets.UTF_8);
            upload.drain();
            out.writeInt(-1);
            out.writeInt(error.length);
            out.write(error);
        }
        return true;
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}
