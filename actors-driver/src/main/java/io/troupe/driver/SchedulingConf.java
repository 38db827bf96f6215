package io.troupe.driver;

import io.troupe.driver.schedule.SchedulingPolicy;
import io.troupe.driver.schedule.SchedulingPolicy.Ahead;
import io.troupe.driver.schedule.SchedulingPolicy.Exclusion;
import io.troupe.driver.schedule.SchedulingPolicy.Pool;
import io.troupe.driver.schedule.SchedulingPolicy.Speculation;
import io.troupe.driver.schedule.TaskLimits;
import io.troupe.driver.setting.Quantity;
import io.troupe.planner.error.TroupeException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/// Reads from an application's settings how its tasks are scheduled. The names are Spark's where
/// Spark has one.
final class SchedulingConf {
    private final Map<String, String> conf;

    private SchedulingConf(Map<String, String> conf) {
        this.conf = conf;
    }

    /// @param limits used where the settings say nothing
    /// @throws TroupeException if a setting is malformed
    static SchedulingPolicy policy(Map<String, String> conf, TaskLimits limits) {
        SchedulingConf read = new SchedulingConf(conf);
        String file = conf.getOrDefault("spark.scheduler.allocation.file", "");
        boolean isLocal = limits.maxFailures() == 1;
        return new SchedulingPolicy(
                isLocal ? limits : read.limits(limits),
                read.speculation(),
                read.exclusion(),
                read.isFair(),
                file.isEmpty() ? List.<Pool>of() : FairPools.read(Path.of(file)),
                read.millis("spark.troupe.decommission.timeout", "60s"),
                read.number("spark.troupe.shuffle.copies", 1, 1, 2) == 2,
                isLocal ? Ahead.OFF : Ahead.CLUSTER);
    }

    private TaskLimits limits(TaskLimits limits) {
        int failures = read("spark.task.maxFailures", limits.maxFailures(), 1, 1_000);
        return new TaskLimits(failures, limits.relaunchMillis(), limits.noExecutorMillis());
    }

    private int read(String key, int otherwise, int from, int to) {
        return (int) number(key, otherwise, from, to);
    }

    private Speculation speculation() {
        Speculation usual = Speculation.OFF;
        return new Speculation(
                isOn("spark.speculation"),
                number("spark.speculation.quantile", usual.quantile(), 0, 1),
                number("spark.speculation.multiplier", usual.multiplier(), 1, 1e6),
                millis("spark.speculation.minTaskRuntime", usual.minMillis() + "ms"));
    }

    private Exclusion exclusion() {
        String prefix = "spark.excludeOnFailure.";
        String failures = prefix + "application.maxFailedTasksPerExecutor";
        return new Exclusion(
                isOn(prefix + "enabled"),
                read(failures, Exclusion.OFF.failures(), 1, 1_000_000),
                millis(prefix + "timeout", Exclusion.OFF.expiryMillis() + "ms"));
    }

    private boolean isFair() {
        String mode = conf.getOrDefault("spark.scheduler.mode", "FIFO");
        if (mode.equalsIgnoreCase("FAIR") || mode.equalsIgnoreCase("FIFO")) {
            return mode.equalsIgnoreCase("FAIR");
        }
        throw invalid("spark.scheduler.mode", mode, "FIFO or FAIR");
    }

    private boolean isOn(String key) {
        return Boolean.parseBoolean(conf.getOrDefault(key, "false"));
    }

    private long millis(String key, String otherwise) {
        return Quantity.TIME.of(key, conf.getOrDefault(key, otherwise));
    }

    private double number(String key, double otherwise, double from, double to) {
        String text = conf.get(key);
        if (text == null) {
            return otherwise;
        }
        try {
            double value = Double.parseDouble(text.strip());
            if (value >= from && value <= to) {
                return value;
            }
        } catch (NumberFormatException e) {
            throw invalid(key, text, "a number");
        }
        throw invalid(key, text, "between " + from + " and " + to);
    }

    private static TroupeException invalid(String key, String value, String must) {
        return new TroupeException(
                TroupeException.Kind.IllegalArgumentException,
                "INVALID_CONF_VALUE",
                "22022",
                "The value '"
                        + value
                        + "' in the config \""
                        + key
                        + "\" is invalid. It must be "
                        + must
                        + ".",
                Map.of("confName", key, "confValue", value));
    }
}
