package io.troupe.cluster.transport;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.troupe.cluster.protocol.DataRequest;
import io.troupe.cluster.security.ClusterSecurity;
import io.troupe.cluster.security.Endpoint;
import io.troupe.cluster.serialization.Protocol;
import io.troupe.cluster.serialization.WireCodec;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// One byte of a conversation after another is damaged, or the last to arrive: the answer is the
/// right one or none.
@Timeout(240)
class DamagedBytesTest {
    private static final ClusterSecurity OPEN = new ClusterSecurity.Open();
    private static final String TOKEN = "secret";
    private static final int GREETING = 1;
    private static final int HANDSHAKE = 8 + TOKEN.length();
    private static final DataRequest REQUEST = new DataRequest.Blocks(List.of(), 3, 9);

    private final WireCodec codec = new WireCodec(Protocol.classes(List.of()), null, 1 << 20);
    private final List<String> served = new ArrayList<>();
    private DataServer server;

    @BeforeEach
    void open() throws IOException {
        server =
                new DataServer(
                        new Endpoint("127.0.0.1", 0, OPEN),
                        TOKEN,
                        codec,
                        (request, sink) -> {
                            served.add(request.toString());
                            sink.frame(0, 3, "first".getBytes());
                            sink.frame(1, 4, "second".getBytes());
                            sink.frame(2, 4, new byte[0]);
                        });
    }

    @AfterEach
    void close() throws IOException {
        server.close();
    }

    private String ask(Wire wire) throws IOException {
        try (wire;
                DataClient client = new DataClient(OPEN, TOKEN, codec);
                DataConnection connection = client.borrow("127.0.0.1", wire.port())) {
            connection.request(REQUEST);
            StringBuilder answer = new StringBuilder();
            for (DataFrame frame = connection.next(); frame != null; frame = connection.next()) {
                answer.append(frame.output()).append('/').append(frame.partition()).append('=');
                answer.append(new String(frame.content())).append(' ');
            }
            return answer.toString();
        }
    }

    private Wire wire(int flipped, int cut, boolean answers) throws IOException {
        return new Wire(server.port(), flipped, cut, answers);
    }

    @Test
    void noDamagedAnswerPasses() throws IOException {
        Wire whole = wire(-1, -1, true);
        String right = ask(whole);
        assertEquals("0/3=first 1/4=second 2/4= ", right);
        int length = whole.carried();
        int refused = 0;
        for (int at = GREETING; at < length; at++) {
            for (boolean flip : List.of(true, false)) {
                try {
                    assertEquals(right, ask(wire(flip ? at : -1, flip ? -1 : at, true)));
                } catch (IOException e) {
                    refused++;
                }
            }
        }
        assertEquals(2 * (length - GREETING), refused);
    }

    @Test
    void noDamagedRequestIsServed() throws IOException {
        Wire whole = wire(-1, -1, false);
        ask(whole);
        String asked = served.getFirst();
        served.clear();
        int length = whole.carried();
        for (int at = HANDSHAKE; at < length; at++) {
            int byteAt = at;
            Wire wire = wire(at, -1, false);
            try {
                ask(wire);
            } catch (IOException e) {
                assertTrue(wire.carried() > byteAt, "the damage never met the request");
            }
        }
        assertTrue(served.stream().allMatch(asked::equals), served.toString());
    }

    /// Carries one conversation, with a byte of one direction damaged or the rest of it lost.
    private static final class Wire implements AutoCloseable {
        private final ServerSocket listener =
                new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"));
        private final int flipped;
        private final int cut;
        private volatile int carried;
        private Socket near;
        private Socket far;

        Wire(int port, int flipped, int cut, boolean answers) throws IOException {
            this.flipped = flipped;
            this.cut = cut;
            Thread.ofVirtual()
                    .start(() -> {
                        try {
                            near = listener.accept();
                            far = new Socket("127.0.0.1", port);
                            near.setTcpNoDelay(true);
                            far.setTcpNoDelay(true);
                            Thread back = Thread.ofVirtual().start(() -> carry(far, near, answers));
                            carry(near, far, !answers);
                            back.join();
                        } catch (IOException | InterruptedException e) {
                            assertTrue(listener.isClosed(), e.toString());
                        }
                    });
        }

        int port() {
            return listener.getLocalPort();
        }

        int carried() {
            return carried;
        }

        private void carry(Socket from, Socket to, boolean watched) {
            int at = 0;
            try (from;
                    to) {
                InputStream in = from.getInputStream();
                OutputStream out = to.getOutputStream();
                for (int next = in.read(); next >= 0; next = in.read()) {
                    if (watched && at == cut) {
                        return;
                    }
                    if (watched) {
                        carried = at + 1;
                    }
                    out.write(watched && at == flipped ? next ^ 0x10 : next);
                    at++;
                }
            } catch (IOException e) {
                assertTrue(e.getMessage() != null);
            }
        }

        @Override
        public void close() throws IOException {
            listener.close();
            if (near != null) {
                near.close();
            }
            if (far != null) {
                far.close();
            }
        }
    }
}
