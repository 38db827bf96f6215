package io.troupe.driver.eventlog;

import com.fasterxml.jackson.core.JsonGenerator;
import io.troupe.planner.explain.PlanGraph;
import java.io.IOException;
import java.util.Map;

/// Writes what is known of a planned query.
final class QueryWriter {
    private QueryWriter() {}

    static void write(JsonGenerator out, long query, QueryDetails details) throws IOException {
        out.writeNumberField("query", query);
        out.writeNumberField("session", details.session());
        out.writeStringField("line", details.line());
        out.writeStringField("description", EventWriter.cut(details.description()));
        out.writeStringField("group", EventWriter.cut(details.group()));
        out.writeObjectFieldStart("planningNanos");
        for (Map.Entry<String, Long> phase : details.planningNanos().entrySet()) {
            out.writeNumberField(phase.getKey(), phase.getValue());
        }
        out.writeEndObject();
        out.writeArrayFieldStart("operators");
        for (PlanGraph.Node node : details.graph().nodes()) {
            operator(out, node);
        }
        out.writeEndArray();
        out.writeObjectFieldStart("plans");
        for (Map.Entry<String, String> text : details.texts().entrySet()) {
            out.writeStringField(text.getKey(), EventWriter.cut(text.getValue()));
        }
        out.writeEndObject();
    }

    private static void operator(JsonGenerator out, PlanGraph.Node node) throws IOException {
        out.writeStartObject();
        out.writeNumberField("id", node.id());
        out.writeNumberField("parent", node.parent());
        out.writeStringField("name", node.name());
        out.writeStringField("text", EventWriter.cut(node.text()));
        out.writeNumberField("stage", node.stage());
        out.writeNumberField("operator", node.operator());
        if (node.exchange() >= 0) {
            out.writeNumberField("exchange", node.exchange());
        }
        if (node.line() != null) {
            out.writeStringField("line", node.line());
        }
        out.writeEndObject();
    }
}
