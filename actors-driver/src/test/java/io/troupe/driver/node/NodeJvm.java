package io.troupe.driver.node;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// A node in a process of its own.
public final class NodeJvm implements AutoCloseable {
    private final Process process;
    private final BufferedReader out;
    private final int port;

    private NodeJvm(Process process, int port) {
        this.process = process;
        this.port = port;
        this.out = new BufferedReader(new InputStreamReader(process.getInputStream()));
    }

    public static NodeJvm start(int port, int seed, Path scratch, String... more)
            throws IOException {
        List<String> command =
                new ArrayList<>(
                        List.of(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "-Xmx256m",
                                "-XX:+UseSerialGC",
                                "-XX:TieredStopAtLevel=1",
                                "-Xshare:auto",
                                "--sun-misc-unsafe-memory-access=allow",
                                "-cp",
                                System.getProperty("java.class.path"),
                                TestNodeMain.class.getName(),
                                "--host=127.0.0.1",
                                "--port=" + port,
                                "--seeds=127.0.0.1:" + seed,
                                "--cores=2",
                                "--scratch=" + scratch));
        command.addAll(List.of(more));
        return new NodeJvm(new ProcessBuilder(command).redirectErrorStream(true).start(), port);
    }

    public static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    /// Reads the process's output up to a line that starts with a text, and gives that line.
    public String await(String start) throws IOException {
        StringBuilder seen = new StringBuilder();
        for (String line = out.readLine(); line != null; line = out.readLine()) {
            if (line.startsWith(start)) {
                return line;
            }
            seen.append(line).append('\n');
        }
        throw new IOException("the node ended without saying '" + start + "':\n" + seen);
    }

    public int port() {
        return port;
    }

    public void kill() throws InterruptedException {
        process.destroyForcibly();
        process.waitFor(10, TimeUnit.SECONDS);
    }

    /// Tells it to hand over what it holds and to end.
    public void leave() throws IOException {
        process.getOutputStream().write('l');
        process.getOutputStream().flush();
    }

    public boolean awaitExit(int seconds) throws InterruptedException {
        return process.waitFor(seconds, TimeUnit.SECONDS);
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
