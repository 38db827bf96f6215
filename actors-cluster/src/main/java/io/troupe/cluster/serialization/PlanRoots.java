package io.troupe.cluster.serialization;

import com.typesafe.config.Config;
import java.util.ArrayList;
import java.util.List;

/// Reads from the configuration which sealed types plans are made of (`troupe.wire.plan-roots`,
/// class names).
public final class PlanRoots {
    private PlanRoots() {}

    /// The registered classes of a process with that configuration.
    ///
    /// @throws IllegalArgumentException if a named class does not exist
    public static RegisteredClasses registered(Config config) {
        List<Class<?>> roots = new ArrayList<>();
        for (String name : config.getStringList("troupe.wire.plan-roots")) {
            try {
                roots.add(Class.forName(name));
            } catch (ClassNotFoundException e) {
                throw new IllegalArgumentException(
                        "troupe.wire.plan-roots names an unknown class: " + name, e);
            }
        }
        return Protocol.classes(roots);
    }
}
