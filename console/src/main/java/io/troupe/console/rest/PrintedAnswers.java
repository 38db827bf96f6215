package io.troupe.console.rest;

import io.troupe.console.http.Request;
import io.troupe.console.model.ApplicationModel;
import io.troupe.console.model.PrintedLines;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// What Python functions printed, by task, the latest first. Spark has nothing like it.
final class PrintedAnswers {
    private static final int MOST = 1000;

    private PrintedAnswers() {}

    static List<Map<String, Object>> all(ApplicationModel model, Request request) {
        long job = request.parameter("jobId", -1, 0, Long.MAX_VALUE);
        long most = request.parameter("length", MOST, 0, MOST);
        List<Map<String, Object>> answers = new ArrayList<>();
        for (PrintedLines.Printed printed : model.printed().latest()) {
            if (answers.size() < most && (job < 0 || job == printed.job())) {
                answers.add(of(printed));
            }
        }
        return answers;
    }

    private static Map<String, Object> of(PrintedLines.Printed printed) {
        return new Fields()
                .time("time", printed.time())
                .put("jobId", printed.job())
                .put("executionId", printed.stage().query())
                .put("stageId", printed.stage().number())
                .put("attemptId", printed.stage().attempt())
                .put("partitionId", printed.partition())
                .put("attempt", printed.tried())
                .put("executorId", printed.executor())
                .put("failed", printed.failed())
                .put("text", printed.text())
                .done();
    }
}
