package io.troupe.cluster.transport;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.troupe.cluster.protocol.DataRequest;
import io.troupe.cluster.security.ClusterSecurity;
import io.troupe.cluster.security.Endpoint;
import io.troupe.cluster.serialization.Protocol;
import io.troupe.cluster.serialization.WireCodec;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(240)
class DataPlaneTest {
    private static final String TOKEN = "the application's token";
    private static final ClusterSecurity OPEN = new ClusterSecurity.Open();
    private static final DataRequest REQUEST = new DataRequest.Blocks(List.of(), 0, 1);

    @TempDir Path folder;

    private final WireCodec codec = new WireCodec(Protocol.classes(List.of()), null, 1 << 20);
    private DataServer server;
    private DataClient client;

    private void serve(DataService service) throws IOException {
        server = new DataServer(new Endpoint("127.0.0.1", 0, OPEN), TOKEN, codec, service);
        client = new DataClient(OPEN, TOKEN, codec);
    }

    @AfterEach
    void close() throws IOException {
        server.close();
        client.close();
    }

    private static byte[] bytes(int length, long seed) {
        byte[] bytes = new byte[length];
        new Random(seed).nextBytes(bytes);
        return bytes;
    }

    private DataConnection ask() throws IOException {
        DataConnection connection = client.borrow("127.0.0.1", server.port());
        connection.request(REQUEST);
        return connection;
    }

    @Test
    void framesArriveAsSentAndTheConnectionServesAgain() throws IOException {
        byte[] large = bytes(5_000_000, 1);
        serve((request, sink) -> {
            sink.frame(0, 3, new byte[0]);
            sink.frame(1, 4, large);
        });
        DataConnection connection = ask();
        for (int i = 0; i < 3; i++) {
            assertEquals(0, connection.next().content().length);
            DataFrame frame = connection.next();
            assertEquals(1, frame.output());
            assertEquals(4, frame.partition());
            assertArrayEquals(large, frame.content());
            assertNull(connection.next());
            client.release("127.0.0.1", server.port(), connection);
            assertEquals(connection, client.borrow("127.0.0.1", server.port()));
            connection.request(REQUEST);
        }
        connection.close();
    }

    private Path fileOfFrames(byte[]... contents) throws IOException {
        Path file = folder.resolve("frames");
        try (OutputStream out = Files.newOutputStream(file)) {
            for (byte[] content : contents) {
                out.write(Frames.header(content).array());
                out.write(content);
            }
        }
        return file;
    }

    private DataService sending(Path file) {
        return (request, sink) -> {
            try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
                sink.file(0, 7, channel, 0, channel.size());
            }
        };
    }

    @Test
    void filesArriveAsTheirFrames() throws IOException {
        byte[] first = bytes(3_000_000, 2);
        byte[] second = bytes(10, 3);
        serve(sending(fileOfFrames(first, second)));
        try (DataConnection connection = ask()) {
            assertArrayEquals(first, connection.next().content());
            assertArrayEquals(second, connection.next().content());
            assertNull(connection.next());
        }
    }

    @Test
    void corruptionIsNoticed() throws IOException {
        Path file = fileOfFrames(bytes(1_000, 4));
        byte[] damaged = Files.readAllBytes(file);
        damaged[500] ^= 1;
        Files.write(file, damaged);
        serve(sending(file));
        try (DataConnection connection = ask()) {
            CorruptFrameException e = assertThrows(CorruptFrameException.class, connection::next);
            assertEquals(7, e.partition());
        }
    }

    @Test
    void missingOutputKeepsItsIndexAndReason() throws IOException {
        serve((request, sink) -> sink.missing(5, "dropped"));
        try (DataConnection connection = ask()) {
            MissingOutputException e = assertThrows(MissingOutputException.class, connection::next);
            assertEquals(5, e.output());
            assertEquals("dropped", e.getMessage());
        }
    }

    @Test
    void failureOfTheServiceIsTold() throws IOException {
        serve((request, sink) -> {
            throw new IOException("disk gone");
        });
        try (DataConnection connection = ask()) {
            IOException e = assertThrows(IOException.class, connection::next);
            assertTrue(e.getMessage().contains("disk gone"), e.getMessage());
        }
    }

    @Test
    void strangersAreRefused() throws IOException {
        serve((request, sink) -> sink.frame(0, 0, new byte[1]));
        try (DataClient stranger = new DataClient(OPEN, "another token", codec)) {
            IOException e =
                    assertThrows(
                            IOException.class, () -> stranger.borrow("127.0.0.1", server.port()));
            assertTrue(e.getMessage().contains("token"), e.getMessage());
        }
    }

    @Test
    void rubbishClosesTheConnectionAndServesOthersOn() throws IOException {
        serve((request, sink) -> sink.frame(0, 0, new byte[1]));
        Random random = new Random(7);
        for (int i = 0; i < 50; i++) {
            try (Socket socket = new Socket("127.0.0.1", server.port())) {
                socket.setSoTimeout(5_000);
                DataOutputStream out = new DataOutputStream(socket.getOutputStream());
                if (i % 2 == 0) {
                    out.writeInt(DataProtocol.MAGIC);
                    out.writeInt(TOKEN.length());
                    out.writeBytes(TOKEN);
                    out.writeInt(i % 4 == 0 ? 1 << 30 : 40);
                }
                out.write(bytes(64 + random.nextInt(64), i));
                out.flush();
                while (socket.getInputStream().read() >= 0) {
                    continue;
                }
            } catch (java.net.SocketException e) {
                assertTrue(
                        e.getMessage().contains("reset") || e.getMessage().contains("pipe"),
                        e.getMessage());
            }
        }
        try (DataConnection connection = ask()) {
            assertEquals(1, connection.next().content().length);
        }
    }

    @Test
    void lifelineEndsWithTheServer() throws Exception {
        CountDownLatch held = new CountDownLatch(1);
        serve((request, sink) -> {
            held.countDown();
            sink.awaitClose();
        });
        DataConnection connection = ask();
        CountDownLatch ended = new CountDownLatch(1);
        Thread.ofVirtual()
                .start(() -> {
                    try {
                        connection.awaitClose();
                    } catch (IOException e) {
                        assertTrue(e.getMessage() != null);
                    } finally {
                        ended.countDown();
                    }
                });
        assertTrue(held.await(10, TimeUnit.SECONDS));
        server.close();
        assertTrue(ended.await(10, TimeUnit.SECONDS));
    }
}
