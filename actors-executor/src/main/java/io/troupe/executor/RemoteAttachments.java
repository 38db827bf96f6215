package io.troupe.executor;

import io.troupe.cluster.protocol.DataRequest;
import io.troupe.cluster.transport.DataClient;
import io.troupe.cluster.transport.DataConnection;
import io.troupe.cluster.transport.DataFrame;
import io.troupe.executor.block.ScratchFolders;
import io.troupe.pybridge.worker.AttachmentSource;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;

/// Fetches attached files from the driver's data plane, each once, when a function first asks for
/// it. They lie in a scratch folder and go with it. Thread-safe: who asks while a file is on its
/// way waits for it.
public final class RemoteAttachments implements AttachmentSource {
    private final DataClient client;
    private final String host;
    private final int port;
    private final Path folder;
    private final Map<Long, CompletableFuture<Path>> files = new ConcurrentHashMap<>();

    /// The files of the application whose driver listens there.
    public RemoteAttachments(DataClient client, String host, int port, ScratchFolders scratch) {
        this.client = client;
        this.host = host;
        this.port = port;
        this.folder = scratch.next().resolve("attachments");
    }

    @Override
    public Path find(long id, String name) throws IOException {
        CompletableFuture<Path> mine = new CompletableFuture<>();
        CompletableFuture<Path> known = files.putIfAbsent(id, mine);
        if (known == null) {
            try {
                mine.complete(fetch(id, name));
            } catch (IOException | RuntimeException e) {
                files.remove(id, mine);
                mine.completeExceptionally(e);
                throw e;
            }
            return mine.join();
        }
        try {
            return known.join();
        } catch (CompletionException e) {
            throw new IOException(e.getCause().getMessage(), e.getCause());
        }
    }

    private Path fetch(long id, String name) throws IOException {
        Path file = folder.resolve(name).normalize();
        if (!file.startsWith(folder)) {
            throw new IOException("the name " + name + " of an attached file leaves its folder");
        }
        Files.createDirectories(file.getParent());
        Path part = Files.createTempFile(file.getParent(), ".fetching-", "");
        try {
            DataConnection connection = client.borrow(host, port);
            try (OutputStream out = Files.newOutputStream(part)) {
                connection.request(new DataRequest.Attachment(id));
                for (DataFrame frame = connection.next();
                        frame != null;
                        frame = connection.next()) {
                    out.write(frame.content());
                }
            } finally {
                client.release(host, port, connection);
            }
            return Files.move(part, file, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(part);
        }
    }
}
