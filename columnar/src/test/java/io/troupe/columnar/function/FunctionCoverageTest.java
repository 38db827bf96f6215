package io.troupe.columnar.function;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class FunctionCoverageTest {
    /// Evaluated by the compiler itself, because arguments are lazy or are functions.
    private static final Set<String> COMPILED =
            Set.of(
                    "and",
                    "or",
                    "if",
                    "coalesce",
                    "nvl",
                    "ifnull",
                    "nvl2",
                    "transform",
                    "filter",
                    "exists",
                    "forall",
                    "aggregate",
                    "reduce",
                    "zip_with",
                    "map_filter",
                    "map_zip_with",
                    "transform_keys",
                    "transform_values");

    /// Names of types are conversions: the analyser makes casts of them.
    private static final Set<String> CASTS =
            Set.of(
                    "bigint",
                    "binary",
                    "boolean",
                    "date",
                    "decimal",
                    "double",
                    "float",
                    "int",
                    "smallint",
                    "string",
                    "time",
                    "timestamp",
                    "tinyint");

    private static final Map<String, String> LEFT_OUT =
            Map.of(
                    "input_file_name", "known to scans only: they give it as a column",
                    "input_file_block_length", "known to scans only: they give it as a column",
                    "input_file_block_start", "known to scans only: they give it as a column",
                    "vector_avg", "an aggregate",
                    "vector_sum", "an aggregate");

    @Test
    void everyScalarFunctionOfTheRegistryIsImplementedOrLeftOutForAReason() throws IOException {
        Set<String> missing = new TreeSet<>();
        try (BufferedReader reader =
                new BufferedReader(
                        new InputStreamReader(
                                FunctionCoverageTest.class.getResourceAsStream(
                                        "/io/troupe/planner/function/registry.tsv"),
                                StandardCharsets.UTF_8))) {
            List<String> lines = reader.lines().skip(1).toList();
            for (String line : lines) {
                String[] cells = line.split("\t", -1);
                boolean evaluated = cells[1].equals("scalar") || cells[1].equals("higher_order");
                String name = cells[0];
                if (evaluated
                        && FunctionTable.find(name) == null
                        && !COMPILED.contains(name)
                        && !CASTS.contains(name)
                        && !LEFT_OUT.containsKey(name)) {
                    missing.add(name);
                }
            }
        }
        assertEquals(Set.of(), missing);
    }
}
