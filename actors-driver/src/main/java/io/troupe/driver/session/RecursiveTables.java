package io.troupe.driver.session;

import io.troupe.columnar.arrow.ArrowStreamWriter;
import io.troupe.columnar.vector.Batch;
import io.troupe.planner.error.TroupeException;
import io.troupe.planner.expression.Attribute;
import io.troupe.planner.expression.Expressions;
import io.troupe.planner.expression.Named;
import io.troupe.planner.expression.Subquery;
import io.troupe.planner.logical.CommonTableScan;
import io.troupe.planner.logical.Distinct;
import io.troupe.planner.logical.Limit;
import io.troupe.planner.logical.LocalData;
import io.troupe.planner.logical.LocalTable;
import io.troupe.planner.logical.LogicalPlan;
import io.troupe.planner.logical.Plans;
import io.troupe.planner.logical.Project;
import io.troupe.planner.logical.RecursiveTable;
import io.troupe.planner.logical.SetOperation;
import io.troupe.planner.logical.WithCommonTable;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/// Computes recursive common tables before the query that reads them: the anchor, then the step
/// over the rows of the round before, until a round gives none.
final class RecursiveTables {
    private final Session session;

    RecursiveTables(Session session) {
        this.session = session;
    }

    /// The plan with every recursive table replaced by its rows.
    LogicalPlan compute(LogicalPlan plan) {
        return compute(plan, List.of(), Long.MAX_VALUE);
    }

    /// @param around the common tables bound around the plan, outermost first
    /// @param wanted how many rows are read at most
    private LogicalPlan compute(LogicalPlan plan, List<WithCommonTable> around, long wanted) {
        return switch (plan) {
            case RecursiveTable table -> rounds(ready(table, around), wanted);
            case WithCommonTable with -> {
                LogicalPlan definition = compute(with.definition(), around, Long.MAX_VALUE);
                List<WithCommonTable> bound = new ArrayList<>(around);
                bound.add(new WithCommonTable(with.id(), with.name(), definition, definition));
                yield new WithCommonTable(
                        with.id(),
                        with.name(),
                        definition,
                        compute(with.child(), bound, Long.MAX_VALUE));
            }
            case Limit limit when limit.count() != Limit.NO_LIMIT -> {
                long rows = Math.min(wanted, limit.count() + limit.offset());
                yield Plans.mapChildren(limit, child -> compute(child, around, rows));
            }
            case Project project ->
                    inside(
                            Plans.mapChildren(project, child -> compute(child, around, wanted)),
                            around);
            default ->
                    inside(
                            Plans.mapChildren(
                                    plan, child -> compute(child, around, Long.MAX_VALUE)),
                            around);
        };
    }

    /// Rounds run as queries of their own: what is bound around the table is bound around each.
    private RecursiveTable ready(RecursiveTable table, List<WithCommonTable> around) {
        return (RecursiveTable)
                Plans.mapChildren(
                        table,
                        child -> {
                            LogicalPlan bound = compute(child, around, Long.MAX_VALUE);
                            for (WithCommonTable with : around.reversed()) {
                                bound =
                                        new WithCommonTable(
                                                with.id(), with.name(), with.definition(), bound);
                            }
                            return bound;
                        });
    }

    private LogicalPlan inside(LogicalPlan plan, List<WithCommonTable> around) {
        return inSubqueries(plan, query -> compute(query, around, Long.MAX_VALUE));
    }

    private static LogicalPlan inSubqueries(LogicalPlan plan, UnaryOperator<LogicalPlan> rule) {
        if (Plans.expressions(plan).stream().noneMatch(Expressions::hasSubquery)) {
            return plan;
        }
        return Plans.mapExpressions(
                plan,
                root ->
                        Expressions.transformUp(
                                root,
                                node ->
                                        node instanceof Subquery subquery
                                                ? new Subquery(
                                                        subquery.kind(),
                                                        rule.apply((LogicalPlan) subquery.plan()),
                                                        subquery.values())
                                                : node));
    }

    private LogicalPlan rounds(RecursiveTable table, long wanted) {
        List<Attribute> output = table.output();
        List<Batch> round =
                session.collect(aligned(table.anchor(), output), "recursive table, anchor");
        if (table.distinct()) {
            round = session.collect(new Distinct(held(round, output)), "recursive table, anchor");
        }
        List<Batch> all = new ArrayList<>(round);
        for (int number = 1; rows(round) > 0 && rows(all) < wanted; number++) {
            if (number > table.maximumRounds()) {
                throw new TroupeException(
                        TroupeException.Kind.SparkRuntimeException,
                        "RECURSION_LEVEL_LIMIT_EXCEEDED",
                        "42836",
                        "Recursion level limit "
                                + table.maximumRounds()
                                + " reached but query has not exhausted, try increasing it like 'WITH RECURSIVE t(col) MAX RECURSION LEVEL 200'.",
                        Map.of("levelLimit", String.valueOf(table.maximumRounds())));
            }
            LogicalPlan step = aligned(step(table, held(round, output)), output);
            if (table.distinct()) {
                List<Attribute> fresh =
                        output.stream().map(session.application().ids()::copy).toList();
                step =
                        new SetOperation(
                                step, held(all, output), SetOperation.Kind.EXCEPT, false, fresh);
            }
            round = session.collect(step, "recursive table, round " + number);
            all.addAll(round);
        }
        return held(all, output);
    }

    private static LogicalPlan step(RecursiveTable table, LocalData rows) {
        return overRows(table.step(), table.id(), rows);
    }

    private static LogicalPlan overRows(LogicalPlan plan, long id, LocalData rows) {
        if (!(plan instanceof CommonTableScan scan) || scan.id() != id) {
            return inSubqueries(
                    Plans.mapChildren(plan, child -> overRows(child, id, rows)),
                    query -> overRows(query, id, rows));
        }
        List<Named> columns = new ArrayList<>();
        for (int i = 0; i < scan.output().size(); i++) {
            columns.add(new Named(scan.output().get(i), rows.output().get(i)));
        }
        return new Project(rows, columns);
    }

    /// The plan's columns by position, under identities of their own.
    private LogicalPlan aligned(LogicalPlan plan, List<Attribute> output) {
        List<Named> columns = new ArrayList<>();
        for (int i = 0; i < output.size(); i++) {
            columns.add(
                    new Named(
                            session.application().ids().copy(output.get(i)), plan.output().get(i)));
        }
        return new Project(plan, columns);
    }

    private static long rows(List<Batch> batches) {
        return batches.stream().mapToLong(Batch::selected).sum();
    }

    private LocalData held(List<Batch> batches, List<Attribute> output) {
        LogicalPlan shape = new LocalData(output, new LocalTable.Rows(List.of()));
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try {
            ArrowStreamWriter writer =
                    new ArrowStreamWriter(
                            bytes,
                            Session.schema(shape),
                            session.conf().get("spark.sql.session.timeZone"));
            for (Batch batch : batches) {
                writer.write(batch);
            }
            writer.finish();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new LocalData(
                output, new LocalTable.ArrowStream(bytes.toByteArray(), rows(batches)));
    }
}
