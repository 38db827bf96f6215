package io.troupe.planner.analysis;

import static io.troupe.planner.error.Conditions.id;

import io.troupe.planner.error.Conditions;
import io.troupe.planner.expression.Attribute;
import io.troupe.planner.expression.Expression;
import io.troupe.planner.expression.Literal;
import io.troupe.planner.function.Typed;
import io.troupe.planner.parsed.ParsedExpression;
import io.troupe.planner.type.StructType;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// Turns select lists into items: stars and patterns expanded, names decided.
final class Stars {
    private Stars() {}

    static ParsedExpression unlocated(ParsedExpression expression) {
        return expression instanceof ParsedExpression.Located located
                ? unlocated(located.child())
                : expression;
    }

    static boolean isPlain(ParsedExpression expression) {
        return unlocated(expression) instanceof ParsedExpression.Star star
                && star.except().isEmpty();
    }

    private static boolean isStar(ParsedExpression expression) {
        ParsedExpression plain = unlocated(expression);
        return plain instanceof ParsedExpression.Star
                || plain instanceof ParsedExpression.NamePattern;
    }

    /// Arguments that are SQL text of a star, `expr("*")`, as the star.
    static List<ParsedExpression> read(
            List<ParsedExpression> arguments, ExpressionAnalyzer analyzer) {
        return arguments.stream()
                .map(argument ->
                        unlocated(argument) instanceof ParsedExpression.SqlText text
                                        && analyzer.query.context().sql().expression(text.text())
                                                instanceof ParsedExpression.Star star
                                ? star
                                : argument)
                .toList();
    }

    /// Arguments with stars replaced by names of the columns that they stand for.
    static List<ParsedExpression> expandArguments(
            List<ParsedExpression> arguments, ExpressionAnalyzer analyzer) {
        if (arguments.stream().noneMatch(Stars::isStar)) {
            return arguments;
        }
        List<ParsedExpression> expanded = new ArrayList<>();
        for (ParsedExpression argument : arguments) {
            if (unlocated(argument) instanceof ParsedExpression.Star star) {
                for (Attribute column : columns(star, analyzer)) {
                    List<String> parts = new ArrayList<>(column.qualifier());
                    parts.add(column.name());
                    expanded.add(new ParsedExpression.Name(parts, null));
                }
            } else {
                expanded.add(argument);
            }
        }
        return expanded;
    }

    static List<SelectItem> expand(
            List<ParsedExpression> expressions, ExpressionAnalyzer analyzer) {
        List<SelectItem> items = new ArrayList<>();
        for (ParsedExpression expression : expressions) {
            add(expression, analyzer, items);
        }
        return items;
    }

    private static void add(
            ParsedExpression expression, ExpressionAnalyzer analyzer, List<SelectItem> items) {
        switch (unlocated(expression)) {
            case ParsedExpression.Star star -> star(star, analyzer, items);
            case ParsedExpression.NamePattern pattern -> {
                Pattern regex = Pattern.compile(pattern.pattern(), Pattern.CASE_INSENSITIVE);
                analyzer.scope.input().stream()
                        .filter(column -> regex.matcher(column.name()).matches())
                        .forEach(column -> items.add(column(column)));
            }
            case ParsedExpression.SqlText text ->
                    add(analyzer.query.context().sql().expression(text.text()), analyzer, items);
            case ParsedExpression.Alias alias
                    when alias.names().size() == 1 && !isMulti(alias.child(), analyzer) -> {
                Typed value = analyzer.resolve(located(expression, alias.child()));
                String inherited =
                        value.expression() instanceof Attribute attribute
                                ? attribute.metadata()
                                : "{}";
                items.add(
                        new SelectItem(
                                alias.names().getFirst(),
                                value,
                                alias.metadata() == null ? inherited : alias.metadata(),
                                true,
                                true));
            }
            case ParsedExpression.Alias alias ->
                    generated(alias.child(), alias.names(), analyzer, items);
            default -> {
                if (isMulti(expression, analyzer)) {
                    generated(expression, List.of(), analyzer, items);
                } else {
                    items.add(item(expression, analyzer));
                }
            }
        }
    }

    private static ParsedExpression located(ParsedExpression around, ParsedExpression child) {
        return around instanceof ParsedExpression.Located located
                ? new ParsedExpression.Located(
                        child, located.site(), located.start(), located.stop())
                : child;
    }

    private static boolean isMulti(ParsedExpression expression, ExpressionAnalyzer analyzer) {
        return unlocated(expression) instanceof ParsedExpression.Function call
                && GeneratorFunctions.handles(FunctionAnalyzer.simpleName(call.name()));
    }

    private static void generated(
            ParsedExpression expression,
            List<String> names,
            ExpressionAnalyzer analyzer,
            List<SelectItem> items) {
        ParsedExpression.Function call = (ParsedExpression.Function) unlocated(expression);
        Extraction.Generated generated =
                new GeneratorFunctions(analyzer)
                        .generate(
                                FunctionAnalyzer.simpleName(call.name()), call.arguments(), names);
        for (Attribute column : generated.columns()) {
            items.add(
                    new SelectItem(
                            column.name(), new Typed(column, column.name()), "{}", true, true));
        }
    }

    /// An item whose name is not given: a column's name, the last field's, or the expression's
    /// text.
    private static SelectItem item(ParsedExpression expression, ExpressionAnalyzer analyzer) {
        Typed value = analyzer.resolve(expression);
        ParsedExpression plain = unlocated(expression);
        if (plain instanceof ParsedExpression.Name name) {
            boolean column = value.expression() instanceof Attribute;
            String shown =
                    column ? ((Attribute) value.expression()).name() : name.parts().getLast();
            boolean literalFunction =
                    !column
                            && name.parts().size() == 1
                            && !(value.expression()
                                    instanceof io.troupe.planner.expression.OuterReference)
                            && !value.text().startsWith("lateralAlias")
                            && !(value.expression()
                                    instanceof io.troupe.planner.expression.LambdaVariable);
            return new SelectItem(
                    literalFunction ? value.text() : shown, value, metadata(value), false, true);
        }
        if (plain instanceof ParsedExpression.Conversion conversion
                && unlocated(conversion.child()) instanceof ParsedExpression.Name name) {
            return new SelectItem(name.parts().getLast(), value, "{}", false, true);
        }
        boolean field = plain instanceof ParsedExpression.Field;
        return new SelectItem(value.text(), value, metadata(value), false, field);
    }

    private static String metadata(Typed value) {
        return value.expression() instanceof Attribute attribute ? attribute.metadata() : "{}";
    }

    private static SelectItem column(Attribute column) {
        return new SelectItem(
                column.name(), new Typed(column, column.name()), column.metadata(), false, true);
    }

    private static void star(
            ParsedExpression.Star star, ExpressionAnalyzer analyzer, List<SelectItem> items) {
        if (!star.target().isEmpty()
                && targeted(star, analyzer).isEmpty()
                && !outer(star, analyzer).isEmpty()) {
            for (Attribute column : outer(star, analyzer)) {
                Typed value =
                        new Typed(
                                new io.troupe.planner.expression.OuterReference(column),
                                "outer(" + column.name() + ")");
                items.add(new SelectItem(column.name(), value, column.metadata(), false, true));
            }
            return;
        }
        if (!star.target().isEmpty()) {
            Typed struct = structTarget(star, analyzer);
            if (struct != null) {
                ExpressionAnalyzer.structFields(struct).stream()
                        .map(field -> new SelectItem(field.text(), field, "{}", false, true))
                        .forEach(items::add);
                return;
            }
        }
        columns(star, analyzer).forEach(column -> items.add(column(column)));
    }

    private static List<Attribute> targeted(
            ParsedExpression.Star star, ExpressionAnalyzer analyzer) {
        List<String> target = star.target();
        return analyzer.scope.input().stream()
                .filter(column -> target.isEmpty() || endsWith(column.qualifier(), target))
                .toList();
    }

    /// The columns of an enclosing query that the target names.
    private static List<Attribute> outer(ParsedExpression.Star star, ExpressionAnalyzer analyzer) {
        for (Scope scope = analyzer.scope.outer(); scope != null; scope = scope.outer()) {
            List<Attribute> columns =
                    scope.input().stream()
                            .filter(column -> endsWith(column.qualifier(), star.target()))
                            .toList();
            if (!columns.isEmpty()) {
                return columns;
            }
        }
        return List.of();
    }

    private static boolean endsWith(List<String> qualifier, List<String> target) {
        if (target.size() > qualifier.size()) {
            return false;
        }
        for (int i = 1; i <= target.size(); i++) {
            if (!qualifier
                    .get(qualifier.size() - i)
                    .equalsIgnoreCase(target.get(target.size() - i))) {
                return false;
            }
        }
        return true;
    }

    private static Typed structTarget(ParsedExpression.Star star, ExpressionAnalyzer analyzer) {
        if (!targeted(star, analyzer).isEmpty()) {
            return null;
        }
        Typed value = outer(star, analyzer).isEmpty() ? analyzer.lookup(star.target()) : null;
        if (value != null && value.type() instanceof StructType) {
            return value;
        }
        throw Conditions.analysis(
                "CANNOT_RESOLVE_STAR_EXPAND",
                "targetString",
                id(star.target()),
                "columns",
                analyzer.scope.input().stream()
                        .map(column -> id(column.name()))
                        .collect(Collectors.joining(", ")));
    }

    private static List<Attribute> columns(
            ParsedExpression.Star star, ExpressionAnalyzer analyzer) {
        List<Attribute> all = targeted(star, analyzer);
        if (all.isEmpty() && !star.target().isEmpty()) {
            structTarget(star, analyzer);
        }
        if (star.except().isEmpty()) {
            return all;
        }
        List<Expression> excluded = new ArrayList<>();
        for (List<String> name : star.except()) {
            ColumnNames.Match match = ColumnNames.single(name, all);
            if (match == null) {
                throw AnalysisErrors.unresolvedColumn(name, all);
            }
            excluded.add(match.attribute());
        }
        return all.stream().filter(column -> !excluded.contains(column)).toList();
    }

    /// An integer literal without more around it, or null: an ordinal in ORDER BY or GROUP BY.
    static Integer ordinal(ParsedExpression expression) {
        return unlocated(expression) instanceof ParsedExpression.Constant constant
                        && constant.literal() instanceof Literal literal
                        && literal.value() instanceof Integer number
                ? number
                : null;
    }
}
