package io.troupe.driver.session;

import io.troupe.columnar.vector.Batch;
import io.troupe.driver.command.Answer;
import io.troupe.driver.command.CommandRunner;
import io.troupe.driver.job.JobHandle;
import io.troupe.driver.job.QueryJob;
import io.troupe.planner.analysis.AnalysisContext;
import io.troupe.planner.analysis.Analyzer;
import io.troupe.planner.catalog.SessionCatalog;
import io.troupe.planner.command.Command;
import io.troupe.planner.explain.PlanText;
import io.troupe.planner.expression.Attribute;
import io.troupe.planner.logical.LogicalPlan;
import io.troupe.planner.parsed.ParsedExpression;
import io.troupe.planner.parsed.ParsedPlan;
import io.troupe.planner.parsed.SqlReader;
import io.troupe.planner.physical.PhysicalQuery;
import io.troupe.planner.sql.ParserSettings;
import io.troupe.planner.sql.SqlParser;
import io.troupe.planner.sql.Statement;
import io.troupe.planner.stage.StageGraph;
import io.troupe.planner.stage.TaskLayout;
import io.troupe.planner.type.StructField;
import io.troupe.planner.type.StructType;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/// One `SparkSession`: its settings, its views, and how its plans are analysed and run. Several
/// threads may use it.
public final class Session {
    private final long id;
    private final Application application;
    private final SessionConf conf;
    private final SessionCatalog catalog;
    private final QueryCompiler compiler;
    private final CachedPlans cached;
    private final Observations observations = new Observations();
    private final CommandRunner commands;

    Session(long id, Application application, SessionConf conf) {
        this.id = id;
        this.application = application;
        this.conf = conf;
        this.catalog = new SessionCatalog(application.globalViews(), application.warehouse(conf));
        this.compiler = new QueryCompiler(application.ids(), application.sources());
        this.cached = new CachedPlans(application.ids());
        this.commands = new CommandRunner(new SessionCommands(this), application.warehouse(conf));
    }

    public long id() {
        return id;
    }

    public SessionConf conf() {
        return conf;
    }

    public SessionCatalog catalog() {
        return catalog;
    }

    Application application() {
        return application;
    }

    CachedPlans cached() {
        return cached;
    }

    /// Runs one command at a time.
    synchronized Answer execute(Command command) {
        return commands.run(command);
    }

    Observations observations() {
        return observations;
    }

    ParserSettings parserSettings() {
        return new ParserSettings(
                conf.flag("spark.sql.ansi.enabled"),
                SessionConf.zone(conf.get("spark.sql.session.timeZone")),
                "TIMESTAMP_NTZ".equals(conf.get("spark.sql.timestampType")),
                conf.flag("spark.sql.parser.escapedStringLiterals"),
                conf.flag("spark.sql.ansi.doubleQuotedIdentifiers"),
                catalog::sqlFunction);
    }

    private final class Reader implements SqlReader {
        @Override
        public ParsedExpression expression(String text) {
            return SqlParser.parseExpression(text, parserSettings());
        }

        @Override
        public ParsedPlan query(String text) {
            return switch (SqlParser.parseStatement(text, parserSettings())) {
                case Statement.Query query -> query.plan();
                case Statement.Execution _ ->
                        throw new IllegalArgumentException(
                                "A query is expected, not a command: " + text);
            };
        }
    }

    public LogicalPlan analyze(ParsedPlan plan) {
        return analyze(plan, null);
    }

    /// @param text the SQL text that the plan came from, or null
    public LogicalPlan analyze(ParsedPlan plan, String text) {
        AnalysisContext context =
                new AnalysisContext(
                        conf.all(),
                        catalog,
                        new SessionSources(application.sources(), conf),
                        application.ids(),
                        application.plans()::get,
                        new Reader(),
                        text,
                        Map.of());
        LogicalPlan analysed = Analyzer.analyze(plan, context);
        if (plan instanceof ParsedPlan.LocatedPlan located) {
            application.lines().put(analysed, located.site());
        }
        return analysed;
    }

    /// Compiles with cached parts in place of what computes them.
    QueryCompiler.Compiled compile(LogicalPlan plan, UnaryOperator<PhysicalQuery> finish) {
        return compiler.compile(
                new RecursiveTables(this).compute(cached.use(plan)),
                conf,
                application.runner().slots(),
                application.runner().isLocal(),
                finish);
    }

    LogicalPlan optimize(LogicalPlan plan) {
        return compiler.optimize(cached.use(plan), conf);
    }

    /// Starts a query.
    public JobHandle run(LogicalPlan plan, String description) {
        return run(plan, description, UnaryOperator.identity());
    }

    /// Starts a query of which only some partitions of the result are wanted.
    JobHandle run(LogicalPlan plan, String description, List<Integer> partitions) {
        materialise(plan, description);
        QueryCompiler.Compiled compiled = compile(plan, UnaryOperator.identity());
        return start(plan, compiled.of(partitions), description);
    }

    /// How many partitions the plan's result has.
    int partitions(LogicalPlan plan) {
        StageGraph graph =
                compiler.compile(
                                new RecursiveTables(this).compute(plan),
                                conf,
                                application.runner().slots(),
                                application.runner().isLocal(),
                                UnaryOperator.identity())
                        .graph();
        return resultPartitions(graph);
    }

    private int resultPartitions(StageGraph graph) {
        return TaskLayout.tasks(graph.result(), application.runner().slots(), graph.sizes()).size();
    }

    JobHandle run(LogicalPlan plan, String description, UnaryOperator<PhysicalQuery> finish) {
        materialise(plan, description);
        QueryCompiler.Compiled compiled = compile(plan, finish);
        long wanted = FirstRows.wanted(compiled.physical());
        if (wanted < 0) {
            return start(plan, compiled, description);
        }
        QueryCompiler.Compiled spread = FirstRows.ofPartitions(compiled);
        ScopedValue.Carrier properties =
                ScopedValue.where(JobProperties.CURRENT, JobProperties.current());
        return new FirstRows(
                some -> properties.call(() -> start(plan, spread.of(some), description)),
                resultPartitions(spread.graph()),
                wanted,
                application.runner().slots());
    }

    /// Starts a query that was compiled.
    RunningQuery start(LogicalPlan plan, QueryCompiler.Compiled compiled, String description) {
        QueryJob job = job(compiled, description);
        Map<String, String> properties = job.properties();
        application
                .telemetry()
                .queries()
                .queryPlanned(
                        job.queryId(),
                        () -> new QueryNotes(this).of(plan, compiled, description, properties));
        Observations.Watch observed = observations.watch(compiled.physical(), job.settings());
        try {
            return new RunningQuery(
                    job.queryId(), application.runner().run(job), description, observed);
        } catch (RuntimeException | Error e) {
            observed.ended();
            throw e;
        }
    }

    private QueryJob job(QueryCompiler.Compiled compiled, String description) {
        return new QueryJob(
                application.nextQuery(),
                compiled.graph(),
                conf.querySettings(catalog.currentDatabase()),
                description == null ? "" : description,
                JobProperties.current());
    }

    /// Fills the caches that the plan reads and that are not filled yet.
    void materialise(LogicalPlan plan, String description) {
        for (CachedPlans.Entry entry : cached.usedBy(plan)) {
            if (!application.runner().caches().isPresent(entry.id())) {
                application
                        .telemetry()
                        .queries()
                        .cacheFilled(entry.id(), entry.level(), name(entry.plan()));
                QueryCompiler.Compiled compiled =
                        compiler.compile(
                                cached.inner(entry),
                                conf,
                                application.runner().slots(),
                                application.runner().isLocal(),
                                UnaryOperator.identity());
                application
                        .runner()
                        .caches()
                        .materialise(
                                entry.id(),
                                compiled.graph(),
                                job(compiled, description),
                                entry.level());
            }
        }
    }

    /// Runs a query whose result is small, and gives all of it.
    public List<Batch> collect(LogicalPlan plan, String description) {
        List<Batch> batches = new ArrayList<>();
        try (JobHandle job = run(plan, description)) {
            for (Batch batch = job.next(); batch != null; batch = job.next()) {
                batches.add(batch);
            }
        }
        return batches;
    }

    /// A cached plan's name for people: its first line.
    private static String name(LogicalPlan plan) {
        return PlanText.logical(plan).lines().findFirst().orElse("");
    }

    /// Gives up what a cached plan holds.
    void dropCache(long cache) {
        application.runner().caches().drop(cache);
        application.telemetry().queries().cacheDropped(cache);
    }

    static StructType schema(LogicalPlan plan) {
        List<StructField> fields = new ArrayList<>();
        for (Attribute attribute : plan.output()) {
            fields.add(
                    new StructField(
                            attribute.name(),
                            attribute.type(),
                            attribute.nullable(),
                            attribute.metadata()));
        }
        return new StructType(fields);
    }

    void stop() {
        cached.all().forEach(entry -> dropCache(entry.id()));
        application.close(this);
    }
}
