package io.troupe.driver.command;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;

/// Names and descriptions of the built-in functions, out of the planner's registry file.
final class SystemFunctionList {
    private static final String RESOURCE = "/io/troupe/planner/function/registry.tsv";

    private static final class Holder {
        static final Map<String, String> DESCRIPTIONS = load();
    }

    private SystemFunctionList() {}

    /// Descriptions by name, empty where there is none; sorted.
    static Map<String, String> descriptions() {
        return Holder.DESCRIPTIONS;
    }

    private static Map<String, String> load() {
        Map<String, String> descriptions = new TreeMap<>();
        try (InputStream in = SystemFunctionList.class.getResourceAsStream(RESOURCE);
                BufferedReader reader =
                        new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
            String line = reader.readLine();
            while ((line = reader.readLine()) != null) {
                String[] cells = line.split("\t", -1);
                descriptions.put(cells[0], cells.length > 4 ? cells[4] : "");
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + RESOURCE, e);
        }
        return descriptions;
    }
}
