package io.troupe.planner.analysis;

import io.troupe.planner.catalog.TableFunctionResult;
import io.troupe.planner.error.Conditions;
import io.troupe.planner.expression.Attribute;
import io.troupe.planner.expression.Call;
import io.troupe.planner.expression.Expression;
import io.troupe.planner.expression.GeneratorCall;
import io.troupe.planner.expression.Literal;
import io.troupe.planner.expression.Named;
import io.troupe.planner.expression.PythonFunction;
import io.troupe.planner.expression.PythonTableCall;
import io.troupe.planner.function.Typed;
import io.troupe.planner.logical.Generate;
import io.troupe.planner.logical.Join;
import io.troupe.planner.logical.JoinKind;
import io.troupe.planner.logical.LogicalPlan;
import io.troupe.planner.logical.OneRow;
import io.troupe.planner.logical.Project;
import io.troupe.planner.parsed.ParsedExpression;
import io.troupe.planner.parsed.ParsedPlan;
import io.troupe.planner.type.StructField;
import io.troupe.planner.type.StructType;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// Calls of Python table functions: a generator over one row, or over the rows of table arguments,
/// partitioned and ordered as the call or the function's `analyze` wants it.
final class PythonTables {
    /// PySpark's numbers of table function kinds.
    private static final Set<Integer> EVAL_TYPES = Set.of(300, 301, 302);

    private final QueryAnalyzer query;

    PythonTables(QueryAnalyzer query) {
        this.query = query;
    }

    static boolean isTableFunction(PythonFunction function) {
        return EVAL_TYPES.contains(function.evalType());
    }

    /// One argument in its place: a value, or the rows of a table.
    private record Argument(String name, Typed value, ParsedPlan.TableArgument table) {}

    LogicalPlan analyze(ParsedPlan.PythonTableFunction call) {
        PythonFunction function = call.function();
        List<Argument> arguments = arguments(call);
        NamedArguments.check(function.name(), arguments.stream().map(Argument::name).toList());
        if (call.tables().size() > 1
                && !query.context()
                        .flag("spark.sql.tvf.allowMultipleTableArguments.enabled", false)) {
            throw Conditions.analysis(
                    "TABLE_VALUED_FUNCTION_TOO_MANY_TABLE_ARGUMENTS",
                    "num",
                    Integer.toString(call.tables().size()));
        }
        List<LogicalPlan> tables = new ArrayList<>();
        call.tables().forEach(table -> tables.add(query.analyze(table.plan())));
        TableFunctionResult analysis = null;
        if (!(function.returnType() instanceof StructType)) {
            List<TableFunctionAnalysis.Given> given = new ArrayList<>();
            int next = 0;
            for (Argument argument : arguments) {
                given.add(
                        new TableFunctionAnalysis.Given(
                                argument.name(),
                                argument.value(),
                                argument.table() == null
                                        ? null
                                        : Relations.schema(tables.get(next++))));
            }
            analysis = new TableFunctionAnalysis(query).of(function, given);
        }
        return plan(function, arguments, tables, analysis);
    }

    private List<Argument> arguments(ParsedPlan.PythonTableFunction call) {
        ExpressionAnalyzer analyzer =
                new ExpressionAnalyzer(query, Scope.empty(query.outer()), query.extraction());
        List<Argument> arguments = new ArrayList<>();
        int values = 0;
        int count = call.arguments().size() + call.tables().size();
        for (int position = 0; position < count; position++) {
            int at = position;
            ParsedPlan.TableArgument table =
                    call.tables().stream()
                            .filter(one -> one.position() == at)
                            .findFirst()
                            .orElse(null);
            if (table != null) {
                arguments.add(new Argument(table.name(), null, table));
                continue;
            }
            ParsedExpression given = call.arguments().get(values++);
            ParsedExpression plain = Stars.unlocated(given);
            arguments.add(
                    plain instanceof ParsedExpression.NamedArgument named
                            ? new Argument(named.name(), analyzer.resolve(named.value()), null)
                            : new Argument(null, analyzer.resolve(given), null));
        }
        return arguments;
    }

    private LogicalPlan plan(
            PythonFunction function,
            List<Argument> arguments,
            List<LogicalPlan> tables,
            TableFunctionResult analysis) {
        LogicalPlan child = null;
        List<Expression> values = new ArrayList<>();
        List<String> names = new ArrayList<>();
        List<Integer> tablePositions = new ArrayList<>();
        List<Expression> keys = new ArrayList<>();
        int next = 0;
        for (Argument argument : arguments) {
            names.add(argument.name());
            if (argument.table() == null) {
                values.add(argument.value().expression());
                continue;
            }
            TableArguments.Arranged arranged =
                    new TableArguments(query, function)
                            .arrange(argument.table(), tables.get(next++), analysis);
            tablePositions.add(values.size());
            values.add(row(arranged.columns()));
            keys.addAll(arranged.keys());
            child = child == null ? arranged.plan() : joined(child, arranged.plan());
        }
        StructType schema =
                analysis != null ? analysis.schema() : (StructType) function.returnType();
        List<Attribute> generated = new ArrayList<>();
        for (StructField field : schema.fields()) {
            generated.add(query.ids().attribute(field.name(), field.type(), field.nullable()));
        }
        int keyCount = tables.size() == 1 ? keys.size() : 0;
        values.addAll(keys.subList(0, keyCount));
        PythonFunction typed =
                new PythonFunction(
                        function.id(),
                        function.name(),
                        function.command(),
                        schema,
                        function.evalType(),
                        function.deterministic(),
                        function.body());
        PythonTableCall call =
                new PythonTableCall(
                        typed,
                        names,
                        tablePositions,
                        keyCount,
                        analysis == null ? new byte[0] : analysis.pickled());
        LogicalPlan generate =
                new Generate(
                        child == null ? new OneRow() : child,
                        new GeneratorCall("python", values, call),
                        false,
                        generated);
        return new Project(generate, generated.stream().map(Named::of).toList());
    }

    private LogicalPlan joined(LogicalPlan left, LogicalPlan right) {
        return new Join(
                left, FreshIds.avoiding(right, left.output(), query.ids()), JoinKind.INNER, null);
    }

    /// The columns as one value.
    private static Expression row(List<Attribute> columns) {
        List<Expression> parts = new ArrayList<>();
        List<StructField> fields = new ArrayList<>();
        for (Attribute column : columns) {
            parts.add(Literal.of(column.name()));
            parts.add(column);
            fields.add(new StructField(column.name(), column.type(), column.nullable()));
        }
        return new Call("named_struct", parts, new StructType(fields), false);
    }
}
