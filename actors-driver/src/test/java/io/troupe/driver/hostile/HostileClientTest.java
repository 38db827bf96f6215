package io.troupe.driver.hostile;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.troupe.pybridge.gateway.DataChannel;
import io.troupe.pybridge.gateway.FrameReader;
import io.troupe.pybridge.gateway.FrameWriter;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Whatever a client says on the data channel: the next one is answered.
@Timeout(60)
class HostileClientTest {
    private static final String SECRET = "0123456789abcdef";

    private static final DataChannel.Handler HANDLER =
            new DataChannel.Handler() {
                @Override
                public void fetch(String ticket, FrameWriter out) throws IOException {
                    if (!ticket.equals("one")) {
                        throw new IllegalArgumentException("no ticket " + ticket);
                    }
                    out.write("result".getBytes(StandardCharsets.UTF_8));
                }

                @Override
                public void upload(String ticket, FrameReader in) throws IOException {
                    in.readAllBytes();
                }

                @Override
                public String describe(Throwable failure) {
                    return "{}";
                }
            };

    private static byte[] conversation(String request, int... frames) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        DataOutputStream out = new DataOutputStream(bytes);
        out.writeInt(SECRET.length());
        out.writeBytes(SECRET);
        out.writeInt(request.length());
        out.writeBytes(request);
        for (int length : frames) {
            out.writeInt(length);
            out.write(new byte[length]);
        }
        return bytes.toByteArray();
    }

    private static String answer(int port, byte[] said) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout(20_000);
            socket.getOutputStream().write(said);
            socket.shutdownOutput();
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
        }
    }

    @Test
    void whateverAClientSaysTheNextIsAnswered() throws IOException {
        byte[] good = conversation("{\"fetch\": \"one\"}");
        List<byte[]> corpus =
                List.of(good, conversation("{\"upload\": \"two\"}", 5, 1000, 0), good);
        try (DataChannel channel = DataChannel.start(SECRET, HANDLER)) {
            String right = answer(channel.port(), good);
            assertEquals("\0\0\0\6result\0\0\0\0", right);
            Play.seeds(seed -> {
                try {
                    return !answer(channel.port(), Mutations.bytes(seed, corpus)).equals(right);
                } catch (java.net.SocketException reset) {
                    return true;
                }
            });
            assertEquals(right, answer(channel.port(), good));
        }
    }
}
