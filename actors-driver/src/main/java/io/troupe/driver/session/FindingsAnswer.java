package io.troupe.driver.session;

import io.troupe.console.finding.Finding;
import java.util.List;
import java.util.Map;

/// Findings as the client prints them.
final class FindingsAnswer {
    private FindingsAnswer() {}

    static Map<String, Object> of(List<Finding> found, int most) {
        return Map.of(
                "findings",
                found.stream().limit(Math.max(0, most)).map(FindingsAnswer::of).toList());
    }

    private static Map<String, Object> of(Finding finding) {
        return Map.of(
                "rule", finding.rule(),
                "query", finding.query(),
                "title", finding.title(),
                "evidence", finding.evidence(),
                "suggestion", finding.suggestion(),
                "seconds", finding.seconds());
    }
}
