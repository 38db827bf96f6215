package io.troupe.planner.sql;

import io.troupe.planner.parsed.ParsedExpression;
import io.troupe.planner.parsed.ParsedPlan;
import java.util.ArrayList;
import java.util.List;

/// Functions in FROM, with their table arguments.
final class TableFunctionReader {
    private final Readers readers;

    TableFunctionReader(Readers readers) {
        this.readers = readers;
    }

    ParsedPlan read(TroupeSql.TableFunctionContext tree) {
        List<ParsedExpression> arguments = new ArrayList<>();
        List<ParsedPlan.TableArgument> tables = new ArrayList<>();
        int position = 0;
        for (TroupeSql.TableFunctionArgumentContext argument : tree.tableFunctionArgument()) {
            if (argument.tableArgument() != null) {
                String name =
                        argument.parameterName == null ? null : Names.of(argument.parameterName);
                tables.add(table(argument.tableArgument(), position, name));
            } else {
                arguments.add(readers.calls().argument(argument.argument()));
            }
            position++;
        }
        return new ParsedPlan.TableFunction(
                readers.names().function(tree.functionName()),
                List.copyOf(arguments),
                List.copyOf(tables));
    }

    private ParsedPlan.TableArgument table(
            TroupeSql.TableArgumentContext tree, int position, String name) {
        ParsedPlan plan =
                tree.query() != null
                        ? readers.queries().query(tree.query())
                        : readers.relations().table(tree.tableName());
        return new ParsedPlan.TableArgument(
                position,
                name,
                plan,
                readers.expressions().expressions(tree.partitions),
                tree.SINGLE() != null,
                readers.expressions().sortItems(tree.orders));
    }
}
