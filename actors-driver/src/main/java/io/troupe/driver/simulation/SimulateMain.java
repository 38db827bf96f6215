package io.troupe.driver.simulation;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/// `troupe simulate`. Ends with 0, with 1 if a rule was broken or a path was never reached in many
/// runs, and with 2 if it was asked for something that it does not know.
public final class SimulateMain {
    /// In so many runs of the usual settings each path must be reached.
    private static final long MANY_RUNS = 200_000;

    private final Map<String, String> options = new HashMap<>();
    private final PrintStream out = System.out;

    private SimulateMain(String[] args) {
        for (int i = 0; i < args.length; i += 2) {
            if (!args[i].startsWith("--") || i + 1 == args.length) {
                throw new IllegalArgumentException("expected --option VALUE, not " + args[i]);
            }
            options.put(args[i].substring(2), args[i + 1]);
        }
    }

    /// Arguments: pairs of `--name value`; see `troupe simulate --help`.
    public static void main(String[] args) throws InterruptedException {
        try {
            System.exit(new SimulateMain(args).run());
        } catch (IllegalArgumentException | IOException e) {
            System.err.println("troupe simulate: " + e.getMessage());
            System.exit(2);
        }
    }

    private int run() throws IOException, InterruptedException {
        long seed = number("seed", 0);
        long runs = number("runs", options.containsKey("replay") ? 20 : 1_000);
        if (runs < 1) {
            throw new IllegalArgumentException("--runs must be at least 1");
        }
        if (options.containsKey("replay")) {
            replay(seed, (int) runs);
            return 0;
        }
        if (options.containsKey("cost")) {
            tellCost();
            return 0;
        }
        if (options.containsKey("explain")) {
            return explain(number("explain", 0));
        }
        int threads =
                (int) number("threads", Math.max(1, Runtime.getRuntime().availableProcessors()));
        Campaign campaign = Campaign.play(seed, runs, settings(), threads);
        out.println(campaign.summary());
        return campaign.violation() == null
                ? tellPaths(campaign)
                : tellViolation(campaign.violation());
    }

    private SimulationSettings settings() {
        SimulationSettings small = SimulationSettings.SMALL;
        SimulationSettings sized =
                small.sized(
                        positive("executors", small.executors()),
                        positive("slots", small.slots()),
                        positive("jobs", small.jobs()),
                        positive("stages", small.maxStages()),
                        positive("tasks", small.maxTasks()));
        int faults = (int) number("faults", small.faults());
        Set<FaultKind> kinds = kinds(options.getOrDefault("kinds", ""));
        return faults == 0
                ? sized.faulty(0, Set.of(), SimulationSettings.Messages.RELIABLE, 0, 0)
                : sized.faulty(
                        faults,
                        kinds.isEmpty() ? small.kinds() : kinds,
                        small.messages(),
                        small.taskFailure(),
                        small.faultMillis());
    }

    private static Set<FaultKind> kinds(String text) {
        Set<FaultKind> kinds = EnumSet.noneOf(FaultKind.class);
        for (String name : text.isBlank() ? new String[0] : text.split(",")) {
            try {
                kinds.add(
                        FaultKind.valueOf(name.strip().toUpperCase(Locale.ROOT).replace('-', '_')));
            } catch (IllegalArgumentException e) {
                throw new IllegalArgumentException(
                        "there is no fault "
                                + name
                                + "; there are "
                                + Arrays.toString(FaultKind.values())
                                        .toLowerCase(Locale.ROOT)
                                        .replace('_', '-'),
                        e);
            }
        }
        return kinds;
    }

    private int positive(String name, int otherwise) {
        return (int) Math.max(1, number(name, otherwise));
    }

    private long number(String name, long otherwise) {
        String text = options.get(name);
        try {
            return text == null ? otherwise : Long.parseLong(text);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("--" + name + " " + text + " is no number", e);
        }
    }

    private int tellPaths(Campaign campaign) {
        int missing = 0;
        for (RarePath path : RarePath.values()) {
            long times = campaign.reached(path);
            out.printf("  %-36s %d%n", path.text(), times);
            missing += times == 0 ? 1 : 0;
        }
        boolean demanded =
                campaign.runs() >= MANY_RUNS && settings().equals(SimulationSettings.SMALL);
        if (missing > 0 && demanded) {
            out.println(
                    missing + " paths were never reached: the runs show less than they seem to");
            return 1;
        }
        return 0;
    }

    private int tellViolation(SimulationViolation violation) {
        out.println("BROKEN: " + violation.getMessage());
        Shrinker.Found small = Shrinker.shrink(violation.seed(), settings(), violation);
        out.println("the smallest run found that breaks the same rule:");
        out.println("  " + small.settings());
        out.println("  " + small.violation().getMessage());
        SimulationViolation told = Simulation.explain(small.seed(), small.settings());
        out.println(told == null ? "" : told.story());
        return 1;
    }

    private int explain(long seed) {
        SimulationViolation told = Simulation.explain(seed, settings());
        if (told == null) {
            out.println("seed " + seed + " breaks no rule");
            return 0;
        }
        out.println(told.story());
        out.println("BROKEN: " + told.getMessage());
        return 1;
    }

    private void replay(long seed, int runs) throws IOException {
        double failures;
        try {
            failures = Double.parseDouble(options.getOrDefault("node-failures", "0"));
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("--node-failures must be a number", e);
        }
        WhatIf.tell(
                Path.of(options.get("replay")),
                WhatIf.cluster(settings()),
                failures,
                seed,
                runs,
                out);
    }

    private void tellCost() {
        int executors = positive("executors", 1_000);
        int slots = positive("slots", 2);
        int tasks = positive("tasks", 100_000);
        for (int round = 0; round < 3; round++) {
            for (int count : new int[] {tasks / 10, tasks, 10 * tasks}) {
                DecisionCost.Measured cost =
                        DecisionCost.measure(
                                executors, slots, count, SimulationSettings.SMALL.policy());
                out.printf(
                        "%d executors, %8d tasks: %.2f µs and %.0f bytes a task%n",
                        executors, count, cost.microsPerTask(), cost.bytesPerTask());
            }
        }
    }
}
