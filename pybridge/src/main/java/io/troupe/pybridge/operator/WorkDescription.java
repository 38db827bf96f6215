package io.troupe.pybridge.operator;

import io.troupe.columnar.operator.TaskContext;
import io.troupe.planner.expression.Attribute;
import io.troupe.planner.expression.Expression;
import io.troupe.planner.expression.PythonCall;
import io.troupe.planner.expression.PythonFunction;
import io.troupe.planner.json.SchemaJson;
import io.troupe.planner.type.StructField;
import io.troupe.planner.type.StructType;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// What the worker is told of a piece of work, and which of the child's columns it is sent.
final class WorkDescription {
    private static final String SAMPLING = "spark.troupe.udf.sampling";

    private final List<Attribute> columns;
    private final TaskContext context;

    WorkDescription(List<Attribute> columns, TaskContext context) {
        this.columns = columns;
        this.context = context;
    }

    /// The columns that calls read, each once.
    static List<Attribute> columnsOf(List<PythonCall> calls) {
        Set<Attribute> columns = new LinkedHashSet<>();
        calls.forEach(call -> collect(call, columns));
        return List.copyOf(columns);
    }

    private static void collect(Expression expression, Set<Attribute> columns) {
        switch (expression) {
            case Attribute attribute -> columns.add(attribute);
            case PythonCall call ->
                    call.arguments().forEach(argument -> collect(argument, columns));
            default ->
                    throw new IllegalStateException(
                            "a Python function's argument is a column or another Python function by now, not "
                                    + expression);
        }
    }

    static List<PythonFunction> functionsOf(List<PythonCall> calls) {
        Set<PythonFunction> functions = new LinkedHashSet<>();
        calls.forEach(call -> collectFunctions(call, functions));
        return List.copyOf(functions);
    }

    private static void collectFunctions(Expression expression, Set<PythonFunction> functions) {
        if (expression instanceof PythonCall call) {
            functions.add(call.function());
            call.arguments().forEach(argument -> collectFunctions(argument, functions));
        }
    }

    StructType schema() {
        return schema(columns);
    }

    static StructType schema(List<Attribute> columns) {
        List<StructField> fields = new ArrayList<>();
        for (Attribute column : columns) {
            fields.add(new StructField(column.name(), column.type(), column.nullable()));
        }
        return new StructType(fields);
    }

    /// The positions of the sent columns in the child's output.
    static int[] positions(List<Attribute> columns, List<Attribute> childOutput) {
        return columns.stream().mapToInt(childOutput::indexOf).toArray();
    }

    Map<String, Object> base(String mode) {
        Map<String, Object> work = new LinkedHashMap<>();
        work.put("mode", mode);
        work.put("zone", context.settings().timeZone());
        work.put("partition", context.partition());
        work.put("attempt", context.attempt());
        work.put("properties", context.settings().jobProperties());
        if ("true".equalsIgnoreCase(context.settings().conf().get(SAMPLING))) {
            work.put("sample", true);
        }
        work.put("columns", SchemaJson.tree(schema()));
        return work;
    }

    Map<String, Object> calls(String mode, List<PythonCall> calls) {
        Map<String, Object> work = base(mode);
        work.put("calls", calls.stream().map(this::call).toList());
        return work;
    }

    private Map<String, Object> call(PythonCall call) {
        Map<String, Object> described = new LinkedHashMap<>();
        described.put("fn", call.function().id());
        described.put("kind", call.function().evalType());
        List<Object> arguments = new ArrayList<>();
        for (Expression argument : call.arguments()) {
            arguments.add(
                    argument instanceof PythonCall nested
                            ? Map.of("call", call(nested))
                            : Map.of("column", columns.indexOf(argument)));
        }
        described.put("args", arguments);
        List<String> names = new ArrayList<>(call.argumentNames());
        while (names.size() < arguments.size()) {
            names.add(null);
        }
        described.put("names", names);
        return described;
    }

    Map<String, Object> function(String mode, PythonFunction function) {
        Map<String, Object> work = base(mode);
        work.put("fn", function.id());
        work.put("kind", function.evalType());
        return work;
    }

    List<Integer> positions(List<Attribute> wanted) {
        return wanted.stream().map(columns::indexOf).toList();
    }
}
