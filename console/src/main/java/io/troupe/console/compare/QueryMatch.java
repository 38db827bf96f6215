package io.troupe.console.compare;

import io.troupe.console.model.ApplicationModel;
import io.troupe.console.model.QueryModel;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// The same query in two runs.
///
/// @param before in the first run, or null
/// @param after in the second run, or null
record QueryMatch(QueryModel before, QueryModel after) {
    /// Pairs the queries of two runs: those of one title and line, in their order. What has no
    /// partner stands alone, in its place.
    static List<QueryMatch> of(ApplicationModel before, ApplicationModel after) {
        Map<String, QueryModel> left = numbered(before);
        Map<String, QueryModel> right = numbered(after);
        List<QueryMatch> matches = new ArrayList<>();
        left.forEach((name, query) -> matches.add(new QueryMatch(query, right.get(name))));
        right.forEach((name, query) -> {
            if (!left.containsKey(name)) {
                matches.add(new QueryMatch(null, query));
            }
        });
        return matches;
    }

    private static Map<String, QueryModel> numbered(ApplicationModel model) {
        Map<String, Integer> seen = new HashMap<>();
        Map<String, QueryModel> found = new LinkedHashMap<>();
        for (QueryModel query : model.queries()) {
            String name = lineless(query.title()) + "\n" + lineless(query.line());
            found.put(name + "\n" + seen.merge(name, 1, Integer::sum), query);
        }
        return found;
    }

    /// The same script in another folder is the same script.
    private static String lineless(String line) {
        return line.substring(Math.max(line.lastIndexOf('/'), line.lastIndexOf('\\')) + 1);
    }

    QueryModel any() {
        return before == null ? after : before;
    }
}
