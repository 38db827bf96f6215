package io.troupe.console.http;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.zip.GZIPOutputStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The JDK's HTTP server with virtual threads, bounded: requests that run at a time, time of a
/// request and of an answer, headers, connections. Nothing is read of a request's body.
public final class WebServer implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(WebServer.class);
    private static final int MOST_REQUESTS = 32;
    private static final int BACKLOG = 64;
    private static final int GZIP_FROM = 2048;
    private static final Set<String> READING = Set.of("GET", "HEAD");
    private static final String POLICY =
            "default-src 'self'; script-src 'self'; style-src 'self'; img-src 'self' data:;"
                    + " object-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    private final HttpServer server;
    private final ExecutorService threads;
    private final Semaphore permits = new Semaphore(MOST_REQUESTS);
    private final List<Section> sections;
    private final Access access;

    private WebServer(HttpServer server, Access access, List<Section> sections) {
        this.server = server;
        this.access = access;
        this.sections = sections;
        this.threads =
                Executors.newThreadPerTaskExecutor(
                        Thread.ofVirtual().name("console-", 0).factory());
    }

    /// Listens on the port, or on one of the next.
    ///
    /// @param host the address to listen on
    /// @param port the first to try; 0 for any that is free
    /// @param tries how many ports, one after another
    /// @param sections asked in order
    /// @throws IOException if none of the ports can be had
    public static WebServer start(String host, int port, int tries, List<Section> sections)
            throws IOException {
        limits();
        InetAddress address = InetAddress.getByName(host);
        WebServer started =
                new WebServer(bound(address, port, tries), Access.of(address), sections);
        started.server.setExecutor(started.threads);
        started.server.createContext("/", started::handle);
        started.server.start();
        return started;
    }

    /// Bounds that the JDK's server takes from properties when its first instance is made.
    private static void limits() {
        limit("sun.net.httpserver.maxReqTime", "10");
        limit("sun.net.httpserver.maxRspTime", "30");
        limit("sun.net.httpserver.maxReqHeaders", "64");
        limit("sun.net.httpserver.maxReqHeaderSize", "32768");
        limit("sun.net.httpserver.idleInterval", "15");
        limit("jdk.httpserver.maxConnections", "256");
    }

    private static void limit(String property, String value) {
        if (System.getProperty(property) == null) {
            System.setProperty(property, value);
        }
    }

    private static HttpServer bound(InetAddress address, int first, int tries) throws IOException {
        for (int port = first; ; port++) {
            try {
                return HttpServer.create(new InetSocketAddress(address, port), BACKLOG);
            } catch (BindException e) {
                if (port + 1 >= first + tries || port == 65_535) {
                    throw new IOException(
                            "no port from "
                                    + first
                                    + " to "
                                    + port
                                    + " of "
                                    + address.getHostAddress()
                                    + " can be had: "
                                    + e.getMessage(),
                            e);
                }
            }
        }
    }

    /// Where it listens.
    public int port() {
        return server.getAddress().getPort();
    }

    /// The address to open in a browser, with the token where one is needed.
    public String url() {
        return url("");
    }

    /// The address of a path, with the token where one is needed.
    ///
    /// @param path empty, or beginning with a slash
    public String url(String path) {
        String host = server.getAddress().getAddress().getHostAddress();
        String named = host.contains(":") ? "[" + host + "]" : host;
        return "http://" + named + ":" + port() + access.suffix(path);
    }

    private void handle(HttpExchange exchange) {
        try (exchange) {
            Answer answer;
            if (!permits.tryAcquire()) {
                send(exchange, Answer.error(503, "too many requests run; try again"));
                return;
            }
            try {
                answer = answer(exchange);
            } finally {
                permits.release();
            }
            send(exchange, answer);
        } catch (IOException e) {
            LOG.debug("a client went away: {}", e.getMessage());
        }
    }

    private Answer answer(HttpExchange exchange) {
        try {
            Request request = Request.of(exchange);
            access.check(exchange, request);
            if (!READING.contains(request.method())) {
                return Answer.error(405, "the console only answers GET and HEAD");
            }
            String cookie = access.cookie(request);
            if (cookie != null) {
                exchange.getResponseHeaders().set("Set-Cookie", cookie);
            }
            for (Section section : sections) {
                Optional<Answer> answer = section.answer(request);
                if (answer.isPresent()) {
                    return answer.get();
                }
            }
            return Answer.error(404, "there is nothing at this address");
        } catch (ClientError e) {
            return Answer.error(e.status(), e.getMessage());
        } catch (IOException | RuntimeException | StackOverflowError e) {
            LOG.warn("the console could not answer {}", exchange.getRequestURI(), e);
            return Answer.error(500, "the console could not answer: " + e);
        }
    }

    /// Sends it; packed where it has a way to go: on this machine packing costs more than it saves.
    private static void send(HttpExchange exchange, Answer answer) throws IOException {
        Headers headers = exchange.getResponseHeaders();
        headers.set("Content-Type", answer.type());
        headers.set("Content-Security-Policy", POLICY);
        headers.set("X-Content-Type-Options", "nosniff");
        headers.set("Referrer-Policy", "no-referrer");
        headers.set("Cache-Control", "no-store");
        if (answer.status() == 405) {
            headers.set("Allow", "GET, HEAD");
        }
        byte[] body = answer.body();
        String accepted = exchange.getRequestHeaders().getFirst("Accept-Encoding");
        if (body.length >= GZIP_FROM
                && !exchange.getRemoteAddress().getAddress().isLoopbackAddress()
                && accepted != null
                && accepted.contains("gzip")) {
            headers.set("Content-Encoding", "gzip");
            body = zipped(body);
        }
        if (exchange.getRequestMethod().equals("HEAD")) {
            headers.set("Content-Length", String.valueOf(body.length));
            exchange.sendResponseHeaders(answer.status(), -1);
            return;
        }
        exchange.sendResponseHeaders(answer.status(), body.length == 0 ? -1 : body.length);
        exchange.getResponseBody().write(body);
    }

    private static byte[] zipped(byte[] body) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(body.length / 4);
        try (GZIPOutputStream out = new GZIPOutputStream(bytes)) {
            out.write(body);
        }
        return bytes.toByteArray();
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
