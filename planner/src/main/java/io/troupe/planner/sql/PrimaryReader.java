package io.troupe.planner.sql;

import static io.troupe.planner.sql.ExpressionReader.call;

import io.troupe.planner.expression.Literal;
import io.troupe.planner.expression.Subquery;
import io.troupe.planner.parsed.ParsedExpression;
import io.troupe.planner.parsed.ParsedExpression.Constant;
import io.troupe.planner.parsed.ParsedExpression.Name;
import io.troupe.planner.type.ArrayType;
import io.troupe.planner.type.DataType;
import io.troupe.planner.type.MapType;
import io.troupe.planner.type.StringType;
import io.troupe.planner.type.StructField;
import io.troupe.planner.type.StructType;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// The operands that hold no operator: literals, columns, calls, parentheses, and the forms that
/// follow one.
final class PrimaryReader {
    private final Readers readers;

    PrimaryReader(Readers readers) {
        this.readers = readers;
    }

    /// What a postfix form stands on; null for the other forms.
    static TroupeSql.PrimaryContext inner(TroupeSql.PrimaryContext tree) {
        return switch (tree) {
            case TroupeSql.SubscriptPrimaryContext subscript -> subscript.value;
            case TroupeSql.FieldPrimaryContext field -> field.value;
            case TroupeSql.ShortCastPrimaryContext cast -> cast.value;
            case TroupeSql.CollatePrimaryContext collate -> collate.value;
            case TroupeSql.VariantPrimaryContext variant -> variant.value;
            default -> null;
        };
    }

    ParsedExpression postfix(TroupeSql.PrimaryContext tree, ParsedExpression value) {
        ParsedExpression result =
                switch (tree) {
                    case TroupeSql.SubscriptPrimaryContext subscript ->
                            new ParsedExpression.Subscript(
                                    value, readers.expressions().operand(subscript.index));
                    case TroupeSql.FieldPrimaryContext field -> field(value, Names.of(field.field));
                    case TroupeSql.ShortCastPrimaryContext cast ->
                            new ParsedExpression.Conversion(
                                    value, castType(readers.types().type(cast.dataType())), false);
                    case TroupeSql.CollatePrimaryContext collate ->
                            call(
                                    "collate",
                                    value,
                                    text(
                                            Names.parts(collate.collation)
                                                    .getLast()
                                                    .toUpperCase(Locale.ROOT)));
                    case TroupeSql.VariantPrimaryContext variant ->
                            new ParsedExpression.Function(
                                    "semi_structured_extract",
                                    List.of(value, text(path(variant.path))));
                    default -> throw Readers.unknown(tree);
                };
        return readers.origin().at(tree, result);
    }

    private static ParsedExpression field(ParsedExpression value, String field) {
        if (ExpressionReader.bare(value) instanceof Name name && name.plan() == null) {
            List<String> parts = new ArrayList<>(name.parts());
            parts.add(field);
            return new Name(List.copyOf(parts), null);
        }
        return new ParsedExpression.Field(value, field);
    }

    private static String path(TroupeSql.VariantPathContext tree) {
        String text = tree.getText();
        return text.startsWith("[") ? "$" + text : "$." + text;
    }

    ParsedExpression plain(TroupeSql.PrimaryContext tree) {
        return switch (tree) {
            case TroupeSql.LiteralPrimaryContext literal ->
                    new Constant(readers.literals().literal(literal.literal()));
            case TroupeSql.NestedPrimaryContext nested ->
                    readers.expressions().expression(nested.expression());
            case TroupeSql.StarPrimaryContext star -> star(star.star());
            case TroupeSql.ParameterPrimaryContext parameter -> parameter(parameter.parameter());
            default -> readers.origin().at(tree, located(tree));
        };
    }

    private ParsedExpression located(TroupeSql.PrimaryContext tree) {
        return switch (tree) {
            case TroupeSql.ColumnPrimaryContext column -> column(Names.of(column.word()));
            case TroupeSql.NamePrimaryContext name ->
                    new Name(readers.names().computed(name, name.expression()), null);
            case TroupeSql.CallPrimaryContext call -> readers.calls().call(call.functionCall());
            case TroupeSql.SearchedCaseContext cases ->
                    readers.expressions().caseOf(null, cases.whenBranch(), cases.otherwise);
            case TroupeSql.SimpleCaseContext cases ->
                    readers.expressions().caseOf(cases.value, cases.whenBranch(), cases.otherwise);
            case TroupeSql.CastPrimaryContext cast ->
                    new ParsedExpression.Conversion(
                            readers.expressions().expression(cast.expression()),
                            castType(readers.types().type(cast.dataType())),
                            cast.kind.getType() == TroupeSql.TRY_CAST);
            case TroupeSql.ExistsPrimaryContext exists ->
                    readers.expressions().subquery(Subquery.Kind.EXISTS, exists.query(), List.of());
            case TroupeSql.ScalarQueryPrimaryContext scalar ->
                    readers.expressions().subquery(Subquery.Kind.SCALAR, scalar.query(), List.of());
            case TroupeSql.RowPrimaryContext row ->
                    new ParsedExpression.Function(
                            "struct", readers.expressions().items(row.selectItem()));
            default -> textFunction(tree);
        };
    }

    private ParsedExpression column(String name) {
        ParsedExpression meant = readers.parameters().columns().get(name.toLowerCase(Locale.ROOT));
        return meant != null ? meant : new Name(List.of(name), null);
    }

    /// Functions with words between their arguments.
    private ParsedExpression textFunction(TroupeSql.PrimaryContext tree) {
        return switch (tree) {
            case TroupeSql.ExtractPrimaryContext extract ->
                    call("extract", text(Names.of(extract.field)), operand(extract.source));
            case TroupeSql.SubstringPrimaryContext part ->
                    part.length == null
                            ? call("substring", operand(part.text), operand(part.start))
                            : call(
                                    "substring",
                                    operand(part.text),
                                    operand(part.start),
                                    operand(part.length));
            case TroupeSql.TrimPrimaryContext trim -> trim(trim);
            case TroupeSql.OverlayPrimaryContext overlay ->
                    overlay.length == null
                            ? call(
                                    "overlay",
                                    operand(overlay.text),
                                    operand(overlay.replacement),
                                    operand(overlay.start))
                            : call(
                                    "overlay",
                                    operand(overlay.text),
                                    operand(overlay.replacement),
                                    operand(overlay.start),
                                    operand(overlay.length));
            case TroupeSql.PositionPrimaryContext position ->
                    call("locate", operand(position.part), operand(position.text));
            default -> throw Readers.unknown(tree);
        };
    }

    private ParsedExpression operand(TroupeSql.OperandContext tree) {
        return readers.expressions().operand(tree);
    }

    private ParsedExpression trim(TroupeSql.TrimPrimaryContext tree) {
        int side = tree.side == null ? TroupeSql.BOTH : tree.side.getType();
        String function =
                side == TroupeSql.LEADING ? "ltrim" : side == TroupeSql.TRAILING ? "rtrim" : "trim";
        return tree.characters == null
                ? call(function, operand(tree.text))
                : call(function, operand(tree.characters), operand(tree.text));
    }

    private static ParsedExpression star(TroupeSql.StarContext tree) {
        List<List<String>> except =
                tree.starExcept() == null
                        ? List.of()
                        : tree.starExcept().qualifiedName().stream().map(Names::parts).toList();
        return new ParsedExpression.Star(
                tree.qualifiedName() == null ? List.of() : Names.parts(tree.qualifiedName()),
                except);
    }

    private ParsedExpression parameter(TroupeSql.ParameterContext tree) {
        boolean positional = tree.word() == null;
        if (positional) {
            int index = readers.nextPositional();
            List<ParsedExpression> given = readers.parameters().positional();
            return index < given.size()
                    ? given.get(index)
                    : readers.origin().at(tree, new ParsedExpression.Parameter("" + index, true));
        }
        String name = Names.of(tree.word());
        ParsedExpression given = readers.parameters().named().get(name);
        return given != null
                ? given
                : readers.origin().at(tree, new ParsedExpression.Parameter(name, false));
    }

    static Constant text(String value) {
        return new Constant(Literal.of(value));
    }

    /// Casts make plain strings of CHAR(n) and VARCHAR(n): lengths are checked where a table is
    /// written only.
    private static DataType castType(DataType type) {
        return switch (type) {
            case StringType string when string.kind() != StringType.Kind.STRING ->
                    StringType.STRING;
            case ArrayType array -> new ArrayType(castType(array.element()), array.containsNull());
            case MapType map ->
                    new MapType(
                            castType(map.key()), castType(map.value()), map.valueContainsNull());
            case StructType struct ->
                    new StructType(
                            struct.fields().stream()
                                    .map(field ->
                                            new StructField(
                                                    field.name(),
                                                    castType(field.type()),
                                                    field.nullable(),
                                                    field.metadata()))
                                    .toList());
            default -> type;
        };
    }
}
