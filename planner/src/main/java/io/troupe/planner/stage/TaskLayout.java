package io.troupe.planner.stage;

import io.troupe.planner.catalog.FileEntry;
import io.troupe.planner.logical.LocalTable;
import io.troupe.planner.logical.Range;
import io.troupe.planner.physical.PhysicalPlan;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;

/// Divides a stage's input among tasks: files by bytes, exchanges by reduce partition or by size,
/// broadcast inputs to every task. Leaves under one join go together; children of a union have
/// tasks of their own.
public final class TaskLayout {
    /// Splits per slot that a scan aims at, so that slots finish at about the same time.
    private static final int SPLITS_PER_SLOT = 4;

    private static final long MAX_SPLIT_BYTES = 128L << 20;
    private static final long MIN_SPLIT_BYTES = 2L << 20;
    private static final long FILE_OPEN_BYTES = 1L << 20;
    private static final long MIN_ROWS = 1 << 16;

    private final int slots;
    private final InputSizes sizes;
    private final Set<Integer> singleLeaves;
    private final ExchangeShares exchanges;

    private TaskLayout(Stage stage, int slots, InputSizes sizes) {
        this.slots = Math.max(1, slots);
        this.sizes = sizes;
        this.singleLeaves = stage.singleLeaves();
        this.exchanges = new ExchangeShares(stage, this.slots, sizes);
    }

    /// The tasks of the stage, at least one.
    public static List<TaskSpec> tasks(Stage stage, int slots, InputSizes sizes) {
        TaskLayout layout = new TaskLayout(stage, slots, sizes);
        Shares shares = layout.shares(stage.plan());
        List<TaskSpec> tasks = new ArrayList<>();
        for (List<LeafInput> task : shares.tasks()) {
            List<LeafInput> inputs = new ArrayList<>(task);
            inputs.addAll(shares.everywhere());
            tasks.add(new TaskSpec(tasks.size(), inputs));
        }
        if (tasks.isEmpty()) {
            tasks.add(new TaskSpec(0, shares.everywhere()));
        }
        return stage.chosen() == null ? tasks : chosen(tasks, stage.chosen());
    }

    private static List<TaskSpec> chosen(List<TaskSpec> tasks, List<Integer> numbers) {
        List<TaskSpec> some = new ArrayList<>();
        for (int number : numbers) {
            if (number < 0 || number >= tasks.size()) {
                throw new IllegalArgumentException(
                        "partition " + number + " of " + tasks.size() + " does not exist");
            }
            some.add(new TaskSpec(some.size(), number, tasks.get(number).inputs()));
        }
        return some;
    }

    /// Inputs of each task, and those that every task gets.
    private record Shares(List<List<LeafInput>> tasks, List<LeafInput> everywhere) {}

    private Shares shares(PhysicalPlan plan) {
        return switch (plan) {
            case PhysicalPlan.ExchangeRead read when read.broadcast() ->
                    new Shares(List.of(), List.of(new LeafInput.Whole(read.leaf())));
            case PhysicalPlan.ExchangeRead read -> split(exchanges.of(read));
            case PhysicalPlan.FileScan scan -> split(files(scan));
            case PhysicalPlan.RangeScan range ->
                    split(range(range, Range.rows(range.start(), range.end(), range.step())));
            case PhysicalPlan.LocalScan local -> split(local(local));
            case PhysicalPlan.CacheScan cache -> split(cached(cache));
            case PhysicalPlan.Union union -> union(union);
            default -> together(plan.children());
        };
    }

    private static Shares split(List<? extends LeafInput> inputs) {
        List<List<LeafInput>> tasks = new ArrayList<>();
        inputs.forEach(input -> tasks.add(List.of(input)));
        return new Shares(tasks, List.of());
    }

    /// Children that one task reads side by side: their task lists have the same length, or are
    /// only broadcast.
    private Shares together(List<PhysicalPlan> children) {
        List<List<LeafInput>> tasks = new ArrayList<>();
        List<LeafInput> everywhere = new ArrayList<>();
        for (PhysicalPlan child : children) {
            Shares shares = shares(child);
            everywhere.addAll(shares.everywhere());
            for (int i = 0; i < shares.tasks().size(); i++) {
                if (i == tasks.size()) {
                    tasks.add(new ArrayList<>());
                }
                tasks.get(i).addAll(shares.tasks().get(i));
            }
        }
        return new Shares(tasks, everywhere);
    }

    private Shares union(PhysicalPlan.Union union) {
        List<Shares> all = union.children().stream().map(this::shares).toList();
        if (all.stream().allMatch(shares -> shares.tasks().size() <= 1)) {
            return together(union.children());
        }
        List<List<LeafInput>> tasks = new ArrayList<>();
        for (Shares shares : all) {
            for (List<LeafInput> task : shares.tasks()) {
                List<LeafInput> inputs = new ArrayList<>(task);
                inputs.addAll(shares.everywhere());
                tasks.add(inputs);
            }
        }
        return new Shares(tasks, List.of());
    }

    private List<LeafInput> files(PhysicalPlan.FileScan scan) {
        List<FileEntry> files = new ArrayList<>(scan.relation().files());
        if (singleLeaves.contains(scan.leaf())) {
            return List.of(
                    new LeafInput.Files(
                            scan.leaf(),
                            files.stream()
                                    .map(file -> new LeafInput.FileSplit(file, 0, file.size()))
                                    .toList()));
        }
        long target =
                Math.clamp(
                        scan.relation().bytes() / ((long) slots * SPLITS_PER_SLOT),
                        MIN_SPLIT_BYTES,
                        MAX_SPLIT_BYTES);
        List<LeafInput.FileSplit> splits = new ArrayList<>();
        for (FileEntry file : files) {
            long pieces = isSplittable(scan) ? Math.max(1, Math.ceilDiv(file.size(), target)) : 1;
            long length = Math.ceilDiv(Math.max(1, file.size()), pieces);
            for (long offset = 0; offset < Math.max(1, file.size()); offset += length) {
                splits.add(
                        new LeafInput.FileSplit(
                                file, offset, Math.min(length, file.size() - offset)));
            }
        }
        return packed(scan.leaf(), splits, target);
    }

    private static boolean isSplittable(PhysicalPlan.FileScan scan) {
        var options = scan.relation().options();
        boolean compressed =
                scan.relation().files().stream()
                        .anyMatch(file ->
                                file.path().matches(".*\\.(gz|gzip|zst|bz2|deflate|lz4|snappy)$"));
        return switch (scan.relation().format()) {
            case "parquet" -> true;
            case "csv", "json", "text" ->
                    !compressed
                            && !"true".equalsIgnoreCase(options.get("multiline"))
                            && !"true".equalsIgnoreCase(options.get("wholetext"));
            default -> false;
        };
    }

    /// Largest first, each into the current task until it is full: many small files share a task.
    private static List<LeafInput> packed(int leaf, List<LeafInput.FileSplit> splits, long target) {
        List<LeafInput.FileSplit> ordered = new ArrayList<>(splits);
        if (splits.stream().mapToLong(LeafInput.FileSplit::length).max().orElse(0) < target / 2) {
            ordered.sort(Comparator.comparingLong(LeafInput.FileSplit::length).reversed());
        }
        List<LeafInput> tasks = new ArrayList<>();
        List<LeafInput.FileSplit> current = new ArrayList<>();
        long bytes = 0;
        for (LeafInput.FileSplit split : ordered) {
            if (!current.isEmpty() && bytes + split.length() > target + target / 8) {
                tasks.add(new LeafInput.Files(leaf, List.copyOf(current)));
                current.clear();
                bytes = 0;
            }
            current.add(split);
            bytes += split.length() + FILE_OPEN_BYTES / 4;
        }
        if (!current.isEmpty()) {
            tasks.add(new LeafInput.Files(leaf, List.copyOf(current)));
        }
        return tasks;
    }

    /// As many slices as were asked for, some of them empty when there are fewer rows.
    private List<LeafInput> range(PhysicalPlan.RangeScan range, long rows) {
        int slices = range.partitions();
        if (slices <= 1) {
            return rows(range.leaf(), rows);
        }
        List<LeafInput> inputs = new ArrayList<>();
        for (int i = 0; i < slices; i++) {
            inputs.add(
                    new LeafInput.Rows(
                            range.leaf(), slice(rows, i, slices), slice(rows, i + 1, slices)));
        }
        return inputs;
    }

    private static long slice(long rows, int i, int slices) {
        return rows / slices * i + rows % slices * i / slices;
    }

    private List<LeafInput> rows(int leaf, long rows) {
        if (singleLeaves.contains(leaf) || rows <= MIN_ROWS) {
            return List.of(new LeafInput.Rows(leaf, 0, rows));
        }
        long tasks = Math.min((long) slots * SPLITS_PER_SLOT, Math.ceilDiv(rows, MIN_ROWS));
        long each = Math.ceilDiv(rows, tasks);
        List<LeafInput> inputs = new ArrayList<>();
        for (long from = 0; from < rows; from += each) {
            inputs.add(new LeafInput.Rows(leaf, from, Math.min(rows, from + each)));
        }
        return inputs;
    }

    private List<LeafInput> local(PhysicalPlan.LocalScan local) {
        return local.table() instanceof LocalTable.ArrowStream
                ? List.of(new LeafInput.Rows(local.leaf(), 0, local.table().rows()))
                : rows(local.leaf(), local.table().rows());
    }

    private List<LeafInput> cached(PhysicalPlan.CacheScan cache) {
        int count = sizes.cachedPartitions(cache.cacheId());
        List<LeafInput> inputs = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            inputs.add(new LeafInput.Cached(cache.leaf(), i, i + 1));
        }
        return inputs;
    }
}
