package io.troupe.driver.command;

import io.troupe.planner.analysis.AnalysisContext;
import io.troupe.planner.analysis.Analyzer;
import io.troupe.planner.catalog.FileRelation;
import io.troupe.planner.catalog.SessionCatalog;
import io.troupe.planner.catalog.Sources;
import io.troupe.planner.expression.AttributeIds;
import io.troupe.planner.logical.LogicalPlan;
import io.troupe.planner.parsed.ParsedExpression;
import io.troupe.planner.parsed.ParsedPlan;
import io.troupe.planner.parsed.SqlReader;
import io.troupe.planner.sql.ParserSettings;
import io.troupe.planner.sql.SqlParser;
import io.troupe.planner.sql.Statement;
import io.troupe.planner.statistics.TableStatistics;
import io.troupe.planner.type.StructType;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;

/// A session that analyses for real, gives prepared rows and remembers what it was asked to write
/// and cache.
final class RecordingSession implements CommandSession {
    final List<WriteTarget> writes = new ArrayList<>();
    final List<LogicalPlan> written = new ArrayList<>();
    final List<List<Object>> rows = new ArrayList<>();
    final Map<String, String> settings = new HashMap<>();
    final List<LogicalPlan> cached = new ArrayList<>();
    private final AttributeIds ids = new AttributeIds();
    private final SessionCatalog catalog;

    RecordingSession(Warehouse warehouse) {
        this.catalog = new SessionCatalog(new ConcurrentSkipListMap<>(), warehouse);
    }

    @Override
    public SessionCatalog catalog() {
        return catalog;
    }

    @Override
    public ParserSettings parserSettings() {
        return ParserSettings.DEFAULT.withFunctions(catalog::sqlFunction);
    }

    @Override
    public LogicalPlan analyze(ParsedPlan plan) {
        return Analyzer.analyze(
                plan,
                new AnalysisContext(
                        settings,
                        catalog,
                        new NoFiles(),
                        ids,
                        id -> null,
                        new Reader(),
                        null,
                        Map.of()));
    }

    private final class Reader implements SqlReader {
        @Override
        public ParsedExpression expression(String text) {
            return SqlParser.parseExpression(text, parserSettings());
        }

        @Override
        public ParsedPlan query(String text) {
            return ((Statement.Query) SqlParser.parseStatement(text, parserSettings())).plan();
        }
    }

    private static final class NoFiles implements Sources {
        @Override
        public FileRelation open(
                String format, List<String> paths, Map<String, String> options, StructType schema) {
            return new FileRelation(format, List.of(), schema, new StructType(List.of()), options);
        }

        @Override
        public TableStatistics statistics(FileRelation relation) {
            throw new IllegalStateException("no statistics here");
        }
    }

    @Override
    public List<List<Object>> collect(LogicalPlan plan) {
        return List.copyOf(rows);
    }

    @Override
    public void write(LogicalPlan plan, WriteTarget target) {
        writes.add(target);
        written.add(plan);
    }

    @Override
    public String explain(LogicalPlan plan, String mode) {
        return mode;
    }

    @Override
    public String setting(String key) {
        return settings.get(key);
    }

    @Override
    public void set(String key, String value) {
        settings.put(key, value);
    }

    @Override
    public void unset(String key) {
        settings.remove(key);
    }

    @Override
    public Map<String, String> settings() {
        return Map.copyOf(settings);
    }

    @Override
    public void cache(LogicalPlan plan, String storageLevel, boolean lazy) {
        cached.add(plan);
    }

    @Override
    public boolean isCached(LogicalPlan plan) {
        return cached.contains(plan);
    }

    @Override
    public void uncache(LogicalPlan plan) {
        cached.remove(plan);
    }

    @Override
    public void uncacheAll() {
        cached.clear();
    }

    @Override
    public void refresh(String path) {}
}
