package io.troupe.planner.analysis;

import io.troupe.planner.expression.Attribute;
import io.troupe.planner.logical.CommonTableScan;
import io.troupe.planner.logical.LogicalPlan;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// The common tables in sight of a query, innermost first, and how often each is used.
final class CommonTables {
    static final CommonTables NONE = new CommonTables(null);

    /// A common table: its number, its columns, and the plan (null while it is being defined
    /// recursively).
    static final class Definition {
        final long id;
        final String name;
        final List<Attribute> output;
        final LogicalPlan plan;
        int uses;

        Definition(long id, String name, List<Attribute> output, LogicalPlan plan) {
            this.id = id;
            this.name = name;
            this.output = output;
            this.plan = plan;
        }
    }

    private final CommonTables around;
    private final Map<String, Definition> definitions = new HashMap<>();

    private CommonTables(CommonTables around) {
        this.around = around;
    }

    CommonTables nested() {
        return new CommonTables(this);
    }

    Definition define(long id, String name, List<Attribute> output, LogicalPlan plan) {
        Definition definition = new Definition(id, name, output, plan);
        definitions.put(name.toLowerCase(Locale.ROOT), definition);
        return definition;
    }

    /// A use of the common table under that name, null when there is none.
    LogicalPlan reference(String name, QueryAnalyzer query) {
        for (CommonTables level = this; level != null; level = level.around) {
            Definition definition = level.definitions.get(name.toLowerCase(Locale.ROOT));
            if (definition != null) {
                definition.uses++;
                List<Attribute> output =
                        definition.output.stream()
                                .map(column ->
                                        query.ids()
                                                .copy(column)
                                                .withQualifier(List.of(definition.name)))
                                .toList();
                return new CommonTableScan(definition.id, definition.output, output);
            }
        }
        return null;
    }
}
