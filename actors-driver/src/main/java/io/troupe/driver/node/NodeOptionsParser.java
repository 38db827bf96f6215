package io.troupe.driver.node;

import io.troupe.cluster.node.Seeds;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// Reads the arguments of `troupe node`.
final class NodeOptionsParser {
    static final String USAGE =
            """
            usage: troupe node [--host HOST] [--port PORT] [--seeds HOST:PORT[,HOST:PORT…]]
                               [--cores N] [--memory 4g] [--scratch FOLDER] [--python-version 3.12] [--patience SECONDS]

              --host     address that other machines reach this node by (default 127.0.0.1: this machine only)
              --port     port of the node (default 7077)
              --seeds    nodes to join; the first one, or a node without seeds, founds the cluster
              --cores    tasks at once (default: the machine's processors)
              --memory   memory for batches and blocks (default: 60 % of the heap)
              --patience how long to wait for a seed, in seconds (default 60)
            """;

    private static final List<String> KNOWN =
            List.of(
                    "--host",
                    "--port",
                    "--seeds",
                    "--cores",
                    "--memory",
                    "--scratch",
                    "--python-version",
                    "--patience");

    private NodeOptionsParser() {}

    /// @throws IllegalArgumentException naming the argument that is wrong
    static NodeOptions parse(String[] args) {
        Map<String, String> given = new HashMap<>();
        for (int i = 0; i < args.length; i += 2) {
            String name = args[i];
            int equals = name.indexOf('=');
            if (equals > 0) {
                given.put(known(name.substring(0, equals)), name.substring(equals + 1));
                i--;
            } else if (i + 1 < args.length) {
                given.put(known(name), args[i + 1]);
            } else {
                throw new IllegalArgumentException(known(name) + " needs a value");
            }
        }
        String host = given.getOrDefault("--host", "127.0.0.1");
        int port = number(given, "--port", 7077, 1, 65_535);
        Seeds seeds = Seeds.parse(given.getOrDefault("--seeds", host + ":" + port));
        int processors = Runtime.getRuntime().availableProcessors();
        return new NodeOptions(
                host,
                port,
                seeds,
                number(given, "--cores", processors, 1, 4_096),
                given.containsKey("--memory")
                        ? bytes(given.get("--memory"))
                        : Runtime.getRuntime().maxMemory() / 10 * 6,
                Path.of(given.getOrDefault("--scratch", System.getProperty("java.io.tmpdir"))),
                given.getOrDefault("--python-version", ""),
                Duration.ofSeconds(number(given, "--patience", 60, 1, 86_400)));
    }

    private static String known(String name) {
        if (!KNOWN.contains(name)) {
            throw new IllegalArgumentException("unknown option " + name);
        }
        return name;
    }

    private static int number(
            Map<String, String> given, String name, int otherwise, int min, int max) {
        String text = given.get(name);
        if (text == null) {
            return otherwise;
        }
        try {
            int value = Integer.parseInt(text);
            if (value >= min && value <= max) {
                return value;
            }
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(name + " must be a number, not '" + text + "'", e);
        }
        throw new IllegalArgumentException(
                name + " must be from " + min + " to " + max + ", not " + text);
    }

    private static long bytes(String text) {
        String lower = text.toLowerCase(Locale.ROOT).strip();
        if (!lower.matches("[0-9]{1,12}[kmgt]?b?")) {
            throw new IllegalArgumentException(
                    "--memory must be like 512m or 4g, not '" + text + "'");
        }
        long value = Long.parseLong(lower.replaceAll("[^0-9]", ""));
        String unit = lower.replaceAll("[0-9b]", "");
        int shift = unit.isEmpty() ? 0 : 10 * ("kmgt".indexOf(unit) + 1);
        return Math.multiplyExact(value, 1L << shift);
    }
}
