package io.troupe.planner.json;

import io.troupe.planner.logical.JoinKind;
import io.troupe.planner.logical.Repartition;
import io.troupe.planner.logical.SetOperation;
import io.troupe.planner.parsed.ParsedExpression;
import io.troupe.planner.parsed.ParsedPlan;
import io.troupe.planner.parsed.ParsedPlan.GroupKind;
import io.troupe.planner.type.StructType;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;

/// NODE objects of the client's requests → parsed plans. Inputs are ids of plans analysed before,
/// or nodes themselves.
public final class PlanJson {
    /// Fetches what the client uploaded under a ticket: the Arrow IPC stream and its number of
    /// rows.
    public interface Uploads {
        byte[] take(long ticket);
    }

    private final Uploads uploads;

    public PlanJson(Uploads uploads) {
        this.uploads = uploads;
    }

    public ParsedPlan read(Object json) {
        JsonObject object = new JsonObject(json);
        ParsedPlan plan = node(object);
        return object.has("site")
                ? new ParsedPlan.LocatedPlan(plan, object.text("site"), -1, -1)
                : plan;
    }

    static ParsedPlan child(JsonObject o, String member) {
        return new ParsedPlan.Analysed(o.number(member));
    }

    private ParsedPlan child(JsonObject o) {
        return input(o, "child");
    }

    /// A plan's id, or another node: several steps in one request.
    private ParsedPlan input(JsonObject o, String member) {
        return o.get(member) instanceof Map<?, ?> node ? read(node) : child(o, member);
    }

    private ParsedPlan node(JsonObject o) {
        return switch (o.text("n")) {
            case "read" ->
                    new ParsedPlan.Read(
                            o.text("format"),
                            o.texts("paths"),
                            lowerKeys(o.textMap("options")),
                            schema(o));
            case "table" ->
                    new ParsedPlan.Table(NameText.parts(o.text("name")), o.textMap("options"));
            case "range" ->
                    new ParsedPlan.Numbers(
                            o.number("start", 0),
                            o.number("end"),
                            o.number("step", 1),
                            (int) o.number("partitions", 0));
            case "local" -> local(o);
            case "tableFunction" ->
                    new ParsedPlan.TableFunction(
                            List.of(o.text("name")), ExpressionJson.list(o, "args"), List.of());
            case "project" -> new ParsedPlan.Select(child(o), ExpressionJson.list(o, "exprs"));
            case "filter" ->
                    new ParsedPlan.Where(child(o), ExpressionJson.read(o.get("condition")));
            case "withColumns" ->
                    new ParsedPlan.AddColumns(
                            child(o),
                            o.texts("names"),
                            ExpressionJson.list(o, "exprs"),
                            o.texts("metadata"));
            case "withColumnsRenamed" -> new ParsedPlan.RenameColumns(child(o), o.textMap("names"));
            case "drop" -> new ParsedPlan.DropColumns(child(o), ExpressionJson.list(o, "exprs"));
            case "toDF" -> new ParsedPlan.RenameAll(child(o), o.texts("names"));
            case "alias" -> new ParsedPlan.Aliased(child(o), o.text("name"), List.of());
            case "aggregate" -> aggregate(o);
            case "join" -> join(o);
            case "setop" -> setOperation(o);
            case "unpivot", "melt" -> unpivot(o);
            default -> rows(o);
        };
    }

    private static ParsedPlan.TableArgument tableArgument(Object json) {
        JsonObject o = new JsonObject(json);
        return new ParsedPlan.TableArgument(
                (int) o.number("position"),
                o.text("name", null),
                new ParsedPlan.Analysed(o.number("plan")),
                ExpressionJson.list(o, "partitionBy"),
                o.flag("single", false),
                o.list("orderBy", ExpressionJson::sortItem));
    }

    /// Nodes that keep their input's columns, and Python maps.
    private ParsedPlan rows(JsonObject o) {
        return switch (o.text("n")) {
            case "sort" ->
                    new ParsedPlan.OrderBy(
                            child(o),
                            o.list("orders", ExpressionJson::sortItem),
                            o.flag("global", true));
            case "limit" -> new ParsedPlan.LimitOffset(child(o), integer(o.number("count")), null);
            case "offset" -> new ParsedPlan.LimitOffset(child(o), null, integer(o.number("count")));
            case "tail" -> new ParsedPlan.LastRows(child(o), o.number("count"));
            case "dedup" ->
                    new ParsedPlan.DropDuplicates(
                            child(o), o.has("columns") ? o.texts("columns") : null);
            case "distinct" -> new ParsedPlan.SelectDistinct(child(o));
            case "hint" ->
                    new ParsedPlan.Hint(
                            child(o), o.text("name"), o.list("params", PlanJson::parameter));
            case "sample" ->
                    new ParsedPlan.SampleOf(
                            child(o),
                            o.has("lower") ? o.real("lower") : 0.0,
                            o.real("upper"),
                            o.flag("replacement", false),
                            o.has("seed") ? (Long) o.number("seed") : null);
            case "repartition" -> repartition(o);
            case "observe" ->
                    new ParsedPlan.ObserveMetrics(
                            child(o), o.text("name"), ExpressionJson.list(o, "exprs"));
            case "mapInPandas", "mapInArrow", "mapPython" ->
                    new ParsedPlan.MapPython(
                            child(o), ExpressionJson.pythonFunction(o.object("fn")));
            case "pythonTable" ->
                    new ParsedPlan.PythonTableFunction(
                            ExpressionJson.pythonFunction(o.object("fn")),
                            ExpressionJson.list(o, "args"),
                            o.list("tables", PlanJson::tableArgument));
            case "groupMap" ->
                    new ParsedPlan.GroupMapPython(
                            child(o),
                            ExpressionJson.list(o, "grouping"),
                            ExpressionJson.pythonFunction(o.object("fn")));
            case "cogroupMap" ->
                    new ParsedPlan.CogroupMapPython(
                            input(o, "left"),
                            input(o, "right"),
                            ExpressionJson.list(o, "leftGrouping"),
                            ExpressionJson.list(o, "rightGrouping"),
                            ExpressionJson.pythonFunction(o.object("fn")));
            default ->
                    throw new IllegalArgumentException("unknown plan node '" + o.text("n") + "'");
        };
    }

    private ParsedPlan local(JsonObject o) {
        StructType schema = schema(o);
        byte[] arrow =
                o.has("upload")
                        ? uploads.take(o.number("upload"))
                        : Base64.getDecoder().decode(o.text("arrow"));
        return new ParsedPlan.Uploaded(arrow, schema, o.number("rows", -1));
    }

    private static StructType schema(JsonObject o) {
        return o.has("schema") ? SchemaJson.schema(o.get("schema")) : null;
    }

    private static Map<String, String> lowerKeys(Map<String, String> options) {
        Map<String, String> lower = new LinkedHashMap<>();
        options.forEach((key, value) -> lower.put(key.toLowerCase(Locale.ROOT), value));
        return lower;
    }

    private static ParsedExpression integer(long value) {
        return new ParsedExpression.Constant(LiteralJson.integer(value));
    }

    private static ParsedExpression parameter(Object json) {
        return switch (json) {
            case String text -> new ParsedExpression.Name(NameText.parts(text), null);
            case Long number -> integer(number);
            case null, default -> ExpressionJson.read(json);
        };
    }

    private ParsedPlan aggregate(JsonObject o) {
        List<ParsedExpression> groupings = ExpressionJson.list(o, "grouping");
        List<ParsedExpression> aggregates = ExpressionJson.list(o, "aggs");
        String kind = o.text("kind", "groupby");
        if (o.has("pivot")) {
            JsonObject pivot = o.object("pivot");
            return new ParsedPlan.Pivot(
                    child(o),
                    groupings,
                    false,
                    List.of(ExpressionJson.read(pivot.get("column"))),
                    pivot.has("values") ? ExpressionJson.list(pivot, "values") : null,
                    aggregates);
        }
        GroupKind groupKind =
                switch (kind) {
                    case "groupby" -> GroupKind.DATAFRAME;
                    case "rollup" -> GroupKind.DATAFRAME_ROLLUP;
                    case "cube" -> GroupKind.DATAFRAME_CUBE;
                    case "grouping_sets" -> GroupKind.DATAFRAME_GROUPING_SETS;
                    default ->
                            throw new IllegalArgumentException(
                                    "unknown aggregate kind '" + kind + "'");
                };
        List<List<ParsedExpression>> sets = o.list("sets", PlanJson::expressions);
        return new ParsedPlan.GroupBy(child(o), groupKind, groupings, sets, aggregates, null);
    }

    private static List<ParsedExpression> expressions(Object json) {
        if (!(json instanceof List<?> items)) {
            throw new IllegalArgumentException("expected a list of expressions, found " + json);
        }
        return items.stream()
                .map((Function<Object, ParsedExpression>) ExpressionJson::read)
                .toList();
    }

    private ParsedPlan join(JsonObject o) {
        String how = o.text("how", "inner").toLowerCase(Locale.ROOT).replace("_", "");
        JoinKind kind =
                switch (how) {
                    case "inner", "cross" -> JoinKind.INNER;
                    case "left", "leftouter" -> JoinKind.LEFT;
                    case "right", "rightouter" -> JoinKind.RIGHT;
                    case "full", "outer", "fullouter" -> JoinKind.FULL;
                    case "semi", "leftsemi" -> JoinKind.LEFT_SEMI;
                    case "anti", "leftanti" -> JoinKind.LEFT_ANTI;
                    default ->
                            throw io.troupe.planner.error.Conditions.analysis(
                                    "UNSUPPORTED_JOIN_TYPE",
                                    "typ",
                                    o.text("how"),
                                    "supported",
                                    "'inner', 'outer', 'full', 'fullouter', 'full_outer', 'leftouter', 'left', 'left_outer',"
                                            + " 'rightouter', 'right', 'right_outer', 'leftsemi', 'left_semi', 'semi',"
                                            + " 'leftanti', 'left_anti', 'anti', 'cross'");
                };
        return new ParsedPlan.JoinOf(
                input(o, "left"),
                input(o, "right"),
                kind,
                o.has("on") ? ExpressionJson.read(o.get("on")) : null,
                o.texts("using"),
                false,
                o.flag("lateral", false));
    }

    private ParsedPlan setOperation(JsonObject o) {
        ParsedPlan left = input(o, "left");
        ParsedPlan right = input(o, "right");
        boolean all = o.flag("all", false);
        return switch (o.text("kind")) {
            case "union" ->
                    new ParsedPlan.UnionOf(
                            left,
                            right,
                            all,
                            o.flag("byName", false),
                            o.flag("allowMissing", false));
            case "intersect" ->
                    new ParsedPlan.SetOperationOf(left, right, SetOperation.Kind.INTERSECT, all);
            case "except" ->
                    new ParsedPlan.SetOperationOf(left, right, SetOperation.Kind.EXCEPT, all);
            default ->
                    throw new IllegalArgumentException(
                            "unknown set operation '" + o.text("kind") + "'");
        };
    }

    private ParsedPlan repartition(JsonObject o) {
        List<ParsedExpression> by = ExpressionJson.list(o, "exprs");
        Repartition.Kind kind =
                switch (o.text("kind", by.isEmpty() ? "roundrobin" : "hash")) {
                    case "hash" -> Repartition.Kind.HASH;
                    case "range" -> Repartition.Kind.RANGE;
                    case "roundrobin" -> Repartition.Kind.ROUND_ROBIN;
                    case "coalesce" -> Repartition.Kind.COALESCE;
                    case "id" -> Repartition.Kind.ID;
                    default ->
                            throw new IllegalArgumentException(
                                    "unknown repartition kind '" + o.text("kind") + "'");
                };
        return new ParsedPlan.RepartitionBy(child(o), kind, by, (int) o.number("partitions", 0));
    }

    private ParsedPlan unpivot(JsonObject o) {
        List<ParsedPlan.UnpivotValue> values = null;
        if (o.has("values")) {
            values = new ArrayList<>();
            for (ParsedExpression value : ExpressionJson.list(o, "values")) {
                values.add(new ParsedPlan.UnpivotValue(List.of(value), null));
            }
        }
        return new ParsedPlan.Unpivot(
                child(o),
                o.has("ids") ? ExpressionJson.list(o, "ids") : null,
                values,
                o.text("variable", "variable"),
                List.of(o.text("value", "value")),
                true);
    }
}
