package io.troupe.driver.session;

import io.troupe.columnar.column.Values;
import io.troupe.columnar.vector.Batch;
import io.troupe.driver.command.CommandSession;
import io.troupe.driver.command.WriteTarget;
import io.troupe.planner.catalog.SessionCatalog;
import io.troupe.planner.expression.Attribute;
import io.troupe.planner.logical.LogicalPlan;
import io.troupe.planner.logical.Plans;
import io.troupe.planner.logical.Scan;
import io.troupe.planner.parsed.ParsedPlan;
import io.troupe.planner.sql.ParserSettings;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// A session as its commands see it.
final class SessionCommands implements CommandSession {
    private final Session session;

    SessionCommands(Session session) {
        this.session = session;
    }

    @Override
    public SessionCatalog catalog() {
        return session.catalog();
    }

    @Override
    public ParserSettings parserSettings() {
        return session.parserSettings();
    }

    @Override
    public LogicalPlan analyze(ParsedPlan plan) {
        return session.analyze(plan);
    }

    @Override
    public List<List<Object>> collect(LogicalPlan plan) {
        List<List<Object>> rows = new ArrayList<>();
        List<Attribute> columns = plan.output();
        for (Batch batch : session.collect(plan, "command")) {
            for (int i = 0; i < batch.selected(); i++) {
                List<Object> row = new ArrayList<>(columns.size());
                for (int c = 0; c < columns.size(); c++) {
                    row.add(Values.get(batch.column(c), batch.row(i), columns.get(c).type()));
                }
                rows.add(row);
            }
        }
        return rows;
    }

    @Override
    public void write(LogicalPlan plan, WriteTarget target) {
        new FileWrites(session).write(plan, target, "write to " + target.path());
    }

    @Override
    public String explain(LogicalPlan plan, String mode) {
        return new Explanation(session).text(plan, mode, null);
    }

    @Override
    public String setting(String key) {
        return session.conf().get(key);
    }

    @Override
    public void set(String key, String value) {
        session.conf().set(key, value);
    }

    @Override
    public void unset(String key) {
        session.conf().unset(key);
    }

    @Override
    public Map<String, String> settings() {
        return session.conf().all();
    }

    @Override
    public void cache(LogicalPlan plan, String storageLevel, boolean lazy) {
        session.cached().add(plan, storageLevel);
        if (!lazy) {
            session.materialise(plan, "cache table");
        }
    }

    @Override
    public boolean isCached(LogicalPlan plan) {
        return session.cached().find(plan) != null;
    }

    @Override
    public void uncache(LogicalPlan plan) {
        CachedPlans.Entry entry = session.cached().remove(plan);
        if (entry != null) {
            session.dropCache(entry.id());
        }
    }

    @Override
    public void uncacheAll() {
        session.cached().all().forEach(entry -> uncache(entry.plan()));
    }

    /// Kept results that were read from below the path are computed again when they are needed:
    /// their plans list files of before.
    @Override
    public void refresh(String path) {
        String folder = path.endsWith("/") ? path : path + "/";
        for (CachedPlans.Entry entry : session.cached().all()) {
            boolean reads =
                    Plans.exists(
                            entry.plan(),
                            node ->
                                    node instanceof Scan scan
                                            && scan.relation().files().stream()
                                                    .anyMatch(file ->
                                                            file.path().startsWith(folder)));
            if (reads) {
                uncache(entry.plan());
            }
        }
    }
}
