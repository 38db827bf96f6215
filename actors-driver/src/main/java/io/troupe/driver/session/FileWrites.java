package io.troupe.driver.session;

import io.troupe.columnar.sink.FileCommitter;
import io.troupe.columnar.sink.FileSinks;
import io.troupe.columnar.sink.WrittenFile;
import io.troupe.columnar.vector.Batch;
import io.troupe.driver.command.WriteTarget;
import io.troupe.driver.job.JobHandle;
import io.troupe.planner.error.TroupeException;
import io.troupe.planner.expression.Attribute;
import io.troupe.planner.logical.LogicalPlan;
import io.troupe.planner.physical.PhysicalPlan;
import io.troupe.planner.physical.PhysicalQuery;
import io.troupe.planner.physical.WriteSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// Runs a query whose rows become files: tasks write into a staging folder, and all files appear at
/// once when the last task is done.
final class FileWrites {
    private final Session session;

    FileWrites(Session session) {
        this.session = session;
    }

    void write(LogicalPlan plan, WriteTarget target, String description) {
        write(
                plan,
                target,
                target.overwrite() ? FileCommitter.Mode.OVERWRITE : FileCommitter.Mode.APPEND,
                description);
    }

    void write(LogicalPlan plan, WriteTarget target, FileCommitter.Mode mode, String description) {
        List<Attribute> partitions = partitions(plan, target.partitionBy());
        FileSinks.check(
                new WriteSpec(
                        target.format(),
                        target.path(),
                        "",
                        plan.output(),
                        partitions,
                        target.options()));
        FileCommitter committer = FileCommitter.begin(target.path(), mode);
        if (committer == null) {
            return;
        }
        WriteSpec spec =
                new WriteSpec(
                        target.format(),
                        target.path(),
                        committer.staging(),
                        plan.output(),
                        partitions,
                        target.options());
        List<WrittenFile> files;
        try {
            files = run(plan, spec, description);
        } catch (RuntimeException | Error failure) {
            committer.abort();
            throw failure;
        }
        committer.commitJob(files);
    }

    private List<WrittenFile> run(LogicalPlan plan, WriteSpec spec, String description) {
        List<Attribute> result =
                FileSinks.RESULT.fields().stream()
                        .map(field ->
                                session.application()
                                        .ids()
                                        .attribute(field.name(), field.type(), field.nullable()))
                        .toList();
        List<WrittenFile> files = new ArrayList<>();
        try (JobHandle job =
                session.run(
                        plan,
                        description,
                        query ->
                                new PhysicalQuery(
                                        new PhysicalPlan.WriteFiles(query.root(), spec, result),
                                        query.shared(),
                                        query.singleLeaves()))) {
            for (Batch batch = job.next(); batch != null; batch = job.next()) {
                files.addAll(FileSinks.written(batch));
            }
        }
        return files;
    }

    private static List<Attribute> partitions(LogicalPlan plan, List<String> names) {
        List<Attribute> found = new ArrayList<>();
        for (String name : names) {
            found.add(
                    plan.output().stream()
                            .filter(column -> column.name().equalsIgnoreCase(name))
                            .findFirst()
                            .orElseThrow(() -> noColumn(plan, name)));
        }
        return found;
    }

    private static TroupeException noColumn(LogicalPlan plan, String name) {
        String known =
                String.join(
                        ", ",
                        plan.output().stream().map(column -> "`" + column.name() + "`").toList());
        return TroupeException.analysis(
                "UNRESOLVED_COLUMN.WITH_SUGGESTION",
                "42703",
                "A column, variable, or function parameter with name `"
                        + name
                        + "` cannot be resolved. Did you mean one of the following? ["
                        + known
                        + "].",
                Map.of("objectName", "`" + name + "`", "proposal", known));
    }
}
