package io.troupe.driver.eventlog;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// What a driver's process runs on.
final class SystemFacts {
    private static final List<String> PROPERTIES =
            List.of(
                    "java.version",
                    "java.vm.name",
                    "java.home",
                    "os.name",
                    "os.version",
                    "os.arch",
                    "user.timezone");

    private SystemFacts() {}

    static Map<String, String> ofThisProcess() {
        Map<String, String> facts = new LinkedHashMap<>();
        for (String property : PROPERTIES) {
            facts.put(property, System.getProperty(property, ""));
        }
        Runtime runtime = Runtime.getRuntime();
        facts.put("processors", String.valueOf(runtime.availableProcessors()));
        facts.put("heap.max.bytes", String.valueOf(runtime.maxMemory()));
        facts.put("process", String.valueOf(ProcessHandle.current().pid()));
        facts.put("user", System.getProperty("user.name", ""));
        return facts;
    }
}
