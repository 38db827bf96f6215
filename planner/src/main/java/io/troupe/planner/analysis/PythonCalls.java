package io.troupe.planner.analysis;

import io.troupe.planner.error.Conditions;
import io.troupe.planner.expression.AggregateCall;
import io.troupe.planner.expression.PythonAggregate;
import io.troupe.planner.expression.PythonCall;
import io.troupe.planner.expression.PythonFunction;
import io.troupe.planner.function.Typed;
import io.troupe.planner.parsed.ParsedExpression;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// Resolves calls of Python functions: scalar ones and grouped aggregates.
final class PythonCalls {
    /// PySpark's numbers of grouped-aggregate UDF kinds.
    private static final Set<Integer> AGGREGATE_EVAL_TYPES =
            Set.of(202, 215, 252, 253, 254, 216, 217);

    private final ExpressionAnalyzer analyzer;

    PythonCalls(ExpressionAnalyzer analyzer) {
        this.analyzer = analyzer;
    }

    Typed resolve(ParsedExpression.PythonUdf udf) {
        if (isAggregate(udf.function())) {
            if (analyzer.insideAggregate()) {
                throw Conditions.analysis("NESTED_AGGREGATE_FUNCTION");
            }
            FunctionAnalyzer.ResolvedAggregate resolved =
                    analyzer.insideAggregate(() -> pythonAggregate(udf));
            return new Typed(
                    analyzer.extraction.aggregate(resolved.call(), resolved.text()),
                    resolved.text());
        }
        List<Typed> arguments = arguments(udf);
        List<String> names = names(udf);
        NamedArguments.check(udf.function().name(), names);
        return new Typed(
                new PythonCall(
                        udf.function(), arguments.stream().map(Typed::expression).toList(), names),
                text(udf, arguments));
    }

    /// A call of a registered Python aggregate by its name, as that function's call.
    static ParsedExpression registeredAggregate(ParsedExpression plain, QueryAnalyzer query) {
        if (plain instanceof ParsedExpression.Function call) {
            String name = FunctionAnalyzer.simpleName(call.name());
            PythonFunction python = name == null ? null : query.context().catalog().function(name);
            if (python != null && isAggregate(python)) {
                return new ParsedExpression.PythonUdf(python, call.arguments(), java.util.Map.of());
            }
        }
        return plain;
    }

    static boolean isAggregate(PythonFunction function) {
        return AGGREGATE_EVAL_TYPES.contains(function.evalType());
    }

    FunctionAnalyzer.ResolvedAggregate pythonAggregate(ParsedExpression.PythonUdf udf) {
        List<Typed> arguments = arguments(udf);
        NamedArguments.check(udf.function().name(), names(udf));
        AggregateCall call =
                new AggregateCall(
                        udf.function().name(),
                        arguments.stream().map(Typed::expression).toList(),
                        false,
                        null,
                        List.of(),
                        udf.function().returnType(),
                        true,
                        new PythonAggregate(udf.function(), names(udf)));
        return new FunctionAnalyzer.ResolvedAggregate(call, text(udf, arguments));
    }

    private List<Typed> arguments(ParsedExpression.PythonUdf udf) {
        List<ParsedExpression> all = new ArrayList<>();
        for (ParsedExpression argument : Stars.expandArguments(udf.arguments(), analyzer)) {
            all.add(
                    argument instanceof ParsedExpression.NamedArgument named
                            ? named.value()
                            : argument);
        }
        all.addAll(udf.named().values());
        return analyzer.resolveAll(all);
    }

    private static List<String> names(ParsedExpression.PythonUdf udf) {
        List<String> names = new ArrayList<>();
        udf.arguments()
                .forEach(argument ->
                        names.add(
                                argument instanceof ParsedExpression.NamedArgument named
                                        ? named.name()
                                        : null));
        names.addAll(udf.named().keySet());
        return names;
    }

    private static String text(ParsedExpression.PythonUdf udf, List<Typed> arguments) {
        List<String> texts = new ArrayList<>();
        int positional = arguments.size() - udf.named().size();
        List<String> keys = new ArrayList<>(udf.named().keySet());
        for (int i = 0; i < arguments.size(); i++) {
            texts.add(
                    (i >= positional ? keys.get(i - positional) + " => " : "")
                            + arguments.get(i).text());
        }
        return udf.function().name() + "(" + String.join(", ", texts) + ")";
    }
}
