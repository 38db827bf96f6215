package io.troupe.console;

import io.troupe.console.application.FolderApplications;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// `troupe ui`: shows the applications of a folder of event logs until its stdin ends or it is told
/// to end. Arguments: folder, host, port, version.
public final class ConsoleMain {
    private ConsoleMain() {}

    public static void main(String[] arguments) throws InterruptedException {
        Path folder = Path.of(arguments[0]);
        if (!Files.isDirectory(folder)) {
            System.err.println("troupe ui: there is no folder " + folder);
            System.exit(2);
        }
        FolderApplications applications = new FolderApplications(folder);
        Thread.ofPlatform().daemon().name("read-ahead").start(() -> readLatest(applications));
        try (Console console =
                Console.start(
                        arguments[1],
                        Integer.parseInt(arguments[2]),
                        applications,
                        arguments[3],
                        List.of())) {
            System.out.println("Troupe console of " + folder + ": " + console.url());
            System.out.flush();
            Thread.currentThread().join();
        } catch (IOException e) {
            System.err.println("troupe ui: " + e.getMessage());
            System.exit(1);
        }
    }

    /// Reads the log that is most likely to be asked for while the browser is still being opened.
    private static void readLatest(FolderApplications applications) {
        try {
            applications.readLatest();
        } catch (IOException | UncheckedIOException e) {
            System.err.println("troupe ui: the latest log cannot be read: " + e.getMessage());
        }
    }
}
