package io.troupe.executor;

import io.troupe.cluster.protocol.StageAttempt;
import io.troupe.cluster.protocol.StageBundle;
import java.io.IOException;

/// Where an executor gets the bundle of a stage attempt that it does not know yet.
@FunctionalInterface
public interface BundleSource {
    /// Fetches a bundle; may block.
    ///
    /// @throws IOException if the driver cannot be reached or the stage attempt is over
    StageBundle fetch(StageAttempt stage) throws IOException;
}
