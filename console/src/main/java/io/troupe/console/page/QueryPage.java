package io.troupe.console.page;

import io.troupe.console.finding.Findings;
import io.troupe.console.model.ApplicationModel;
import io.troupe.console.model.JobModel;
import io.troupe.console.model.OperatorFigures;
import io.troupe.console.model.QueryModel;
import io.troupe.console.model.StageModel;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// A query: its operators with what they measured, its plans, its stages.
final class QueryPage {
    private QueryPage() {}

    static Map<String, Object> of(ApplicationModel model, QueryModel query) {
        List<StageModel> stages = model.stagesOf(query.id());
        List<Map<String, Object>> failures = new ArrayList<>();
        for (JobModel job : Shared.jobs(model, query)) {
            if (job.failure() != null) {
                failures.add(Shared.failure(job.failure()));
            }
        }
        return Shared.head(model)
                .put("query", Shared.query(model, query))
                .put("planningNanos", query.planningNanos())
                .put("plans", query.plans())
                .put("jobs", query.jobs())
                .put("operators", operators(model, query, stages))
                .put("stages", stages.stream().map(stage -> Shared.stage(model, stage)).toList())
                .put("failures", failures)
                .put("findings", Findings.of(model, query).stream().map(Shared::finding).toList())
                .done();
    }

    private static List<Map<String, Object>> operators(
            ApplicationModel model, QueryModel query, List<StageModel> stages) {
        Map<Integer, StageModel> latest = new HashMap<>();
        stages.forEach(stage -> latest.put(stage.stage(), stage));
        List<OperatorFigures> figures = OperatorFigures.of(model, query);
        long all = Math.max(1, figures.stream().mapToLong(OperatorFigures::ownNanos).sum());
        List<Map<String, Object>> operators = new ArrayList<>();
        for (OperatorFigures figure : figures) {
            QueryModel.Operator operator = figure.operator();
            StageModel stage = latest.get(operator.stage());
            operators.add(
                    new Row()
                            .put("id", operator.id())
                            .put("parent", operator.parent())
                            .put("name", operator.name())
                            .put("text", operator.text())
                            .put("line", operator.line())
                            .put("exchange", operator.exchange())
                            .put("stage", operator.stage())
                            .put("stageNumber", stage == null ? -1 : stage.number())
                            .put("attempt", stage == null ? -1 : stage.attempt())
                            .put("state", stage == null ? "waiting" : stage.state().name())
                            .put("rows", figure.rows())
                            .put("bytes", figure.bytes())
                            .put("nanos", figure.ownNanos())
                            .put("share", (double) figure.ownNanos() / all)
                            .put("spillBytes", figure.spillBytes())
                            .put("skew", stage == null ? 1 : Shared.skew(stage))
                            .put("python", figure.isPython())
                            .put("pythonShare", stage == null ? 0 : Shared.pythonShare(stage))
                            .done());
        }
        return operators;
    }
}
