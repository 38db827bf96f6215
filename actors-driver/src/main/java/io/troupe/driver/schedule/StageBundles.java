package io.troupe.driver.schedule;

import io.troupe.cluster.protocol.QueryId;
import io.troupe.cluster.protocol.StageAttempt;
import io.troupe.cluster.protocol.StageBundle;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// Bundles of the stage attempts that run, for executors to fetch. Written by the DAG scheduler
/// before a task of the attempt can be launched, read by any thread.
public final class StageBundles {
    private final Map<StageAttempt, StageBundle> bundles = new ConcurrentHashMap<>();

    void put(StageBundle bundle) {
        bundles.put(bundle.stage(), bundle);
    }

    /// The bundle, or null if the attempt is over.
    public StageBundle get(StageAttempt stage) {
        return bundles.get(stage);
    }

    void drop(StageAttempt stage) {
        bundles.remove(stage);
    }

    void drop(QueryId query) {
        bundles.keySet().removeIf(stage -> stage.stage().query().equals(query));
    }
}
