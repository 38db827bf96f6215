package io.troupe.driver.schedule;

import io.troupe.cluster.protocol.JobId;
import io.troupe.cluster.protocol.StageId;
import java.util.List;

/// A job: run what is missing of these stages until the target is done.
///
/// @param id its identity; lower ones go first
/// @param stages the target and all that it needs, directly or not
/// @param target the stage to be done: a result stage, or any other to have its outputs made
/// @param description for people: the user's line; may be empty
public record JobSpec(JobId id, List<StageSpec> stages, StageId target, String description) {
    /// Copies the stages.
    public JobSpec {
        stages = List.copyOf(stages);
    }
}
