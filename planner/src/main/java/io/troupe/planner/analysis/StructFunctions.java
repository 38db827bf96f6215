package io.troupe.planner.analysis;

import static io.troupe.planner.error.Conditions.quoted;

import io.troupe.planner.error.Conditions;
import io.troupe.planner.expression.Call;
import io.troupe.planner.expression.Expression;
import io.troupe.planner.expression.Literal;
import io.troupe.planner.function.FunctionErrors;
import io.troupe.planner.function.Typed;
import io.troupe.planner.parsed.ParsedExpression;
import io.troupe.planner.type.StringType;
import io.troupe.planner.type.StructField;
import io.troupe.planner.type.StructType;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/// `struct` and `named_struct`: constructors whose field names come from their arguments.
final class StructFunctions {
    private StructFunctions() {}

    static Typed struct(ExpressionAnalyzer analyzer, List<ParsedExpression> arguments) {
        List<Expression> parts = new ArrayList<>();
        List<StructField> fields = new ArrayList<>();
        List<String> texts = new ArrayList<>();
        List<SelectItem> items = Stars.expand(arguments, analyzer);
        for (int i = 0; i < items.size(); i++) {
            SelectItem item = items.get(i);
            String name = item.named() ? item.name() : "col" + (i + 1);
            Typed value = item.value();
            parts.add(Literal.of(name));
            parts.add(value.expression());
            fields.add(new StructField(name, value.type(), value.nullable()));
            texts.add(item.aliased() ? value.text() + " AS " + name : value.text());
        }
        Expression call = new Call("named_struct", parts, new StructType(fields), false);
        return new Typed(call, "struct(" + String.join(", ", texts) + ")");
    }

    static Typed namedStruct(List<Typed> arguments) {
        String text =
                "named_struct("
                        + arguments.stream().map(Typed::text).collect(Collectors.joining(", "))
                        + ")";
        if (arguments.isEmpty() || arguments.size() % 2 != 0) {
            throw FunctionErrors.wrongCount("named_struct", "2n (n > 0)", arguments.size());
        }
        List<Expression> parts = new ArrayList<>();
        List<StructField> fields = new ArrayList<>();
        for (int i = 0; i < arguments.size(); i += 2) {
            Typed name = arguments.get(i);
            Typed value = arguments.get(i + 1);
            if (!(name.expression() instanceof Literal literal
                    && literal.type() instanceof StringType)) {
                throw Conditions.analysis(
                        "DATATYPE_MISMATCH.CREATE_NAMED_STRUCT_WITHOUT_FOLDABLE_STRING",
                        "sqlExpr",
                        quoted(text),
                        "inputExprs",
                        "[" + quoted(name.text()) + "]");
            }
            if (literal.value() == null) {
                throw Conditions.analysis(
                        "DATATYPE_MISMATCH.UNEXPECTED_NULL",
                        "sqlExpr",
                        quoted(text),
                        "exprName",
                        "[" + name.text() + "]");
            }
            parts.add(literal);
            parts.add(value.expression());
            fields.add(new StructField((String) literal.value(), value.type(), value.nullable()));
        }
        return new Typed(new Call("named_struct", parts, new StructType(fields), false), text);
    }
}
