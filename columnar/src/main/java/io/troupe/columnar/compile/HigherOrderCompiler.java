package io.troupe.columnar.compile;

import io.troupe.columnar.column.Gather;
import io.troupe.columnar.kernel.Columns;
import io.troupe.columnar.vector.Batch;
import io.troupe.columnar.vector.BooleanVector;
import io.troupe.columnar.vector.ListVector;
import io.troupe.columnar.vector.MapVector;
import io.troupe.columnar.vector.NullVector;
import io.troupe.columnar.vector.Vector;
import io.troupe.planner.expression.Call;
import io.troupe.planner.expression.Lambda;

/// Compiles calls of functions that take functions. A body is evaluated once per batch, over the
/// elements of all rows; only `aggregate` goes element by element, over all rows at once.
final class HigherOrderCompiler {
    private final FunctionCompiler functions;

    HigherOrderCompiler(FunctionCompiler functions) {
        this.functions = functions;
    }

    static boolean handles(Call call) {
        return call.arguments().stream().anyMatch(Lambda.class::isInstance);
    }

    /// The column that a flat collection column becomes.
    private interface Step {
        Vector apply(Batch batch, Vector collection, int[] selection, int count);
    }

    VectorFunction compile(Call call) {
        return switch (call.function()) {
            case "transform" -> over(call, transform(call));
            case "filter" -> over(call, filter(call));
            case "exists" -> over(call, anyOrAll(call, true));
            case "forall" -> over(call, anyOrAll(call, false));
            case "map_filter" -> over(call, mapFilter(call));
            case "transform_values" -> over(call, transformValues(call));
            case "transform_keys" -> over(call, transformKeys(call));
            case "array_sort" -> over(call, new ComparatorSort(lambda(call, 1, false))::sort);
            case "zip_with", "map_zip_with" ->
                    new ZipFunction(
                            functions.compile(call.argument(0)),
                            functions.compile(call.argument(1)),
                            lambda(call, 2, false));
            case "aggregate", "reduce" ->
                    new FoldFunction(
                            functions.compile(call.argument(0)),
                            functions.compile(call.argument(1)),
                            lambda(call, 2, false),
                            call.arguments().size() > 3 ? lambda(call, 3, false) : null,
                            ((Lambda) call.argument(2)).parameters().getFirst().type());
            default ->
                    throw new IllegalArgumentException(
                            "no higher-order function " + call.function());
        };
    }

    private LambdaBody lambda(Call call, int argument, boolean predicate) {
        return new LambdaBody((Lambda) call.argument(argument), functions, predicate);
    }

    private static int parameters(Call call) {
        return ((Lambda) call.argument(1)).parameters().size();
    }

    private VectorFunction over(Call call, Step step) {
        VectorFunction collection = functions.compile(call.argument(0));
        return (batch, selection, count) -> {
            Vector values =
                    count == 0
                            ? new NullVector(batch.rowCount())
                            : collection.evaluate(batch, selection, count);
            Vector flat = Columns.flat(values);
            return flat instanceof NullVector ? flat : step.apply(batch, flat, selection, count);
        };
    }

    private static Vector[] arguments(ListVector list, Elements elements, int parameters) {
        Vector values = elements.column(list.elements());
        return parameters == 1 ? new Vector[] {values} : new Vector[] {values, elements.places()};
    }

    private Step transform(Call call) {
        LambdaBody body = lambda(call, 1, false);
        int parameters = parameters(call);
        return (batch, collection, selection, count) -> {
            ListVector list = (ListVector) collection;
            Elements elements = Elements.of(list, selection, count);
            Vector results =
                    body.evaluate(
                            batch,
                            elements.rows,
                            elements.count,
                            arguments(list, elements, parameters));
            return new ListVector(elements.offsets, results, list.length(), elements.validity);
        };
    }

    private Step filter(Call call) {
        LambdaBody body = lambda(call, 1, true);
        int parameters = parameters(call);
        return (batch, collection, selection, count) -> {
            ListVector list = (ListVector) collection;
            Elements elements = Elements.of(list, selection, count);
            int[] chosen = new int[elements.count];
            int found =
                    body.select(
                            batch,
                            elements.rows,
                            elements.count,
                            chosen,
                            arguments(list, elements, parameters));
            Vector kept = kept(list.elements(), elements, chosen, found);
            return new ListVector(
                    elements.offsets(chosen, found), kept, list.length(), elements.validity);
        };
    }

    private static Vector kept(Vector values, Elements elements, int[] chosen, int found) {
        int[] numbers = new int[found];
        for (int i = 0; i < found; i++) {
            numbers[i] = elements.source[chosen[i]];
        }
        return values instanceof NullVector
                ? new NullVector(found)
                : Gather.copy(values, numbers, 0, found);
    }

    /// `exists` is decided by a true element, `forall` by a false one; otherwise an unknown element
    /// makes the result null.
    private Step anyOrAll(Call call, boolean deciding) {
        LambdaBody body = lambda(call, 1, false);
        return (batch, collection, selection, count) -> {
            ListVector list = (ListVector) collection;
            Elements elements = Elements.of(list, selection, count);
            Vector results =
                    Columns.flat(
                            body.evaluate(
                                    batch,
                                    elements.rows,
                                    elements.count,
                                    arguments(list, elements, 1)));
            int length = list.length();
            byte[] out = new byte[length];
            long[] validity = elements.validity.clone();
            for (int row = 0; row < length; row++) {
                boolean decided = false;
                boolean unknown = false;
                for (int e = elements.offsets[row];
                        e < elements.offsets[row + 1] && !decided;
                        e++) {
                    boolean missing = results.isNull(e);
                    unknown |= missing;
                    decided = !missing && ((BooleanVector) results).values()[e] != 0 == deciding;
                }
                out[row] = (byte) (decided == deciding ? 1 : 0);
                if (unknown && !decided) {
                    validity[row >> 6] &= ~(1L << row);
                }
            }
            return new BooleanVector(out, length, validity);
        };
    }

    private Step mapFilter(Call call) {
        LambdaBody body = lambda(call, 1, true);
        return (batch, collection, selection, count) -> {
            MapVector map = (MapVector) collection;
            Elements entries = Elements.of(map, selection, count);
            int[] chosen = new int[entries.count];
            int found =
                    body.select(
                            batch,
                            entries.rows,
                            entries.count,
                            chosen,
                            entries.column(map.keys()),
                            entries.column(map.values()));
            return new MapVector(
                    entries.offsets(chosen, found),
                    kept(map.keys(), entries, chosen, found),
                    kept(map.values(), entries, chosen, found),
                    map.length(),
                    entries.validity);
        };
    }

    private static Vector entryValues(
            LambdaBody body, Batch batch, MapVector map, Elements entries) {
        return body.evaluate(
                batch,
                entries.rows,
                entries.count,
                entries.column(map.keys()),
                entries.column(map.values()));
    }

    private Step transformValues(Call call) {
        LambdaBody body = lambda(call, 1, false);
        return (batch, collection, selection, count) -> {
            MapVector map = (MapVector) collection;
            Elements entries = Elements.of(map, selection, count);
            Vector values = entryValues(body, batch, map, entries);
            return new MapVector(
                    entries.offsets,
                    entries.column(map.keys()),
                    values,
                    map.length(),
                    entries.validity);
        };
    }

    private Step transformKeys(Call call) {
        LambdaBody body = lambda(call, 1, false);
        MapKeys keys = new MapKeys(functions.settings());
        return (batch, collection, selection, count) -> {
            MapVector map = (MapVector) collection;
            Elements entries = Elements.of(map, selection, count);
            Vector renamed = Gather.flat(entryValues(body, batch, map, entries));
            return keys.distinct(
                    entries.offsets,
                    renamed,
                    entries.column(map.values()),
                    map.length(),
                    entries.validity);
        };
    }
}
