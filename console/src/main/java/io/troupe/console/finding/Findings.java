package io.troupe.console.finding;

import io.troupe.console.model.ApplicationModel;
import io.troupe.console.model.QueryModel;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.WeakHashMap;

/// All rules, and what they find, costliest first.
public final class Findings {
    private static final int MOST = 50;
    private static final int LATEST_QUERIES = 300;
    private static final Comparator<Finding> COSTLIEST =
            Comparator.comparingDouble(Finding::seconds).reversed();

    private static final List<Rule> RULES =
            List.of(
                    new SkewRule(),
                    new SpillRule(),
                    new TinyPartitionsRule(),
                    new HugePartitionsRule(),
                    new SmallFilesRule(),
                    new PythonBoundRule(),
                    new CollectRule(),
                    new PushDownRule(),
                    new CartesianRule(),
                    new GcRule(),
                    new StragglerRule(),
                    new RetriesRule());

    /// Looks beyond its query, and so anew each time.
    private static final Rule ACROSS = new RepeatedScanRule();

    /// What was found in queries that have ended: it changes no more, and pages ask each second.
    private static final Map<QueryModel, List<Finding>> ENDED = new WeakHashMap<>();

    private Findings() {}

    /// What is found in the latest queries of an application.
    public static List<Finding> of(ApplicationModel model) {
        List<Finding> found = new ArrayList<>();
        long skipped = Math.max(0, model.queries().size() - LATEST_QUERIES);
        model.queries().stream().skip(skipped).forEach(query -> found.addAll(of(model, query)));
        found.sort(COSTLIEST);
        return found.size() > MOST ? found.subList(0, MOST) : found;
    }

    /// What is found in one query.
    public static List<Finding> of(ApplicationModel model, QueryModel query) {
        boolean ended =
                !query.jobs().isEmpty()
                        && query.jobs().stream()
                                .allMatch(j -> model.job(j) == null || !model.job(j).isRunning());
        List<Finding> found = new ArrayList<>(ended ? kept(model, query) : look(model, query));
        found.addAll(ACROSS.look(new QueryFacts(model, query, List.of(), List.of())));
        found.sort(COSTLIEST);
        return found;
    }

    private static List<Finding> kept(ApplicationModel model, QueryModel query) {
        synchronized (ENDED) {
            return ENDED.computeIfAbsent(query, key -> look(model, key));
        }
    }

    private static List<Finding> look(ApplicationModel model, QueryModel query) {
        List<Finding> found = new ArrayList<>();
        QueryFacts facts = QueryFacts.of(model, query);
        RULES.forEach(rule -> found.addAll(rule.look(facts)));
        return found;
    }
}
