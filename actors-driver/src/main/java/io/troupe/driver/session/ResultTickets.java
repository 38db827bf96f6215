package io.troupe.driver.session;

import io.troupe.planner.error.TroupeException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/// Results that a client was promised and has not fetched yet. Thread-safe; bounded, so that a
/// client that never fetches cannot fill the driver.
final class ResultTickets {
    private static final int MOST = 1000;

    private final Map<String, PendingResult> results = new ConcurrentHashMap<>();
    private final AtomicLong numbers = new AtomicLong();

    String issue(PendingResult result) {
        if (results.size() >= MOST) {
            result.close();
            throw new TroupeException(
                    TroupeException.Kind.SparkException,
                    "TOO_MANY_OPEN_RESULTS",
                    "54000",
                    "There are "
                            + MOST
                            + " results that nobody has read. Read or close iterators before you start more.",
                    Map.of());
        }
        String ticket = "result-" + numbers.incrementAndGet();
        results.put(ticket, result);
        return ticket;
    }

    /// Hands the result to the one fetch of its ticket.
    PendingResult take(String ticket) {
        PendingResult result = results.remove(ticket);
        if (result == null) {
            throw new IllegalArgumentException(
                    "There is no result "
                            + ticket
                            + ": it was fetched already, or its session has ended.");
        }
        return result;
    }

    void drop(Session session) {
        results.entrySet()
                .removeIf(entry -> {
                    boolean own = entry.getValue().session() == session;
                    if (own) {
                        entry.getValue().close();
                    }
                    return own;
                });
    }
}
