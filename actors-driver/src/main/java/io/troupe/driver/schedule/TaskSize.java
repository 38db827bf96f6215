package io.troupe.driver.schedule;

import io.troupe.planner.stage.LeafInput;
import io.troupe.planner.stage.TaskSpec;

/// Estimates how many bytes a task's inputs take in a message.
final class TaskSize {
    /// Tasks above this travel in the bundle.
    static final int LARGE = 64 * 1024;

    private TaskSize() {}

    static int estimate(TaskSpec task) {
        long bytes = 256;
        for (LeafInput input : task.inputs()) {
            bytes += 64;
            if (input instanceof LeafInput.Files files) {
                for (LeafInput.FileSplit split : files.splits()) {
                    bytes +=
                            96
                                    + 3L * split.file().path().length()
                                    + 64L * split.file().partitionValues().size();
                }
            }
        }
        return (int) Math.min(Integer.MAX_VALUE, bytes);
    }
}
