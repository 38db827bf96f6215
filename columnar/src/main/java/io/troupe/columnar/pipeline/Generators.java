package io.troupe.columnar.pipeline;

import io.troupe.columnar.compile.VectorFunction;
import io.troupe.columnar.operator.Operator;
import io.troupe.columnar.operator.generate.Expansions;
import io.troupe.columnar.operator.generate.GenerateOperator;
import io.troupe.planner.error.TroupeException;
import io.troupe.planner.expression.Attribute;
import io.troupe.planner.expression.Call;
import io.troupe.planner.expression.Expression;
import io.troupe.planner.expression.GeneratorCall;
import io.troupe.planner.expression.Literal;
import io.troupe.planner.physical.PhysicalPlan.Generate;
import io.troupe.planner.type.StringType;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// Generators from their plans.
final class Generators {
    private Generators() {}

    static Operator open(OperatorBuilder builder, Generate plan) {
        if (plan.generator().python() != null) {
            return PythonNodes.open(builder, plan);
        }
        List<Attribute> input = plan.child().output();
        int[] kept = plan.kept().stream().mapToInt(input::indexOf).toArray();
        return new GenerateOperator(
                builder.open(plan.child()),
                expansions(builder, plan, input),
                kept,
                plan.outer(),
                builder.context());
    }

    private static Expansions expansions(
            OperatorBuilder builder, Generate plan, List<Attribute> input) {
        GeneratorCall call = plan.generator();
        List<Expression> arguments = call.arguments();
        int width = plan.generated().size();
        return switch (call.function()) {
            case "explode", "explode_outer" ->
                    Expansions.ofElements(
                            builder.function(arguments.getFirst(), input), false, false, width);
            case "posexplode", "posexplode_outer" ->
                    Expansions.ofElements(
                            builder.function(arguments.getFirst(), input), true, false, width - 1);
            case "inline", "inline_outer" ->
                    Expansions.ofElements(
                            builder.function(arguments.getFirst(), input), false, true, width);
            case "stack" -> {
                int rows = ((Number) ((Literal) arguments.getFirst()).value()).intValue();
                VectorFunction[] values =
                        builder.functions(arguments.subList(1, arguments.size()), input);
                yield Expansions.ofRows(values, rows, OperatorBuilder.types(plan.generated()));
            }
            case "json_tuple" -> Expansions.ofColumns(builder.functions(fields(arguments), input));
            default ->
                    throw new TroupeException(
                            TroupeException.Kind.UnsupportedOperationException,
                            "UNSUPPORTED_FEATURE.GENERATOR",
                            "0A000",
                            "The feature is not supported: the generator `"
                                    + call.function()
                                    + "`. Use explode, posexplode, inline, stack or json_tuple.",
                            Map.of("functionName", call.function()));
        };
    }

    private static List<Expression> fields(List<Expression> arguments) {
        List<Expression> fields = new ArrayList<>();
        for (Expression name : arguments.subList(1, arguments.size())) {
            Expression path =
                    name instanceof Literal literal
                            ? literal.value() == null
                                    ? literal
                                    : Literal.of("$['" + literal.value() + "']")
                            : new Call(
                                    "concat",
                                    List.of(Literal.of("$['"), name, Literal.of("']")),
                                    StringType.STRING,
                                    name.nullable());
            fields.add(
                    new Call(
                            "get_json_object",
                            List.of(arguments.getFirst(), path),
                            StringType.STRING,
                            true));
        }
        return fields;
    }
}
