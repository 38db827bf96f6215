package io.troupe.driver.session;

import io.troupe.planner.analysis.AnalyzeFirstException;
import io.troupe.planner.catalog.TableFunctionResult;
import io.troupe.planner.json.JsonObject;
import io.troupe.planner.json.SchemaJson;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// The `analyze` methods of Python table functions: what the client is asked, and what it answered.
final class TableAnalyses {
    private final Application application;

    TableAnalyses(Application application) {
        this.application = application;
    }

    /// What the client needs to call `analyze`; the values of constant arguments are a plan of one
    /// row.
    Map<String, Object> wish(AnalyzeFirstException wanted) {
        Map<String, Object> wish = new LinkedHashMap<>();
        wish.put("function", wanted.function().id());
        wish.put("name", wanted.function().name());
        wish.put("key", wanted.key());
        List<Object> arguments = new ArrayList<>();
        boolean anyConstant = false;
        for (AnalyzeFirstException.Argument argument : wanted.arguments()) {
            Map<String, Object> described = new LinkedHashMap<>();
            described.put("name", argument.name());
            described.put("type", argument.type());
            described.put("table", argument.table());
            described.put("constant", argument.constant());
            anyConstant |= argument.constant() >= 0;
            arguments.add(described);
        }
        wish.put("arguments", arguments);
        if (anyConstant) {
            wish.put("plan", application.plans().add(wanted.constants()));
            wish.put("schema", SchemaJson.tree(Session.schema(wanted.constants())));
        }
        return wish;
    }

    static void note(Session session, Request request) {
        JsonObject o = new JsonObject(request.get("result"));
        TableFunctionResult result =
                new TableFunctionResult(
                        SchemaJson.schema(o.get("schema")),
                        o.flag("singlePartition", false),
                        o.texts("partitionBy"),
                        o.list("orderBy", TableAnalyses::order),
                        o.list("select", TableAnalyses::selected),
                        Base64.getDecoder().decode(o.text("pickled")));
        session.catalog().noteAnalysis(request.number("function"), request.text("key"), result);
    }

    private static TableFunctionResult.Order order(Object json) {
        JsonObject o = new JsonObject(json);
        Boolean nullsFirst = o.has("nullsFirst") ? (Boolean) o.flag("nullsFirst", true) : null;
        return new TableFunctionResult.Order(o.text("name"), o.flag("ascending", true), nullsFirst);
    }

    private static TableFunctionResult.Selected selected(Object json) {
        JsonObject o = new JsonObject(json);
        return new TableFunctionResult.Selected(o.text("name"), o.text("alias"));
    }
}
