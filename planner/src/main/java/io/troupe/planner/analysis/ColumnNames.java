package io.troupe.planner.analysis;

import static io.troupe.planner.error.Conditions.id;
import static io.troupe.planner.error.Conditions.quoted;

import io.troupe.planner.error.Conditions;
import io.troupe.planner.expression.Attribute;
import io.troupe.planner.expression.Call;
import io.troupe.planner.expression.Expression;
import io.troupe.planner.expression.Lambda;
import io.troupe.planner.expression.LambdaVariable;
import io.troupe.planner.expression.Literal;
import io.troupe.planner.function.ArrayFunctions;
import io.troupe.planner.function.Coercion;
import io.troupe.planner.function.Dialect;
import io.troupe.planner.function.Typed;
import io.troupe.planner.type.ArrayType;
import io.troupe.planner.type.AtomicType;
import io.troupe.planner.type.DataType;
import io.troupe.planner.type.MapType;
import io.troupe.planner.type.StructField;
import io.troupe.planner.type.StructType;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/// Finds columns by the parts of a name, and takes fields out of nested values.
final class ColumnNames {
    /// A column and the parts of the name that are left for fields within it.
    record Match(Attribute attribute, List<String> fields) {}

    private ColumnNames() {}

    /// The matching columns, each once: by the longest qualifier that matches, else by the first
    /// part as a bare name.
    static List<Match> find(List<String> parts, List<Attribute> input) {
        for (int qualifiers = Math.min(3, parts.size() - 1); qualifiers >= 0; qualifiers--) {
            List<Match> matches = new ArrayList<>();
            List<String> path = parts.subList(0, qualifiers);
            String name = parts.get(qualifiers);
            for (Attribute attribute : input) {
                if (attribute.name().equalsIgnoreCase(name)
                        && qualified(attribute.qualifier(), path)
                        && matches.stream()
                                .noneMatch(match -> match.attribute().equals(attribute))) {
                    Attribute named =
                            attribute.name().equals(name)
                                    ? attribute
                                    : new Attribute(
                                            attribute.id(),
                                            name,
                                            attribute.type(),
                                            attribute.nullable(),
                                            attribute.qualifier(),
                                            attribute.metadata());
                    matches.add(new Match(named, parts.subList(qualifiers + 1, parts.size())));
                }
            }
            if (!matches.isEmpty()) {
                return matches;
            }
        }
        return List.of();
    }

    private static boolean qualified(List<String> qualifier, List<String> path) {
        if (path.size() > qualifier.size()) {
            return false;
        }
        for (int i = 1; i <= path.size(); i++) {
            if (!qualifier.get(qualifier.size() - i).equalsIgnoreCase(path.get(path.size() - i))) {
                return false;
            }
        }
        return true;
    }

    /// The one match, null for none.
    static Match single(List<String> parts, List<Attribute> input) {
        List<Match> matches = find(parts, input);
        if (matches.size() > 1) {
            throw AnalysisErrors.ambiguous(parts, matches.stream().map(Match::attribute).toList());
        }
        return matches.isEmpty() ? null : matches.getFirst();
    }

    static Typed fields(Typed base, List<String> fields, Dialect dialect) {
        Typed value = base;
        for (String field : fields) {
            value = extract(value, new Typed(Literal.of(field), field), true, dialect);
        }
        return value;
    }

    /// `base.key` (`dotted`) or `base[key]`.
    static Typed extract(Typed base, Typed key, boolean dotted, Dialect dialect) {
        return switch (base.type()) {
            case StructType struct -> structField(base, struct, key, dotted);
            case ArrayType array
                    when array.element() instanceof StructType struct
                            && key.expression() instanceof Literal literal
                            && literal.value() instanceof String ->
                    arrayOfFields(base, array, struct, key, dialect);
            case ArrayType array -> item(base, key, array.element(), AtomicType.INTEGER, dialect);
            case MapType map -> item(base, key, map.value(), map.key(), dialect);
            default -> {
                if (base.type() == AtomicType.VARIANT) {
                    yield new Typed(
                            new Call(
                                    "variant_get",
                                    List.of(base.expression(), key.expression()),
                                    AtomicType.VARIANT,
                                    true),
                            base.text() + "[" + key.text() + "]");
                }
                throw Conditions.analysis(
                        "INVALID_EXTRACT_BASE_FIELD_TYPE",
                        "base",
                        quoted(base.text()),
                        "other",
                        quoted(base.type().sql()));
            }
        };
    }

    private static Typed structField(Typed base, StructType struct, Typed key, boolean dotted) {
        if (!(key.expression() instanceof Literal literal
                && literal.value() instanceof String name)) {
            throw Conditions.analysis(
                    "INVALID_EXTRACT_FIELD_TYPE", "extraction", quoted(key.text()));
        }
        int ordinal = ordinal(struct, name);
        StructField field = struct.fields().get(ordinal);
        Expression call =
                new Call(
                        "getfield",
                        List.of(base.expression(), Literal.of(ordinal)),
                        field.type(),
                        base.nullable() || field.nullable());
        return new Typed(call, base.text() + "." + (dotted ? name : field.name()));
    }

    static int ordinal(StructType struct, String name) {
        int found = -1;
        int count = 0;
        for (int i = 0; i < struct.fields().size(); i++) {
            if (struct.fields().get(i).name().equalsIgnoreCase(name)) {
                found = found < 0 ? i : found;
                count++;
            }
        }
        if (count == 0) {
            throw Conditions.analysis(
                    "FIELD_NOT_FOUND",
                    "fieldName",
                    id(name),
                    "fields",
                    struct.fields().stream()
                            .map(field -> id(field.name()))
                            .collect(Collectors.joining(", ")));
        }
        if (count > 1) {
            throw Conditions.analysis(
                    "AMBIGUOUS_REFERENCE_TO_FIELDS",
                    "field",
                    id(name),
                    "count",
                    Integer.toString(count));
        }
        return found;
    }

    private static Typed arrayOfFields(
            Typed base, ArrayType array, StructType struct, Typed key, Dialect dialect) {
        String name = (String) ((Literal) key.expression()).value();
        int ordinal = ordinal(struct, name);
        StructField field = struct.fields().get(ordinal);
        DataType type = new ArrayType(field.type(), array.containsNull() || field.nullable());
        LambdaVariable each =
                new LambdaVariable(dialect.ids().next(), "x", struct, array.containsNull());
        Expression body =
                new Call(
                        "getfield",
                        List.of(each, Literal.of(ordinal)),
                        field.type(),
                        array.containsNull() || field.nullable());
        return new Typed(
                new Call(
                        "transform",
                        List.of(base.expression(), new Lambda(List.of(each), body)),
                        type,
                        base.nullable()),
                base.text() + "." + name);
    }

    private static Typed item(
            Typed base, Typed key, DataType element, DataType keyType, Dialect dialect) {
        String text = base.text() + "[" + key.text() + "]";
        boolean integral = base.type() instanceof ArrayType && key.type().isIntegral();
        DataType target =
                integral
                        ? key.type()
                        : keyType.equals(AtomicType.INTEGER) && base.type() instanceof ArrayType
                                ? Coercion.implicit(key.type(), AtomicType.INTEGER, dialect.ansi())
                                : Coercion.wider(key.type(), keyType, dialect.ansi());
        if (target == null || base.type() instanceof ArrayType && !target.isIntegral()) {
            throw Conditions.analysis(
                    "DATATYPE_MISMATCH.UNEXPECTED_INPUT_TYPE",
                    "sqlExpr",
                    quoted(text),
                    "paramIndex",
                    "second",
                    "requiredType",
                    base.type() instanceof ArrayType
                            ? "(\"NUMERIC\" and \"INTEGRAL\")"
                            : quoted(keyType.sql()),
                    "inputSql",
                    quoted(key.text()),
                    "inputType",
                    quoted(key.type().sql()));
        }
        Expression index =
                Coercion.cast(
                        key.expression(),
                        base.type() instanceof MapType ? keyType : target,
                        dialect);
        return new Typed(
                new Call(
                        "getitem",
                        List.of(base.expression(), index),
                        element,
                        ArrayFunctions.itemNullable(base.expression(), index, 0)),
                text);
    }
}
