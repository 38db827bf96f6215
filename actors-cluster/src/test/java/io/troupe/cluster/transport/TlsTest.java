package io.troupe.cluster.transport;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.troupe.cluster.protocol.DataRequest;
import io.troupe.cluster.security.ClusterSecurity;
import io.troupe.cluster.security.Endpoint;
import io.troupe.cluster.serialization.Protocol;
import io.troupe.cluster.serialization.WireCodec;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(240)
class TlsTest {
    private static final String TOKEN = "the application's token";
    private static final DataRequest REQUEST = new DataRequest.Blocks(List.of(), 0, 1);

    @TempDir static Path folder;

    private static ClusterSecurity keys;
    private static ClusterSecurity otherKeys;

    private final WireCodec codec = new WireCodec(Protocol.classes(List.of()), null, 1 << 20);
    private final AtomicInteger served = new AtomicInteger();

    @BeforeAll
    static void makeKeys() throws Exception {
        keys = makeKeys(folder.resolve("ours"));
        otherKeys = makeKeys(folder.resolve("theirs"));
    }

    private static ClusterSecurity makeKeys(Path at) throws Exception {
        Files.createDirectories(at);
        Files.writeString(at.resolve(ClusterSecurity.PASSWORD), "a test's password\n");
        List<String> command =
                List.of(
                        Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                        "-genkeypair",
                        "-alias",
                        "cluster",
                        "-keyalg",
                        "EC",
                        "-dname",
                        "CN=troupe",
                        "-storetype",
                        "PKCS12",
                        "-storepass:file",
                        at.resolve(ClusterSecurity.PASSWORD).toString(),
                        "-keystore",
                        at.resolve(ClusterSecurity.KEY_STORE).toString());
        Process keytool = new ProcessBuilder(command).inheritIO().start();
        assertEquals(0, keytool.waitFor());
        return ClusterSecurity.of(at.toString());
    }

    private DataServer serve(byte[] content, Path file) throws IOException {
        return new DataServer(
                new Endpoint("127.0.0.1", 0, keys),
                TOKEN,
                codec,
                (request, sink) -> {
                    served.incrementAndGet();
                    sink.frame(0, 0, content);
                    try (FileChannel spilled = FileChannel.open(file)) {
                        sink.file(0, 1, spilled, 0, spilled.size());
                    }
                });
    }

    private Path spilled(byte[] content) throws IOException {
        Path file = Files.createTempFile(folder, "spill", "");
        try (var out = Files.newOutputStream(file)) {
            out.write(Frames.header(content).array());
            out.write(content);
        }
        return file;
    }

    @Test
    void carriesFramesAndFilesToWhoHoldsTheKey() throws IOException {
        byte[] content = new byte[3 << 20];
        new Random(1).nextBytes(content);
        try (DataServer server = serve(content, spilled(content));
                DataClient client = new DataClient(keys, TOKEN, codec);
                DataConnection connection = client.borrow("127.0.0.1", server.port())) {
            connection.request(REQUEST);
            assertArrayEquals(content, connection.next().content());
            assertArrayEquals(content, connection.next().content());
            assertNull(connection.next());
            assertTrue(connection.isReusable());
        }
    }

    @Test
    void refusesAnotherClustersKeyThoughTheTokenIsKnown() throws IOException {
        refuses(otherKeys);
    }

    @Test
    void refusesAPlainConnectionThoughTheTokenIsKnown() throws IOException {
        refuses(new ClusterSecurity.Open());
    }

    private void refuses(ClusterSecurity stranger) throws IOException {
        byte[] content = {1};
        try (DataServer server = serve(content, spilled(content));
                DataClient client = new DataClient(stranger, TOKEN, codec)) {
            assertThrows(IOException.class, () -> client.borrow("127.0.0.1", server.port()));
            assertEquals(0, served.get());
        }
    }

    @Test
    void passwordIsNeverText() {
        assertFalse(keys.toString().contains("password"), keys.toString());
    }

    @Test
    void folderWithoutKeysIsNamedWithTheRemedy() {
        IOException failure =
                assertThrows(
                        IOException.class,
                        () -> ClusterSecurity.of(folder.resolve("nowhere").toString()));
        assertTrue(failure.getMessage().contains("nowhere"));
        assertTrue(failure.getMessage().contains("troupe cert"));
    }

    @Test
    void whatOtherMachinesReachNeedsKeysOrAWord() {
        ClusterSecurity open = new ClusterSecurity.Open();
        IOException failure = assertThrows(IOException.class, () -> open.permit("0.0.0.0", false));
        assertTrue(failure.getMessage().contains("--tls"));
        assertThrows(IOException.class, () -> open.permit("10.1.2.3", false));
    }

    @Test
    void loopbackKeysOrAWordAreEnough() throws IOException {
        new ClusterSecurity.Open().permit("127.0.0.1", false);
        new ClusterSecurity.Open().permit("10.1.2.3", true);
        keys.permit("10.1.2.3", false);
        assertEquals(0, served.get());
    }
}
