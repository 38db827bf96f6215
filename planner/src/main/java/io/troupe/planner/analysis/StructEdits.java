package io.troupe.planner.analysis;

import static io.troupe.planner.error.Conditions.quoted;

import io.troupe.planner.error.Conditions;
import io.troupe.planner.expression.Call;
import io.troupe.planner.expression.Expression;
import io.troupe.planner.expression.Literal;
import io.troupe.planner.function.Typed;
import io.troupe.planner.json.NameText;
import io.troupe.planner.parsed.ParsedExpression;
import io.troupe.planner.type.AtomicType;
import io.troupe.planner.type.DataType;
import io.troupe.planner.type.StructField;
import io.troupe.planner.type.StructType;
import java.util.ArrayList;
import java.util.List;

/// `Column.withField` and `dropFields`: a struct built anew from the fields of another. Dotted
/// names reach into nested structs.
final class StructEdits {
    private StructEdits() {}

    static Typed withField(ExpressionAnalyzer analyzer, ParsedExpression.WithField with) {
        Typed base = struct(analyzer.resolve(with.child()));
        Typed value = analyzer.resolve(with.value());
        String text = "update_fields(" + base.text() + ", WithField(" + value.text() + "))";
        return new Typed(
                set(base.expression(), NameText.parts(with.name()), value.expression()), text);
    }

    static Typed dropFields(ExpressionAnalyzer analyzer, ParsedExpression.DropFields drop) {
        Typed base = struct(analyzer.resolve(drop.child()));
        Expression result = base.expression();
        StringBuilder text = new StringBuilder("update_fields(").append(base.text());
        for (String name : drop.names()) {
            result = remove(result, NameText.parts(name), base.text());
            text.append(", dropfield()");
        }
        return new Typed(result, text.append(")").toString());
    }

    private static Typed struct(Typed base) {
        if (!(base.type() instanceof StructType)) {
            throw Conditions.analysis(
                    "DATATYPE_MISMATCH.UNEXPECTED_INPUT_TYPE",
                    "sqlExpr",
                    quoted("update_fields(" + base.text() + ")"),
                    "paramIndex",
                    "first",
                    "requiredType",
                    quoted("STRUCT"),
                    "inputSql",
                    quoted(base.text()),
                    "inputType",
                    quoted(base.type().sql()));
        }
        return base;
    }

    private static Expression field(Expression base, int ordinal, StructField field) {
        return new Call(
                "getfield",
                List.of(base, Literal.of(ordinal)),
                field.type(),
                base.nullable() || field.nullable());
    }

    private static Expression set(Expression base, List<String> path, Expression value) {
        StructType type = (StructType) base.type();
        List<String> names = new ArrayList<>();
        List<Expression> values = new ArrayList<>();
        boolean found = false;
        for (int i = 0; i < type.fields().size(); i++) {
            StructField field = type.fields().get(i);
            Expression current = field(base, i, field);
            if (field.name().equalsIgnoreCase(path.getFirst())) {
                found = true;
                current =
                        path.size() == 1
                                ? value
                                : set(current, path.subList(1, path.size()), value);
            }
            names.add(
                    field.name().equalsIgnoreCase(path.getFirst()) && path.size() == 1
                            ? path.getFirst()
                            : field.name());
            values.add(current);
        }
        if (!found) {
            if (path.size() > 1) {
                ColumnNames.ordinal(type, path.getFirst());
            }
            names.add(path.getFirst());
            values.add(value);
        }
        return build(base, names, values);
    }

    private static Expression remove(Expression base, List<String> path, String text) {
        StructType type = (StructType) base.type();
        List<String> names = new ArrayList<>();
        List<Expression> values = new ArrayList<>();
        for (int i = 0; i < type.fields().size(); i++) {
            StructField field = type.fields().get(i);
            Expression current = field(base, i, field);
            if (field.name().equalsIgnoreCase(path.getFirst())) {
                if (path.size() == 1) {
                    continue;
                }
                current = remove(current, path.subList(1, path.size()), text);
            }
            names.add(field.name());
            values.add(current);
        }
        if (names.isEmpty()) {
            throw Conditions.analysis(
                    "DATATYPE_MISMATCH.CANNOT_DROP_ALL_FIELDS",
                    "sqlExpr",
                    quoted("update_fields(" + text + ", dropfield())"));
        }
        return build(base, names, values);
    }

    private static Expression build(Expression base, List<String> names, List<Expression> values) {
        List<Expression> arguments = new ArrayList<>();
        List<StructField> fields = new ArrayList<>();
        for (int i = 0; i < names.size(); i++) {
            arguments.add(Literal.of(names.get(i)));
            arguments.add(values.get(i));
            fields.add(
                    new StructField(names.get(i), values.get(i).type(), values.get(i).nullable()));
        }
        DataType type = new StructType(fields);
        Expression struct = new Call("named_struct", arguments, type, false);
        if (!base.nullable()) {
            return struct;
        }
        Expression missing = new Call("isnull", List.of(base), AtomicType.BOOLEAN, false);
        return new Call("if", List.of(missing, Literal.ofNull(type), struct), type, true);
    }
}
