package io.troupe.driver.session;

import io.troupe.driver.eventlog.Progress;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// The running stages as the client reads them.
final class ProgressAnswer {
    private ProgressAnswer() {}

    static Map<String, Object> of(Progress progress) {
        List<Map<String, Object>> stages = new ArrayList<>();
        for (Progress.Stage stage : progress.snapshot()) {
            Map<String, Object> members = new LinkedHashMap<>();
            members.put("job", stage.job().value());
            members.put("query", stage.stage().stage().query().value());
            members.put("stage", stage.stage().stage().number());
            members.put("attempt", stage.stage().attempt());
            members.put("tasks", stage.tasks());
            members.put("running", stage.running());
            members.put("done", stage.succeeded());
            members.put("failed", stage.failed());
            members.put("rows", stage.rows());
            members.put("bytes", stage.bytes());
            members.put("seconds", stage.seconds());
            members.put("pythonShare", stage.pythonShare());
            stages.add(members);
        }
        return Map.of("stages", stages);
    }
}
