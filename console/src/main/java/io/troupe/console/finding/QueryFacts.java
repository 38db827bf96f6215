package io.troupe.console.finding;

import io.troupe.console.model.ApplicationModel;
import io.troupe.console.model.OperatorFigures;
import io.troupe.console.model.QueryModel;
import io.troupe.console.model.StageModel;
import io.troupe.console.model.TaskMetric;
import java.util.List;

/// What rules look at.
///
/// @param model the application
/// @param query the query
/// @param stages the attempts of its stages
/// @param figures its operators with what they measured
record QueryFacts(
        ApplicationModel model,
        QueryModel query,
        List<StageModel> stages,
        List<OperatorFigures> figures) {
    static QueryFacts of(ApplicationModel model, QueryModel query) {
        return new QueryFacts(
                model, query, model.stagesOf(query.id()), OperatorFigures.of(model, query));
    }

    /// Sum over all stages.
    long sum(TaskMetric metric) {
        return stages.stream().mapToLong(stage -> stage.sum(metric)).sum();
    }

    /// Operators that a stage runs.
    List<OperatorFigures> figuresOf(StageModel stage) {
        return figures.stream().filter(f -> f.operator().stage() == stage.stage()).toList();
    }

    /// The operators that feed one.
    List<OperatorFigures> below(OperatorFigures figure) {
        return figures.stream()
                .filter(f -> f.operator().parent() == figure.operator().id())
                .toList();
    }

    /// The first attempt of a stage, or null before it has started.
    StageModel stageOf(OperatorFigures figure) {
        return stages.stream()
                .filter(stage -> stage.stage() == figure.operator().stage())
                .findFirst()
                .orElse(null);
    }

    /// Slots of the executors that are there, or were there at the end.
    int slots() {
        int active =
                model.executors().stream()
                        .filter(executor -> executor.isActive())
                        .mapToInt(executor -> executor.slots())
                        .sum();
        return Math.max(1, active);
    }
}
