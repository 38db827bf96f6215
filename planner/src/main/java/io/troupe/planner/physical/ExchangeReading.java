package io.troupe.planner.physical;

/// How the tasks of a stage share what an exchange gives.
public enum ExchangeReading {
    /// Each task reads all of it.
    ALL,

    /// Each task reads one partition: their number was asked for.
    EACH,

    /// Each task reads one partition, some neighbouring small ones, or a part of a large one,
    /// whatever the sizes ask for once they are known.
    BY_SIZE,

    /// Each task reads all that some of the producing tasks gave.
    BY_PRODUCER;

    static ExchangeReading of(Partitioning partitioning) {
        return switch (partitioning) {
            case Partitioning.Broadcast _ -> ALL;
            case Partitioning.Unmoved _ -> BY_PRODUCER;
            case Partitioning.Hash _, Partitioning.Range _ -> BY_SIZE;
            case Partitioning.Single _, Partitioning.RoundRobin _, Partitioning.ById _ -> EACH;
        };
    }
}
