package io.troupe.cluster.protocol;

import java.util.List;

/// What may be asked of a data plane.
public sealed interface DataRequest extends WireMessage {
    /// Blocks of several outputs: for each output in turn, its partitions from `from` (inclusive)
    /// to `to` (exclusive).
    ///
    /// @param outputs the outputs, in the order in which they are to be sent
    /// @param from first partition
    /// @param to partition after the last
    record Blocks(List<TaskAttemptId> outputs, int from, int to) implements DataRequest {}

    /// The encoded bundle of a stage attempt.
    ///
    /// @param stage the stage attempt
    record Bundle(StageAttempt stage) implements DataRequest {}

    /// A file that the application attached: one frame after the other of its bytes.
    ///
    /// @param id the number that the driver gave it
    record Attachment(long id) implements DataRequest {}

    /// Nothing: held open, so that both ends notice at once when the other's process ends.
    ///
    /// @param holder who holds the line, for messages
    record Lifeline(String holder) implements DataRequest {}
}
