package io.troupe.planner.analysis;

import static io.troupe.planner.error.Conditions.quoted;

import io.troupe.planner.error.Conditions;
import io.troupe.planner.expression.Expression;
import io.troupe.planner.function.Typed;
import io.troupe.planner.logical.Filter;
import io.troupe.planner.logical.LogicalPlan;
import io.troupe.planner.parsed.ParsedPlan;
import java.util.List;

/// WHERE and QUALIFY.
final class FilterAnalyzer {
    private final QueryAnalyzer query;

    FilterAnalyzer(QueryAnalyzer query) {
        this.query = query;
    }

    LogicalPlan where(ParsedPlan.Where where) {
        LogicalPlan child = query.analyze(where.child());
        MissingColumns missing = new MissingColumns(query, child);
        Extraction extraction = query.extraction();
        ExpressionAnalyzer analyzer = missing.expressions(extraction);
        Typed resolved = analyzer.resolve(where.condition());
        if (extraction.hasWindows()) {
            throw Conditions.analysis(
                    "WINDOW_FUNCTION_NOT_ALLOWED_IN_CLAUSE", "clauseName", "WHERE");
        }
        boolean calls =
                extraction.hasWindows()
                        || !extraction.generators().isEmpty()
                        || extraction.hasAggregates() && !missing.overAggregation();
        if (calls) {
            throw Conditions.analysis(
                    "INVALID_WHERE_CONDITION",
                    "condition",
                    quoted(resolved.text()),
                    "expressionList",
                    String.join(", ", extraction.texts()));
        }
        if (resolved.type() instanceof io.troupe.planner.type.StringType) {
            throw AnalysisErrors.notBoolean(resolved);
        }
        Expression condition = analyzer.condition(resolved);
        LogicalPlan wide = missing.exposed(List.of(condition), extraction);
        wide = MissingColumns.expose(wide, hidden(condition, wide), List.of());
        return missing.trimmed(new Filter(wide, missing.rewrite(condition)));
    }

    private static List<io.troupe.planner.expression.Attribute> hidden(
            Expression condition, LogicalPlan plan) {
        List<io.troupe.planner.expression.Attribute> hidden = HiddenColumns.of(List.of(plan));
        return io.troupe.planner.expression.Expressions.references(condition).stream()
                .filter(hidden::contains)
                .toList();
    }

    LogicalPlan qualify(ParsedPlan.Qualify qualify) {
        LogicalPlan child = query.analyze(qualify.child());
        MissingColumns missing = new MissingColumns(query, child);
        Extraction extraction = query.extraction();
        Expression condition = missing.expressions(extraction).condition(qualify.condition());
        LogicalPlan wide = missing.exposed(List.of(condition), extraction);
        return missing.trimmed(new Filter(wide, missing.rewrite(condition)));
    }
}
