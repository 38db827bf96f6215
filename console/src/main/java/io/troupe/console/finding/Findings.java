package io.troupe.console.finding;

import io.troupe.console.model.ApplicationModel;
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
                    new RepeatedScanRule(),
                    new GcRule(),
                    new StragglerRule(),
                    new RetriesRule());

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
        List<Finding> found = new ArrayList<>();
        QueryFacts facts = QueryFacts.of(model, query);
        RULES.forEach(rule -> found.addAll(rule.look(facts)));
        found.sort(COSTLIEST);
        return found;
    }
}
