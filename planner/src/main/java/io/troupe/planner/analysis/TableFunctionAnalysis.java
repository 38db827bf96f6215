package io.troupe.planner.analysis;

import io.troupe.planner.catalog.TableFunctionResult;
import io.troupe.planner.expression.Attribute;
import io.troupe.planner.expression.Expression;
import io.troupe.planner.expression.Expressions;
import io.troupe.planner.expression.Literal;
import io.troupe.planner.expression.Named;
import io.troupe.planner.expression.PythonFunction;
import io.troupe.planner.function.Typed;
import io.troupe.planner.json.SchemaJson;
import io.troupe.planner.logical.OneRow;
import io.troupe.planner.logical.Project;
import io.troupe.planner.type.DataType;
import io.troupe.planner.type.StructType;
import java.util.ArrayList;
import java.util.List;

/// Finds out what a Python table function's `analyze` says of a call. It is Python, and so runs in
/// the client: the first analysis of a call ends with the wish to run it, the next one finds its
/// result noted in the catalog.
final class TableFunctionAnalysis {
    /// An argument: a value, or (when `table` is not null) the rows of a table of that schema.
    record Given(String name, Typed value, StructType table) {}

    private final QueryAnalyzer query;

    TableFunctionAnalysis(QueryAnalyzer query) {
        this.query = query;
    }

    /// @throws AnalyzeFirstException when the function was not asked about such a call yet
    TableFunctionResult of(PythonFunction function, List<Given> arguments) {
        List<AnalyzeFirstException.Argument> described = new ArrayList<>();
        List<Named> constants = new ArrayList<>();
        StringBuilder key = new StringBuilder();
        for (Given argument : arguments) {
            DataType type = argument.table() != null ? argument.table() : argument.value().type();
            String json = SchemaJson.write(type);
            int constant = -1;
            if (argument.table() == null && isConstant(argument.value().expression())) {
                Expression value = argument.value().expression();
                Attribute column =
                        query.ids().attribute("c" + constants.size(), value.type(), true);
                constant = constants.size();
                constants.add(new Named(column, value));
                key.append(argument.value().text()).append(value);
            }
            key.append('\n').append(argument.name()).append('\n').append(json);
            described.add(
                    new AnalyzeFirstException.Argument(
                            argument.name(), json, argument.table() != null, constant));
        }
        String text = key.toString();
        TableFunctionResult known = query.context().catalog().analyzed(function.id(), text);
        if (known == null) {
            throw new AnalyzeFirstException(
                    function, described, new Project(new OneRow(), constants), text);
        }
        return known;
    }

    private static boolean isConstant(Expression expression) {
        return expression instanceof Literal
                || Expressions.references(expression).isEmpty()
                        && Expressions.isDeterministic(expression)
                        && !Expressions.hasOuterReference(expression)
                        && !Expressions.hasSubquery(expression)
                        && !Expressions.hasPython(expression);
    }
}
