package io.troupe.planner.analysis;

import io.troupe.planner.error.Conditions;
import io.troupe.planner.expression.Attribute;
import io.troupe.planner.logical.Generate;
import io.troupe.planner.logical.LogicalPlan;
import io.troupe.planner.parsed.ParsedPlan;
import java.util.List;

/// LATERAL VIEW [OUTER] generator(…) table AS columns.
final class LateralViews {
    private final QueryAnalyzer query;

    LateralViews(QueryAnalyzer query) {
        this.query = query;
    }

    LogicalPlan analyze(ParsedPlan.LateralView view) {
        LogicalPlan child = query.analyze(view.child());
        Extraction extraction = query.extraction();
        ExpressionAnalyzer analyzer = query.expressions(child, extraction);
        String name = FunctionAnalyzer.simpleName(view.generator().name());
        if (!GeneratorFunctions.handles(name)) {
            if (name != null && io.troupe.planner.function.Functions.scalar(name) == null) {
                throw AnalysisErrors.unresolvedRoutine(
                        view.generator().name(), query.context().catalog().currentDatabase());
            }
            throw Conditions.analysis(
                    "UNSUPPORTED_GENERATOR.NOT_GENERATOR",
                    "functionName",
                    Conditions.id(view.generator().name()),
                    "classCanonicalName",
                    "scalar function");
        }
        Extraction.Generated generated =
                new GeneratorFunctions(analyzer)
                        .generate(name, view.generator().arguments(), view.columns());
        List<String> qualifier = view.table() == null ? List.of() : List.of(view.table());
        boolean outer = view.outer() || generated.outer();
        List<Attribute> columns =
                generated.columns().stream()
                        .map(column ->
                                column.withQualifier(qualifier)
                                        .withNullable(outer || column.nullable()))
                        .toList();
        return new Generate(child, generated.call(), outer, columns);
    }
}
