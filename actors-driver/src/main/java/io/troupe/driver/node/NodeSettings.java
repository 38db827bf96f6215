package io.troupe.driver.node;

import io.troupe.cluster.node.Seeds;
import io.troupe.cluster.security.ClusterSecurity;
import io.troupe.cluster.security.Endpoint;
import io.troupe.driver.setting.Quantity;
import io.troupe.planner.error.TroupeException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/// Reads how a node is to be started: settings (`troupe.node.host`, `.port`, `.seeds`, `.cores`,
/// `.memory`, `.patience`, `.grace`, `.python`, `spark.local.dir`, `troupe.tls.folder`,
/// `troupe.insecure`), overridden by arguments (`--host=…` and so on).
public final class NodeSettings {
    private static final Map<String, String> ARGUMENTS =
            Map.ofEntries(
                    Map.entry("--host", "troupe.node.host"),
                    Map.entry("--port", "troupe.node.port"),
                    Map.entry("--seeds", "troupe.node.seeds"),
                    Map.entry("--cores", "troupe.node.cores"),
                    Map.entry("--memory", "troupe.node.memory"),
                    Map.entry("--patience", "troupe.node.patience"),
                    Map.entry("--grace", "troupe.node.grace"),
                    Map.entry("--ui-port", "troupe.node.uiPort"),
                    Map.entry("--python-version", "troupe.node.python"),
                    Map.entry("--scratch", "spark.local.dir"),
                    Map.entry("--tls", "troupe.tls.folder"),
                    Map.entry("--insecure", "troupe.insecure"));

    private final Map<String, String> given;

    private NodeSettings(Map<String, String> given) {
        this.given = given;
    }

    /// The options.
    ///
    /// @throws IllegalArgumentException naming the setting that is wrong
    /// @throws IOException if a free port was asked for and there is none, or strangers could come
    ///   in
    public static NodeOptions options(Map<String, String> settings, String[] arguments)
            throws IOException {
        Map<String, String> given = new HashMap<>(settings);
        for (int i = 0; i < arguments.length; i++) {
            int equals = arguments[i].indexOf('=');
            String name = equals < 0 ? arguments[i] : arguments[i].substring(0, equals);
            String key = ARGUMENTS.get(name);
            if (key == null) {
                throw new IllegalArgumentException("unknown argument " + arguments[i]);
            }
            if (equals < 0 && i + 1 == arguments.length) {
                throw new IllegalArgumentException(name + " needs a value");
            }
            given.put(key, equals < 0 ? arguments[++i] : arguments[i].substring(equals + 1));
        }
        return new NodeSettings(given).options();
    }

    private NodeOptions options() throws IOException {
        String host = given.getOrDefault("troupe.node.host", "127.0.0.1");
        int asked = number("troupe.node.port", 0, 0, 65_535);
        int port = asked == 0 ? freePort(host) : asked;
        ClusterSecurity security = ClusterSecurity.of(given.getOrDefault("troupe.tls.folder", ""));
        security.permit(host, Boolean.parseBoolean(given.get("troupe.insecure")));
        String seeds = given.getOrDefault("troupe.node.seeds", "");
        String memory = given.getOrDefault("troupe.node.memory", "");
        String scratch =
                given.getOrDefault("spark.local.dir", System.getProperty("java.io.tmpdir"));
        return new NodeOptions(
                new Endpoint(host, port, security),
                Seeds.parse(seeds.isBlank() ? host + ":" + port : seeds),
                number("troupe.node.cores", Runtime.getRuntime().availableProcessors(), 1, 4_096),
                memory.isEmpty() ? Runtime.getRuntime().maxMemory() / 10 * 6 : bytes(memory),
                Arrays.stream(scratch.split(",")).map(Path::of).toList(),
                given.getOrDefault("troupe.node.python", ""),
                number("troupe.node.uiPort", -1, -1, 65_535),
                new NodeOptions.Waits(
                        Duration.ofSeconds(number("troupe.node.patience", 60, 1, 86_400)),
                        Duration.ofSeconds(number("troupe.node.grace", 20, 0, 86_400))));
    }

    private static int freePort(String host) throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getByName(host))) {
            return socket.getLocalPort();
        }
    }

    private static long bytes(String memory) {
        try {
            return Quantity.SIZE.of("troupe.node.memory", memory);
        } catch (TroupeException e) {
            throw new IllegalArgumentException(e.getMessage(), e);
        }
    }

    private int number(String name, int otherwise, int min, int max) {
        String text = given.get(name);
        if (text == null || text.isBlank()) {
            return otherwise;
        }
        try {
            int value = Integer.parseInt(text.strip());
            if (value >= min && value <= max) {
                return value;
            }
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(name + " must be a number, not '" + text + "'", e);
        }
        throw new IllegalArgumentException(
                name + " must be from " + min + " to " + max + ", not " + text);
    }
}
