package io.troupe.driver.session;

import io.troupe.driver.job.JobRunner;
import java.util.Arrays;
import java.util.Map;

/// Requests to end jobs: one, those of a group, those with a tag, or all.
final class Cancellations {
    private final JobRunner runner;

    Cancellations(JobRunner runner) {
        this.runner = runner;
    }

    void cancel(Request request) {
        String group = request.text("group", null);
        String tag = request.text("tag", null);
        String reason = request.text("reason", "cancelled by the user");
        if (group != null) {
            runner.cancel(job -> group.equals(job.get(JobProperties.GROUP)), reason);
        } else if (tag != null) {
            runner.cancel(job -> hasTag(job, tag), reason);
        } else if (request.get("job") != null) {
            runner.cancel(request.number("job"), reason);
        } else if (request.flag("all", false)) {
            runner.cancel(job -> true, reason);
        } else {
            throw new IllegalArgumentException(
                    "The request job.cancel names a job, a group, a tag, or all.");
        }
    }

    private static boolean hasTag(Map<String, String> job, String tag) {
        return Arrays.asList(job.getOrDefault(JobProperties.TAGS, "").split(",")).contains(tag);
    }
}
