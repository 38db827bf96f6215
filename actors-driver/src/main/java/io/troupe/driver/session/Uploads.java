package io.troupe.driver.session;

import java.io.IOException;
import java.io.InputStream;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// Arrow streams that a client has sent and not used yet. Each is taken once. Bounded: an upload is
/// at most 2 GiB, and so many wait.
final class Uploads {
    private static final int MOST = 100;
    private static final int MAX_BYTES = Integer.MAX_VALUE - 16;

    private final Map<String, byte[]> waiting = new ConcurrentHashMap<>();

    void put(String ticket, InputStream in) throws IOException {
        if (waiting.size() >= MOST) {
            throw new IllegalArgumentException(
                    "There are " + MOST + " uploads that no DataFrame was made of.");
        }
        byte[] bytes = in.readNBytes(MAX_BYTES);
        if (bytes.length == MAX_BYTES) {
            throw new IllegalArgumentException(
                    "The data is larger than 2 GiB. Write it to Parquet and read that, or create several DataFrames and union them.");
        }
        waiting.put(ticket, bytes);
    }

    byte[] take(String ticket) {
        byte[] bytes = waiting.remove(ticket);
        if (bytes == null) {
            throw new IllegalArgumentException("There is no upload " + ticket + ".");
        }
        return bytes;
    }
}
