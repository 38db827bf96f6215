package io.troupe.driver.session;

import java.util.Map;

/// The job group, description, tags and other local properties of the client's thread, while one of
/// its requests is answered.
final class JobProperties {
    static final String GROUP = "spark.jobGroup.id";
    static final String DESCRIPTION = "spark.job.description";

    /// Names separated by commas.
    static final String TAGS = "spark.job.tags";

    static final ScopedValue<Map<String, String>> CURRENT = ScopedValue.newInstance();

    private JobProperties() {}

    static Map<String, String> current() {
        return CURRENT.orElse(Map.of());
    }
}
