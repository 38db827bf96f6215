package io.troupe.cluster.protocol;

/// One run of a stage. A stage is attempted again when inputs or outputs of an earlier attempt were
/// lost; what arrives late from an earlier attempt is recognised by this number.
///
/// @param stage the stage
/// @param attempt number of the run, counted from 0
public record StageAttempt(StageId stage, int attempt) {
    @Override
    public String toString() {
        return stage + "." + attempt;
    }
}
