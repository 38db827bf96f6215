package io.troupe.cluster.serialization;

import io.troupe.cluster.protocol.StageBundle;
import io.troupe.cluster.protocol.TaskFailure;
import io.troupe.cluster.protocol.WireMessage;
import java.util.ArrayList;
import java.util.List;

/// The application's one set of registered classes: wire messages, failures, bundles and whatever
/// plans are made of.
public final class Protocol {
    private Protocol() {}

    /// Derives the set.
    ///
    /// @param planRoots sealed types of the plans that bundles carry
    public static RegisteredClasses classes(List<Class<?>> planRoots) {
        List<Class<?>> roots = new ArrayList<>(planRoots);
        roots.add(WireMessage.class);
        roots.add(TaskFailure.class);
        roots.add(StageBundle.class);
        return RegisteredClasses.reachableFrom(roots);
    }
}
