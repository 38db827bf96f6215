package io.troupe.planner.json;

import io.troupe.planner.expression.PythonFunction;
import io.troupe.planner.expression.Subquery;
import io.troupe.planner.expression.WindowFrame;
import io.troupe.planner.parsed.ParsedExpression;
import io.troupe.planner.parsed.ParsedExpression.BoundKind;
import io.troupe.planner.parsed.ParsedExpression.CaseBranch;
import io.troupe.planner.parsed.ParsedExpression.Frame;
import io.troupe.planner.parsed.ParsedExpression.FrameBound;
import io.troupe.planner.parsed.ParsedExpression.NullTreatment;
import io.troupe.planner.parsed.ParsedExpression.SortItem;
import io.troupe.planner.parsed.ParsedExpression.WindowDefinition;
import io.troupe.planner.type.DataType;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// EXPR objects of the client's requests → parsed expressions.
public final class ExpressionJson {
    private ExpressionJson() {}

    public static ParsedExpression read(Object json) {
        JsonObject object = new JsonObject(json);
        ParsedExpression expression = node(object);
        return object.has("site")
                ? new ParsedExpression.Located(expression, object.text("site"), -1, -1)
                : expression;
    }

    public static List<ParsedExpression> list(JsonObject object, String member) {
        return object.list(member, ExpressionJson::read);
    }

    private static ParsedExpression optional(JsonObject object, String member) {
        return object.has(member) ? read(object.get(member)) : null;
    }

    private static ParsedExpression node(JsonObject o) {
        String kind = o.text("e");
        return switch (kind) {
            case "col" ->
                    new ParsedExpression.Name(parts(o), o.has("plan") ? o.number("plan") : null);
            case "star" ->
                    new ParsedExpression.Star(
                            o.has("target") ? NameText.parts(o.text("target")) : List.of(),
                            List.of());
            case "colregex", "regex" ->
                    new ParsedExpression.NamePattern(List.of(), o.text("pattern"));
            case "lit" -> new ParsedExpression.Constant(LiteralJson.read(o));
            case "call" -> call(o);
            case "alias" ->
                    new ParsedExpression.Alias(
                            read(o.get("child")),
                            o.has("names") ? o.texts("names") : List.of(o.text("name")),
                            o.has("metadata") ? Json.write(o.get("metadata")) : null);
            case "cast" ->
                    new ParsedExpression.Conversion(
                            read(o.get("child")),
                            type(o.get("to")),
                            o.text("mode", "cast").equals("try"));
            case "case" ->
                    new ParsedExpression.Case(
                            optional(o, "value"),
                            o.list("branches", ExpressionJson::branch),
                            optional(o, "else"));
            case "sort" -> sortItem(o);
            case "window" -> new ParsedExpression.Windowed(read(o.get("fn")), window(o));
            case "lambda" ->
                    new ParsedExpression.LambdaFunction(o.texts("params"), read(o.get("body")));
            case "lambdavar" -> new ParsedExpression.Name(List.of(o.text("name")), null);
            case "sql" -> new ParsedExpression.SqlText(o.text("text"));
            case "udf" -> udf(o);
            case "named" ->
                    new ParsedExpression.NamedArgument(o.text("name"), read(o.get("value")));
            case "withField" ->
                    new ParsedExpression.WithField(
                            read(o.get("child")), o.text("name"), read(o.get("value")));
            case "dropFields" ->
                    new ParsedExpression.DropFields(read(o.get("child")), o.texts("names"));
            case "subquery" ->
                    new ParsedExpression.SubqueryExpression(
                            Subquery.Kind.valueOf(o.text("kind").toUpperCase(Locale.ROOT)),
                            PlanJson.child(o, "plan"),
                            List.of());
            case "insubquery" ->
                    new ParsedExpression.SubqueryExpression(
                            Subquery.Kind.IN, PlanJson.child(o, "plan"), list(o, "values"));
            default ->
                    throw new IllegalArgumentException(
                            "unknown expression kind '" + kind + "' in " + o);
        };
    }

    private static List<String> parts(JsonObject o) {
        return o.has("parts") ? o.texts("parts") : NameText.parts(o.text("name"));
    }

    private static ParsedExpression call(JsonObject o) {
        String function = o.text("fn");
        List<ParsedExpression> arguments = list(o, "args");
        String lower = function.toLowerCase(Locale.ROOT);
        if (lower.equals("getitem") && arguments.size() == 2) {
            return new ParsedExpression.Subscript(arguments.get(0), arguments.get(1));
        }
        if (lower.equals("getfield")
                && arguments.size() == 2
                && unlocated(arguments.get(1)) instanceof ParsedExpression.Constant name
                && name.literal().value() instanceof String text) {
            return new ParsedExpression.Field(arguments.get(0), text);
        }
        boolean ignoreNulls = o.flag("ignoreNulls", false);
        return new ParsedExpression.Function(
                o.flag("qualified", false) ? NameText.parts(function) : List.of(function),
                arguments,
                o.flag("distinct", false),
                optional(o, "filter"),
                o.list("orderBy", item -> sortItem(new JsonObject(item))),
                ignoreNulls ? NullTreatment.IGNORE : NullTreatment.DEFAULT);
    }

    private static ParsedExpression unlocated(ParsedExpression expression) {
        return expression instanceof ParsedExpression.Located located
                ? unlocated(located.child())
                : expression;
    }

    private static CaseBranch branch(Object json) {
        if (json instanceof List<?> pair && pair.size() == 2) {
            return new CaseBranch(read(pair.get(0)), read(pair.get(1)));
        }
        throw new IllegalArgumentException(
                "a CASE branch must be [condition, value], found " + json);
    }

    /// A SORT EXPR; a plain expression means ascending.
    public static SortItem sortItem(Object json) {
        JsonObject o = json instanceof JsonObject object ? object : new JsonObject(json);
        if (!o.text("e").equals("sort")) {
            ParsedExpression expression = read(o.members());
            return unlocated(expression) instanceof SortItem item
                    ? item
                    : new SortItem(expression, true, null);
        }
        Boolean nullsFirst = o.has("nullsFirst") ? (Boolean) o.flag("nullsFirst", true) : null;
        return new SortItem(read(o.get("child")), o.flag("asc", true), nullsFirst);
    }

    private static WindowDefinition window(JsonObject o) {
        Frame frame = null;
        if (o.has("frame")) {
            JsonObject f = o.object("frame");
            frame =
                    new Frame(
                            WindowFrame.Unit.valueOf(f.text("unit").toUpperCase(Locale.ROOT)),
                            bound(f.get("lower"), BoundKind.UNBOUNDED_PRECEDING),
                            bound(f.get("upper"), BoundKind.UNBOUNDED_FOLLOWING),
                            WindowFrame.Exclusion.NO_OTHERS);
        }
        return new WindowDefinition(
                null, list(o, "partitionBy"), o.list("orderBy", ExpressionJson::sortItem), frame);
    }

    private static FrameBound bound(Object json, BoundKind unbounded) {
        return switch (json) {
            case String word when word.equals("unbounded") -> new FrameBound(unbounded, null);
            case String word when word.equals("current") ->
                    new FrameBound(BoundKind.CURRENT_ROW, null);
            case Long offset when offset == 0 -> new FrameBound(BoundKind.CURRENT_ROW, null);
            case Long offset ->
                    new FrameBound(
                            BoundKind.FOLLOWING,
                            new ParsedExpression.Constant(LiteralJson.integer(offset)));
            case null, default -> new FrameBound(BoundKind.FOLLOWING, read(json));
        };
    }

    private static ParsedExpression udf(JsonObject o) {
        Map<String, ParsedExpression> named = new LinkedHashMap<>();
        if (o.has("named")) {
            o.object("named").members().forEach((name, value) -> named.put(name, read(value)));
        }
        return new ParsedExpression.PythonUdf(
                pythonFunction(o), new ArrayList<>(list(o, "args")), named);
    }

    /// The function of a UDF object.
    public static PythonFunction pythonFunction(JsonObject o) {
        return new PythonFunction(
                o.number("id"),
                o.text("name", "<lambda>"),
                Base64.getDecoder().decode(o.text("command")),
                type(o.get("returnType")),
                (int) o.number("evalType"),
                o.flag("deterministic", true),
                PythonBodyJson.read(o));
    }

    private static DataType type(Object json) {
        if (json instanceof String text && text.strip().startsWith("\"")) {
            return SchemaJson.type(Json.parse(text));
        }
        if (json instanceof String text
                && !text.strip().startsWith("{")
                && looksLikeColumns(text)) {
            return TypeText.schema(text);
        }
        return SchemaJson.type(json);
    }

    /// UDF return types may be a list of columns (`a int, b string`) instead of a type.
    private static boolean looksLikeColumns(String text) {
        try {
            TypeText.type(text);
            return false;
        } catch (io.troupe.planner.error.TroupeException notAType) {
            return true;
        }
    }
}
