package io.troupe.planner.analysis;

import static io.troupe.planner.error.Conditions.id;

import io.troupe.planner.error.Conditions;
import io.troupe.planner.expression.Literal;
import io.troupe.planner.parsed.ParsedExpression;
import io.troupe.planner.type.StringType;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/// Puts `name => value` arguments of built-in functions in their places.
final class NamedArguments {
    /// A parameter and its default; `otherwise` is null for required ones.
    private record Parameter(String name, Literal otherwise) {}

    private static final Map<String, List<Parameter>> SIGNATURES =
            Map.of(
                    "mask",
                    List.of(
                            new Parameter("str", null),
                            new Parameter("upperchar", Literal.of("X")),
                            new Parameter("lowerchar", Literal.of("x")),
                            new Parameter("digitchar", Literal.of("n")),
                            new Parameter("otherchar", Literal.ofNull(StringType.STRING))),
                    "count_min_sketch",
                    List.of(
                            new Parameter("column", null),
                            new Parameter("epsilon", null),
                            new Parameter("confidence", null),
                            new Parameter("seed", null)),
                    "collection",
                    List.of(new Parameter("collection", null)),
                    "input",
                    List.of(new Parameter("input", null)));
    private static final Map<String, String> GENERATORS =
            Map.of(
                    "explode", "collection",
                    "explode_outer", "collection",
                    "posexplode", "collection",
                    "posexplode_outer", "collection",
                    "inline", "input",
                    "inline_outer", "input",
                    "variant_explode", "input",
                    "variant_explode_outer", "input");

    private NamedArguments() {}

    /// Each name at most once, and none before a positional argument.
    ///
    /// @param names per argument its name, or null when positional
    static void check(String routine, List<String> names) {
        Set<String> seen = new HashSet<>();
        String last = null;
        for (String name : names) {
            if (name == null && last != null) {
                throw Conditions.analysis(
                        "UNEXPECTED_POSITIONAL_ARGUMENT",
                        "routineName",
                        id(routine),
                        "parameterName",
                        id(last));
            }
            if (name != null && !seen.add(name.toLowerCase(Locale.ROOT))) {
                throw Conditions.analysis(
                        "DUPLICATE_ROUTINE_PARAMETER_ASSIGNMENT.DOUBLE_NAMED_ARGUMENT_REFERENCE",
                        "routineName",
                        id(routine),
                        "parameterName",
                        id(name));
            }
            last = name != null ? name : last;
        }
    }

    static List<ParsedExpression> positional(String function, List<ParsedExpression> arguments) {
        if (arguments.stream().noneMatch(ParsedExpression.NamedArgument.class::isInstance)) {
            return arguments;
        }
        List<Parameter> parameters = SIGNATURES.get(GENERATORS.getOrDefault(function, function));
        if (parameters == null) {
            throw Conditions.analysis(
                    "NAMED_PARAMETERS_NOT_SUPPORTED", "functionName", id(function));
        }
        Map<String, ParsedExpression> given = new HashMap<>();
        for (int i = 0; i < arguments.size(); i++) {
            if (arguments.get(i) instanceof ParsedExpression.NamedArgument named) {
                String name = named.name().toLowerCase(Locale.ROOT);
                if (parameters.stream().noneMatch(parameter -> parameter.name().equals(name))) {
                    throw Conditions.analysis(
                            "UNRECOGNIZED_PARAMETER_NAME",
                            "routineName",
                            id(function),
                            "argumentName",
                            id(named.name()),
                            "proposal",
                            parameters.stream()
                                    .map(p -> id(p.name()))
                                    .collect(Collectors.joining(" ")));
                }
                if (given.put(name, named.value()) != null) {
                    throw Conditions.analysis(
                            "DUPLICATE_ROUTINE_PARAMETER_ASSIGNMENT.DOUBLE_NAMED_ARGUMENT_REFERENCE",
                            "routineName",
                            id(function),
                            "parameterName",
                            id(name));
                }
            } else if (i < parameters.size()) {
                given.put(parameters.get(i).name(), arguments.get(i));
            }
        }
        return inOrder(function, parameters, given);
    }

    private static List<ParsedExpression> inOrder(
            String function, List<Parameter> parameters, Map<String, ParsedExpression> given) {
        List<ParsedExpression> ordered = new ArrayList<>();
        for (int i = 0; i < parameters.size(); i++) {
            Parameter parameter = parameters.get(i);
            ParsedExpression value = given.get(parameter.name());
            if (value == null && parameter.otherwise() == null) {
                throw Conditions.analysis(
                        "REQUIRED_PARAMETER_NOT_FOUND",
                        "routineName",
                        id(function),
                        "parameterName",
                        id(parameter.name()),
                        "index",
                        Integer.toString(i));
            }
            ordered.add(
                    value == null ? new ParsedExpression.Constant(parameter.otherwise()) : value);
        }
        return ordered;
    }
}
