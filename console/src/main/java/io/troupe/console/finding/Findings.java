package io.troupe.console.finding;

import io.troupe.console.model.ApplicationModel;
import io.troupe.console.model.PerQuery;
import io.troupe.console.model.QueryModel;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

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

    /// Looks at all queries together.
    private static final RepeatedScanRule ACROSS = new RepeatedScanRule();

    private static final PerQuery<List<Finding>> FOUND = new PerQuery<>();

    private Findings() {}

    /// What is found in the latest queries of an application.
    public static List<Finding> of(ApplicationModel model) {
        List<Finding> found = new ArrayList<>();
        long skipped = Math.max(0, model.queries().size() - LATEST_QUERIES);
        model.queries().stream()
                .skip(skipped)
                .forEach(query -> found.addAll(FOUND.of(query, key -> look(model, key))));
        found.addAll(ACROSS.look(model));
        found.sort(COSTLIEST);
        return found.size() > MOST ? found.subList(0, MOST) : found;
    }

    /// What is found in one query.
    public static List<Finding> of(ApplicationModel model, QueryModel query) {
        List<Finding> found = new ArrayList<>(FOUND.of(query, key -> look(model, key)));
        ACROSS.look(model).stream().filter(f -> f.query() == query.id()).forEach(found::add);
        found.sort(COSTLIEST);
        return found;
    }

    private static List<Finding> look(ApplicationModel model, QueryModel query) {
        List<Finding> found = new ArrayList<>();
        QueryFacts facts = QueryFacts.of(model, query);
        RULES.forEach(rule -> found.addAll(rule.look(facts)));
        return found;
    }
}
