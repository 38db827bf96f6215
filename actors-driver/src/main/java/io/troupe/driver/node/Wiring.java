package io.troupe.driver.node;

import io.troupe.cluster.serialization.Protocol;
import io.troupe.cluster.serialization.RegisteredClasses;
import io.troupe.executor.task.StagePlan;
import java.util.List;

/// What all processes of a cluster must agree on.
public final class Wiring {
    /// Version of Troupe.
    public static final String VERSION = "0.1.0";

    /// Names of the types that plans are made of, for the configuration.
    public static final List<String> PLAN_ROOTS = List.of(StagePlan.class.getName());

    /// Most bytes of one bundle.
    public static final int MAX_BUNDLE = 1 << 30;

    private Wiring() {}

    /// The classes that may travel.
    public static RegisteredClasses classes() {
        return Protocol.classes(List.of(StagePlan.class));
    }

    /// What a process says that it is when it joins.
    public static String identity(RegisteredClasses classes) {
        return "troupe " + VERSION + " classes " + classes.hash();
    }
}
