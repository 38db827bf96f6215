package io.troupe.driver.command;

import java.util.Map;

/// A database of the warehouse. `location` is the folder in which its tables' folders are made.
public record DatabaseRecord(
        String name, String comment, String location, Map<String, String> properties) {
    public DatabaseRecord {
        properties = Map.copyOf(properties);
    }
}
