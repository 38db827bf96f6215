package io.troupe.driver;

import io.troupe.console.application.OneApplication;
import io.troupe.console.finding.Finding;
import io.troupe.console.finding.Findings;
import io.troupe.console.model.ApplicationModel;
import io.troupe.driver.session.Diagnosis;
import java.io.IOException;
import java.util.List;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Finds by the event log of this process. A log that cannot be read finds nothing: no query fails
/// for want of advice.
record LoggedDiagnosis(OneApplication application) implements Diagnosis {
    private static final Logger LOG = LoggerFactory.getLogger(LoggedDiagnosis.class);

    @Override
    public List<Finding> ofQuery(long query) {
        return ask(model ->
                model.query(query) == null ? List.of() : Findings.of(model, model.query(query)));
    }

    @Override
    public List<Finding> ofAll() {
        return ask(Findings::of);
    }

    private List<Finding> ask(Function<ApplicationModel, List<Finding>> question) {
        try {
            return application.ask(question);
        } catch (IOException e) {
            LOG.warn("no findings: {}", e.getMessage());
            return List.of();
        }
    }
}
