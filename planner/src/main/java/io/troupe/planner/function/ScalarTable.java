package io.troupe.planner.function;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Collects the rules of a family.
final class ScalarTable {
    /// A rule written as code.
    interface Body {
        Typed bind(List<Typed> arguments, Dialect dialect);
    }

    private record Custom(String name, int minimum, int maximum, Body body) implements ScalarRule {
        @Override
        public Typed bind(List<Typed> arguments, Dialect dialect) {
            int count = arguments.size();
            if (count < minimum || count > maximum) {
                throw FunctionErrors.wrongCount(name, expected(), count);
            }
            return body.bind(arguments, dialect);
        }

        private String expected() {
            if (maximum == Integer.MAX_VALUE) {
                return "> " + (minimum - 1);
            }
            if (minimum == maximum) {
                return Integer.toString(minimum);
            }
            return java.util.stream.IntStream.rangeClosed(minimum, maximum)
                    .boxed()
                    .toList()
                    .toString();
        }
    }

    static final int ANY_COUNT = Integer.MAX_VALUE;

    private final Map<String, ScalarRule> rules = new LinkedHashMap<>();

    Definition add(String name) {
        Definition definition = new Definition(name);
        rules.put(name, definition);
        return definition;
    }

    void add(String name, int minimum, int maximum, Body body) {
        rules.put(name, new Custom(name, minimum, maximum, body));
    }

    Map<String, ScalarRule> rules() {
        return rules;
    }
}
