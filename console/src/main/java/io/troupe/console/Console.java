package io.troupe.console;

import io.troupe.console.application.Applications;
import io.troupe.console.http.Section;
import io.troupe.console.http.StaticFiles;
import io.troupe.console.http.WebServer;
import io.troupe.console.page.Pages;
import io.troupe.console.rest.SparkApi;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/// A console that listens: pages, REST, and what its owner adds.
public final class Console implements AutoCloseable {
    /// The first port that is tried, as Spark's.
    public static final int FIRST_PORT = 4040;

    /// How many ports are tried, one after another.
    public static final int PORTS = 16;

    private final WebServer server;

    private Console(WebServer server) {
        this.server = server;
    }

    /// Starts one.
    ///
    /// @param host the address to listen on
    /// @param port the first port to try; 0 for any
    /// @param applications what it shows
    /// @param version Troupe's own
    /// @param more parts that only its owner has, asked first
    public static Console start(
            String host, int port, Applications applications, String version, List<Section> more)
            throws IOException {
        List<Section> sections = new ArrayList<>(more);
        sections.add(new SparkApi(applications, version));
        sections.add(new Pages(applications));
        sections.add(new Health(() -> true));
        sections.add(new StaticFiles(Console.class, "web"));
        return new Console(WebServer.start(host, port, PORTS, sections));
    }

    /// The address to open in a browser.
    public String url() {
        return server.url();
    }

    @Override
    public void close() {
        server.close();
    }
}
