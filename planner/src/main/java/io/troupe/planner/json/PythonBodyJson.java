package io.troupe.planner.json;

import io.troupe.planner.expression.PythonBody;
import io.troupe.planner.expression.PythonTerm;
import java.util.List;

/// The bodies of Python functions as the client describes them (`troupe/sql/_bodies`).
final class PythonBodyJson {
    private PythonBodyJson() {}

    /// The member `body` of a UDF object.
    static PythonBody read(JsonObject udf) {
        if (!udf.has("body")) {
            return new PythonBody.Opaque("it does not take the values of one row");
        }
        JsonObject body = udf.object("body");
        return body.has("opaque")
                ? new PythonBody.Opaque(body.text("opaque"))
                : new PythonBody.Plain(
                        body.texts("params"), terms(body, "defaults"), term(body.get("term")));
    }

    private static List<PythonTerm> terms(JsonObject o, String member) {
        return o.list(member, PythonBodyJson::term);
    }

    private static PythonTerm optional(JsonObject o, String member) {
        return o.has(member) ? term(o.get(member)) : null;
    }

    private static PythonTerm term(Object json) {
        JsonObject o = new JsonObject(json);
        String kind = o.text("t");
        return switch (kind) {
            case "arg" -> new PythonTerm.Argument((int) o.number("i"));
            case "var" -> new PythonTerm.Variable((int) o.number("var"));
            case "none" -> new PythonTerm.Constant(null);
            case "bool" -> new PythonTerm.Constant(o.flag("v", false));
            case "int" -> new PythonTerm.Constant(o.number("v"));
            case "float" -> new PythonTerm.Constant(number(o.text("v")));
            case "str" -> new PythonTerm.Constant(o.text("v"));
            case "items" -> new PythonTerm.Items(terms(o, "items"));
            case "unary" -> new PythonTerm.Unary(o.text("op"), term(o.get("of")));
            case "binary" ->
                    new PythonTerm.Binary(o.text("op"), term(o.get("left")), term(o.get("right")));
            case "compare" ->
                    new PythonTerm.Compare(o.text("op"), term(o.get("left")), term(o.get("right")));
            case "and", "or" ->
                    new PythonTerm.Junction(
                            kind.equals("and"), term(o.get("left")), term(o.get("right")));
            case "if" ->
                    new PythonTerm.Conditional(
                            term(o.get("test")), term(o.get("then")), term(o.get("else")));
            case "let" ->
                    new PythonTerm.Let(
                            (int) o.number("var"), term(o.get("value")), term(o.get("body")));
            case "call" -> new PythonTerm.Invoke(o.text("fn"), terms(o, "args"));
            case "method" ->
                    new PythonTerm.Method(o.text("fn"), term(o.get("on")), terms(o, "args"));
            case "item" -> new PythonTerm.Item(term(o.get("of")), term(o.get("index")));
            case "slice" ->
                    new PythonTerm.Slice(
                            term(o.get("of")), optional(o, "lower"), optional(o, "upper"));
            default -> throw new IllegalArgumentException("unknown Python term '" + kind + "'");
        };
    }

    /// `repr` of a float.
    private static Double number(String text) {
        return switch (text) {
            case "inf" -> Double.POSITIVE_INFINITY;
            case "-inf" -> Double.NEGATIVE_INFINITY;
            case "nan" -> Double.NaN;
            default -> Double.valueOf(text);
        };
    }
}
