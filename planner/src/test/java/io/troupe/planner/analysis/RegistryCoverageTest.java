package io.troupe.planner.analysis;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.troupe.planner.function.Functions;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/// Every function of the registry has a rule, or is left out for a reason.
class RegistryCoverageTest {
    private static final Map<String, String> LEFT_OUT =
            Map.of(
                    "collations", "lists collations, of which there is only the binary one",
                    "sql_keywords", "a list for people; the grammar is the place to look",
                    "range", "a table function, resolved where tables are");
    private static final Set<String> RESOLVED_BY_FORM =
            Set.of(
                    "struct",
                    "named_struct",
                    "in",
                    "between",
                    "getitem",
                    "getfield",
                    "when",
                    "case",
                    "cast");

    @Test
    void coversTheRegistry() {
        Set<String> missing = new TreeSet<>();
        Functions.registry()
                .forEach((name, kind) -> {
                    if (!LEFT_OUT.containsKey(name) && !covered(name, kind)) {
                        missing.add(name);
                    }
                });
        assertEquals(Set.of(), missing);
    }

    private static boolean covered(String name, Functions.Kind kind) {
        var call = new io.troupe.planner.parsed.ParsedExpression.Function(name, List.of());
        return switch (kind) {
            case SCALAR ->
                    Functions.scalar(name) != null
                            || Functions.aggregate(name) != null
                            || RESOLVED_BY_FORM.contains(name);
            case AGGREGATE -> Functions.aggregate(name) != null;
            case WINDOW -> WindowAnalyzer.isWindowFunction(name);
            case GENERATOR -> GeneratorFunctions.handles(name);
            case HIGHER_ORDER ->
                    HigherOrderFunctions.handles(name, call) || Functions.scalar(name) != null;
            case SPECIAL -> true;
        };
    }
}
