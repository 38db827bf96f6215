package io.troupe.columnar.operator.join;

import io.troupe.columnar.memory.Reservation;
import io.troupe.columnar.spill.SpillFile;
import java.util.List;

/// The build side of a join as it was read: a table, or, when that did not fit into memory, files.
/// Made by one thread, then read by any number of tasks; whoever made it closes it.
final class Build implements AutoCloseable {
    private final BuildTable table;
    private final List<SpillFile> files;
    private final boolean nullKey;
    private Reservation reservation;

    /// @param table null when the rows lie in `files`
    /// @param files divided by the hash of their keys, at level 0
    /// @param nullKey whether a row with a null key was left out before the rows went to files
    Build(BuildTable table, List<SpillFile> files, boolean nullKey) {
        this.table = table;
        this.files = files;
        this.nullKey = nullKey;
    }

    /// Hands over the reservation of what outlives the task that made it.
    void own(Reservation reservation) {
        this.reservation = reservation;
    }

    BuildTable table() {
        return table;
    }

    List<SpillFile> files() {
        return files;
    }

    boolean hasNullKey() {
        return nullKey;
    }

    @Override
    public void close() {
        files.forEach(SpillFile::close);
        if (reservation != null) {
            reservation.close();
        }
    }
}
