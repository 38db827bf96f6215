package io.troupe.planner.function;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/// The registry: every built-in function by name. Names are looked up without regard to case.
public final class Functions {
    /// What a name of the registry stands for.
    public enum Kind {
        SCALAR,
        AGGREGATE,
        WINDOW,
        GENERATOR,
        HIGHER_ORDER,
        SPECIAL
    }

    private static final class Holder {
        static final Map<String, ScalarRule> SCALARS = scalars();
        static final Map<String, AggregateRule> AGGREGATES = Aggregates.rules();
    }

    private Functions() {}

    private static Map<String, ScalarRule> scalars() {
        ScalarTable table = new ScalarTable();
        Operators.register(table);
        ConditionalFunctions.register(table);
        MathFunctions.register(table);
        StringFunctions.register(table);
        FormatFunctions.register(table);
        RegexFunctions.register(table);
        DateFunctions.register(table);
        TimestampFunctions.register(table);
        ArrayFunctions.register(table);
        SequenceFunctions.register(table);
        MapFunctions.register(table);
        JsonFunctions.register(table);
        BinaryFunctions.register(table);
        SystemFunctions.register(table);
        return table.rules();
    }

    /// The rule, or null when there is no such scalar function.
    public static ScalarRule scalar(String name) {
        return Holder.SCALARS.get(name.toLowerCase(Locale.ROOT));
    }

    /// The rule, or null when there is no such aggregate function.
    public static AggregateRule aggregate(String name) {
        return Holder.AGGREGATES.get(name.toLowerCase(Locale.ROOT));
    }

    /// Whether a function of any kind has that name.
    public static boolean isBuiltIn(String name) {
        return scalar(name) != null
                || aggregate(name) != null
                || registry().containsKey(name.toLowerCase(Locale.ROOT));
    }

    /// All names of the registry file with their kinds, in the file's order.
    public static Map<String, Kind> registry() {
        Map<String, Kind> kinds = new LinkedHashMap<>();
        try (BufferedReader reader =
                new BufferedReader(
                        new InputStreamReader(
                                Functions.class.getResourceAsStream("registry.tsv"),
                                StandardCharsets.UTF_8))) {
            reader.readLine();
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                String[] columns = line.split("\t", -1);
                kinds.put(columns[0], Kind.valueOf(columns[1].toUpperCase(Locale.ROOT)));
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read registry.tsv", e);
        }
        return kinds;
    }
}
