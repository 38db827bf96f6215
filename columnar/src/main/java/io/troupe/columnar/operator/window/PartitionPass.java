package io.troupe.columnar.operator.window;

import io.troupe.columnar.vector.Vector;

/// Computes one window column over a partition that is read piece by piece.
interface PartitionPass extends AutoCloseable {
    /// The next rows of the partition.
    ///
    /// @param arguments the columns of the function's inputs
    /// @param orderKeys the columns of the order keys
    /// @param newPeers for each row whether it begins a group of peers
    record Piece(Vector[] arguments, Vector[] orderKeys, boolean[] newPeers, int rows) {}

    void add(Piece piece);

    /// All rows were added; the values go to the result.
    void end();

    @Override
    void close();
}
