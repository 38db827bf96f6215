package io.troupe.driver.simulation;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/// Looks for a smaller run that breaks the same rule.
public final class Shrinker {
    /// Seeds tried for each simplification: a smaller run draws differently from the same seed.
    private static final int SEEDS = 300;

    private final String rule;
    private Found found;

    /// A run that breaks a rule.
    ///
    /// @param seed its seed
    /// @param settings its settings
    /// @param violation what it broke
    public record Found(long seed, SimulationSettings settings, SimulationViolation violation) {}

    private Shrinker(Found first) {
        this.found = first;
        this.rule = rule(first.violation());
    }

    /// Simplifies one thing after the other for as long as the same kind of rule is broken.
    public static Found shrink(long seed, SimulationSettings settings, SimulationViolation first) {
        Shrinker shrinker = new Shrinker(new Found(seed, settings, first));
        while (shrinker.simplifyOnce()) {
            continue;
        }
        return shrinker.found;
    }

    /// What was broken, without the names and numbers of this run.
    static String rule(SimulationViolation violation) {
        return violation.what().replaceAll("[0-9].*?(?=[ ,;:]|$)", "#");
    }

    private boolean simplifyOnce() {
        for (SimulationSettings simpler : simpler(found.settings())) {
            for (long i = 0; i < SEEDS; i++) {
                long seed = found.seed() + i;
                try {
                    Simulation.run(seed, simpler);
                } catch (SimulationViolation e) {
                    if (rule(e).equals(rule)) {
                        found = new Found(seed, simpler, e);
                        return true;
                    }
                }
            }
        }
        return false;
    }

    private static List<SimulationSettings> simpler(SimulationSettings s) {
        List<SimulationSettings> all = new ArrayList<>();
        if (s.jobs() > 1) {
            all.add(s.sized(s.executors(), s.slots(), s.jobs() - 1, s.maxStages(), s.maxTasks()));
        }
        if (s.executors() > 1) {
            all.add(s.sized(s.executors() - 1, s.slots(), s.jobs(), s.maxStages(), s.maxTasks()));
        }
        if (s.maxStages() > 1) {
            all.add(s.sized(s.executors(), s.slots(), s.jobs(), s.maxStages() - 1, s.maxTasks()));
        }
        if (s.maxTasks() > 1) {
            all.add(s.sized(s.executors(), s.slots(), s.jobs(), s.maxStages(), s.maxTasks() - 1));
        }
        if (!s.messages().equals(SimulationSettings.Messages.RELIABLE)) {
            all.add(
                    s.faulty(
                            s.faults(),
                            s.kinds(),
                            SimulationSettings.Messages.RELIABLE,
                            s.taskFailure(),
                            s.faultMillis()));
        }
        if (s.taskFailure() > 0) {
            all.add(s.faulty(s.faults(), s.kinds(), s.messages(), 0, s.faultMillis()));
        }
        for (FaultKind kind : s.kinds()) {
            Set<FaultKind> fewer = EnumSet.copyOf(s.kinds());
            fewer.remove(kind);
            all.add(s.faulty(s.faults(), fewer, s.messages(), s.taskFailure(), s.faultMillis()));
        }
        if (s.faults() > 1) {
            all.add(
                    s.faulty(
                            s.faults() - 1,
                            s.kinds(),
                            s.messages(),
                            s.taskFailure(),
                            s.faultMillis()));
        }
        return all;
    }
}
