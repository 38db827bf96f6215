package io.troupe.console;

import io.troupe.console.http.Answer;
import io.troupe.console.http.Request;
import io.troupe.console.http.Section;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// `/api/v1/applications/ID/executors/driver/threads`: what the platform threads of this very
/// process do now, in the shape of Spark's `ThreadStackTrace`.
///
/// @param application whose process it is
/// @param executor the executor's name within it
public record Threads(String application, String executor) implements Section {
    private static final int DEPTH = 60;

    @Override
    public Optional<Answer> answer(Request request) {
        List<String> path =
                List.of("api", "v1", "applications", application, "executors", executor, "threads");
        return request.path().equals(path) ? Optional.of(Answer.json(dump())) : Optional.empty();
    }

    private static List<Map<String, Object>> dump() {
        List<Map<String, Object>> threads = new ArrayList<>();
        for (ThreadInfo info :
                ManagementFactory.getThreadMXBean().dumpAllThreads(true, true, DEPTH)) {
            Map<String, Object> thread = new LinkedHashMap<>();
            thread.put("threadId", info.getThreadId());
            thread.put("threadName", info.getThreadName());
            thread.put("threadState", info.getThreadState().name());
            List<String> frames = new ArrayList<>();
            for (StackTraceElement frame : info.getStackTrace()) {
                frames.add(frame.toString());
            }
            thread.put("stackTrace", Map.of("elems", frames));
            thread.put("blockedByLock", info.getLockName() == null ? "" : info.getLockName());
            thread.put("holdingLocks", List.of());
            threads.add(thread);
        }
        threads.sort(Comparator.comparing(thread -> String.valueOf(thread.get("threadName"))));
        return threads;
    }
}
