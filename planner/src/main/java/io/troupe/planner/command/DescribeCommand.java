package io.troupe.planner.command;

import io.troupe.planner.parsed.ParsedPlan;
import java.util.List;

/// DESCRIBE.
public sealed interface DescribeCommand extends Command {
    /// `column` empty and `partition` null when absent.
    record Table(
            List<String> name,
            boolean extended,
            Partition partition,
            List<String> column,
            boolean json)
            implements DescribeCommand {}

    record Query(ParsedPlan query) implements DescribeCommand {}

    record Function(List<String> name, boolean extended) implements DescribeCommand {}

    record Database(List<String> name, boolean extended) implements DescribeCommand {}
}
