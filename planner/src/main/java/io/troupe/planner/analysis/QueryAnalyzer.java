package io.troupe.planner.analysis;

import io.troupe.planner.error.Conditions;
import io.troupe.planner.error.QueryContext;
import io.troupe.planner.error.TroupeException;
import io.troupe.planner.expression.AttributeIds;
import io.troupe.planner.function.Dialect;
import io.troupe.planner.logical.Distinct;
import io.troupe.planner.logical.LogicalPlan;
import io.troupe.planner.logical.OneRow;
import io.troupe.planner.logical.Sample;
import io.troupe.planner.logical.Tail;
import io.troupe.planner.parsed.ParsedExpression.WindowDefinition;
import io.troupe.planner.parsed.ParsedPlan;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.function.Supplier;

/// Resolves the plans of one query level: those that see the same outer columns and common tables.
final class QueryAnalyzer {
    private final AnalysisContext context;
    private final Scope outer;
    private final CommonTables tables;
    private final Dialect dialect;
    private Map<String, WindowDefinition> windows = Map.of();
    private String text;

    QueryAnalyzer(AnalysisContext context, Scope outer, CommonTables tables) {
        this.context = context;
        this.outer = outer;
        this.tables = tables;
        this.dialect = context.dialect();
        this.text = context.text();
    }

    AnalysisContext context() {
        return context;
    }

    Scope outer() {
        return outer;
    }

    CommonTables tables() {
        return tables;
    }

    Dialect dialect() {
        return dialect;
    }

    AttributeIds ids() {
        return context.ids();
    }

    /// For a query within this one that sees the given columns as outer ones.
    QueryAnalyzer nested(Scope scope) {
        return new QueryAnalyzer(context, scope, tables);
    }

    QueryAnalyzer with(CommonTables tables) {
        return new QueryAnalyzer(context, outer, tables);
    }

    ExpressionAnalyzer expressions(LogicalPlan input, Extraction extraction) {
        return new ExpressionAnalyzer(this, Scope.of(input, outer), extraction);
    }

    Extraction extraction() {
        return new Extraction(ids());
    }

    WindowDefinition namedWindow(String name) {
        WindowDefinition window = windows.get(name.toLowerCase(Locale.ROOT));
        if (window == null) {
            throw Conditions.analysis("MISSING_WINDOW_SPECIFICATION", "windowName", name);
        }
        return window;
    }

    LogicalPlan analyze(ParsedPlan parsed) {
        return switch (parsed) {
            case ParsedPlan.LocatedPlan located -> located(located);
            case ParsedPlan.Analysed analysed -> analysed(analysed.plan());
            case ParsedPlan.Read _,
                    ParsedPlan.Table _,
                    ParsedPlan.TableFunction _,
                    ParsedPlan.Numbers _,
                    ParsedPlan.Uploaded _ ->
                    new Relations(this).analyze(parsed);
            case ParsedPlan.Values values -> new InlineTables(this).analyze(values);
            case ParsedPlan.NoTable _ -> new OneRow();
            case ParsedPlan.Select select -> new SelectAnalyzer(this).analyze(select);
            case ParsedPlan.GroupBy groupBy -> new GroupingAnalyzer(this).analyze(groupBy);
            case ParsedPlan.Where where -> new FilterAnalyzer(this).where(where);
            case ParsedPlan.Qualify qualify -> new FilterAnalyzer(this).qualify(qualify);
            case ParsedPlan.NamedWindows named -> namedWindows(named);
            case ParsedPlan.SelectDistinct distinct -> distinct(analyze(distinct.child()));
            case ParsedPlan.JoinOf join -> new JoinAnalyzer(this).analyze(join);
            case ParsedPlan.LateralView view -> new LateralViews(this).analyze(view);
            case ParsedPlan.OrderBy order -> new SortAnalyzer(this).analyze(order);
            case ParsedPlan.OrderByAll order -> new SortAnalyzer(this).all(order);
            case ParsedPlan.RepartitionBy repartition ->
                    new SortAnalyzer(this).repartition(repartition);
            case ParsedPlan.LimitOffset limit -> new LimitAnalyzer(this).analyze(limit);
            case ParsedPlan.LastRows last -> new Tail(analyze(last.child()), last.count());
            case ParsedPlan.UnionOf union -> new SetOperationAnalyzer(this).union(union);
            case ParsedPlan.SetOperationOf operation ->
                    new SetOperationAnalyzer(this).analyze(operation);
            case ParsedPlan.With with -> new CommonTableAnalyzer(this).analyze(with);
            case ParsedPlan.DropDuplicates _,
                    ParsedPlan.Aliased _,
                    ParsedPlan.AddColumns _,
                    ParsedPlan.RenameColumns _,
                    ParsedPlan.RenameAll _,
                    ParsedPlan.DropColumns _,
                    ParsedPlan.Hint _ ->
                    new ColumnEdits(this).analyze(parsed);
            case ParsedPlan.Pivot pivot -> new PivotAnalyzer(this).analyze(pivot);
            case ParsedPlan.Unpivot unpivot -> new UnpivotAnalyzer(this).analyze(unpivot);
            case ParsedPlan.SampleOf sample -> sample(sample);
            case ParsedPlan.ObserveMetrics observe -> new PythonPlans(this).observe(observe);
            case ParsedPlan.PythonTableFunction call -> new PythonTables(this).analyze(call);
            case ParsedPlan.MapPython map -> new PythonPlans(this).map(map);
            case ParsedPlan.GroupMapPython map -> new PythonPlans(this).groupMap(map);
            case ParsedPlan.CogroupMapPython map -> new PythonPlans(this).cogroupMap(map);
        };
    }

    private LogicalPlan located(ParsedPlan.LocatedPlan located) {
        try {
            return analyze(located.child());
        } catch (TroupeException e) {
            throw placed(e, located.site(), located.start(), located.stop());
        }
    }

    /// The error with the line of the script or the part of the SQL text that it is about.
    TroupeException placed(TroupeException error, String site, int start, int stop) {
        if (site != null) {
            error.at(site);
        }
        return start < 0 || text == null ? error : error.in(new QueryContext(text, start, stop));
    }

    /// Runs the work while offsets of parsed trees point into the given text.
    <T> T within(String text, Supplier<T> work) {
        String before = this.text;
        this.text = text;
        try {
            return work.get();
        } finally {
            this.text = before;
        }
    }

    private LogicalPlan analysed(long id) {
        LogicalPlan plan = context.plans().apply(id);
        if (plan == null) {
            throw new IllegalStateException(
                    "the session holds no plan " + id + ": it was released, or the session ended");
        }
        return plan;
    }

    private LogicalPlan namedWindows(ParsedPlan.NamedWindows named) {
        QueryAnalyzer inner = new QueryAnalyzer(context, outer, tables);
        Map<String, WindowDefinition> byName = new java.util.HashMap<>();
        named.windows()
                .forEach((name, window) -> byName.put(name.toLowerCase(Locale.ROOT), window));
        inner.windows = byName;
        return inner.analyze(named.child());
    }

    static LogicalPlan distinct(LogicalPlan child) {
        SetOperationAnalyzer.checkComparable(child.output());
        return new Distinct(child);
    }

    private LogicalPlan sample(ParsedPlan.SampleOf sample) {
        long seed = sample.seed() == null ? new Random().nextLong() : sample.seed();
        return new Sample(
                analyze(sample.child()),
                sample.lower(),
                sample.upper(),
                sample.replacement(),
                seed);
    }
}
