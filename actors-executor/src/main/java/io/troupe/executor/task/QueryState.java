package io.troupe.executor.task;

import io.troupe.columnar.operator.RuntimeFilters;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What the tasks of one query share on one executor. Safe for many threads.
public final class QueryState implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(QueryState.class);

    private final Map<String, CompletableFuture<Object>> shared = new ConcurrentHashMap<>();
    private final RuntimeFilters filters = new RuntimeFilters();

    /// Runtime filters of the query.
    public RuntimeFilters filters() {
        return filters;
    }

    /// The value of a key, made by the first who asks. If the maker fails, only its own task fails;
    /// the next one that waits makes it anew.
    @SuppressWarnings("unchecked")
    public <T> T shared(String key, Supplier<T> supplier) {
        while (true) {
            CompletableFuture<Object> mine = new CompletableFuture<>();
            CompletableFuture<Object> known = shared.putIfAbsent(key, mine);
            if (known == null) {
                return make(key, supplier, mine);
            }
            try {
                return (T) known.join();
            } catch (CompletionException e) {
                LOG.debug("shared value {} failed in another task, making it here", key);
            }
        }
    }

    private <T> T make(String key, Supplier<T> supplier, CompletableFuture<Object> mine) {
        try {
            T value = supplier.get();
            mine.complete(value);
            return value;
        } catch (RuntimeException | Error e) {
            shared.remove(key, mine);
            mine.completeExceptionally(e);
            throw e;
        }
    }

    @Override
    public void close() {
        shared.forEach((key, value) -> {
            if (value.isDone()
                    && !value.isCompletedExceptionally()
                    && value.join() instanceof AutoCloseable resource) {
                try {
                    resource.close();
                } catch (Exception e) {
                    LOG.warn("cannot release shared value {}", key, e);
                }
            }
        });
        shared.clear();
    }
}
