package io.troupe.planner.analysis;

import static io.troupe.planner.error.Conditions.quoted;

import io.troupe.planner.error.Conditions;
import io.troupe.planner.error.TroupeException;
import io.troupe.planner.expression.Attribute;
import io.troupe.planner.expression.Call;
import io.troupe.planner.expression.Expression;
import io.troupe.planner.expression.LambdaVariable;
import io.troupe.planner.expression.Literal;
import io.troupe.planner.expression.OuterReference;
import io.troupe.planner.function.Casts;
import io.troupe.planner.function.ConditionalFunctions;
import io.troupe.planner.function.Dialect;
import io.troupe.planner.function.Functions;
import io.troupe.planner.function.Typed;
import io.troupe.planner.parsed.ParsedExpression;
import io.troupe.planner.type.StructField;
import io.troupe.planner.type.StructType;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// Resolves the expressions of one clause. Aggregates, windows and generators go to the
/// [Extraction]; the clause decides what to do with them.
final class ExpressionAnalyzer {
    final QueryAnalyzer query;
    final Scope scope;
    final Extraction extraction;
    final Dialect dialect;
    private final FunctionAnalyzer functions;
    private final Deque<Map<String, LambdaVariable>> lambdas = new ArrayDeque<>();

    /// Aliases of the select list so far, for lateral references; null where there are none.
    private Map<String, List<Typed>> aliases;

    /// What GROUPING and GROUPING_ID stand for; null outside of grouping sets.
    private GroupingBits groupingBits;

    private boolean insideAggregate;
    private boolean hoists;

    /// Columns of a select list that names mean before those of the input, outside of aggregate
    /// functions.
    private Map<String, SelectItem> preferred = Map.of();

    /// Further columns in sight, after those of the scope: of the inputs below a select list. The
    /// last are an aggregation's input.
    private List<List<Attribute>> below = List.of();

    ExpressionAnalyzer(QueryAnalyzer query, Scope scope, Extraction extraction) {
        this.query = query;
        this.scope = scope;
        this.extraction = extraction;
        this.dialect = query.dialect();
        this.functions = new FunctionAnalyzer(this);
    }

    ExpressionAnalyzer allowLateralAliases() {
        aliases = new LinkedHashMap<>();
        return this;
    }

    /// Computes aggregates that nested queries ask for: in HAVING, ORDER BY and select lists with
    /// GROUP BY.
    ExpressionAnalyzer hoisting() {
        hoists = true;
        return this;
    }

    boolean hoistsAggregates() {
        return hoists;
    }

    ExpressionAnalyzer grouping(GroupingBits bits) {
        this.groupingBits = bits;
        return this;
    }

    ExpressionAnalyzer preferring(List<SelectItem> items) {
        preferred = new LinkedHashMap<>();
        items.stream()
                .filter(SelectItem::aliased)
                .forEach(item -> preferred.putIfAbsent(item.name().toLowerCase(Locale.ROOT), item));
        return this;
    }

    ExpressionAnalyzer seeingBelow(List<List<Attribute>> below) {
        this.below = below;
        return this;
    }

    GroupingBits groupingBits() {
        return groupingBits;
    }

    void addAlias(String name, Typed value) {
        if (aliases != null) {
            aliases.computeIfAbsent(name.toLowerCase(Locale.ROOT), _ -> new ArrayList<>())
                    .add(value);
        }
    }

    boolean insideAggregate() {
        return insideAggregate;
    }

    /// Resolves with aggregate functions forbidden, as within another's arguments.
    <T> T insideAggregate(java.util.function.Supplier<T> work) {
        boolean before = insideAggregate;
        insideAggregate = true;
        try {
            return work.get();
        } finally {
            insideAggregate = before;
        }
    }

    List<Typed> resolveAll(List<ParsedExpression> expressions) {
        List<Typed> resolved = new ArrayList<>(expressions.size());
        for (ParsedExpression expression : expressions) {
            resolved.add(resolve(expression));
        }
        return resolved;
    }

    Typed resolve(ParsedExpression parsed) {
        return switch (parsed) {
            case ParsedExpression.Located located -> {
                try {
                    yield resolve(located.child());
                } catch (TroupeException e) {
                    throw query.placed(e, located.site(), located.start(), located.stop());
                }
            }
            case ParsedExpression.Constant constant ->
                    new Typed(
                            constant.literal(),
                            LiteralText.of(constant.literal(), dialect.timeZone()));
            case ParsedExpression.Name name -> name(name);
            case ParsedExpression.Function function -> functions.resolve(function);
            case ParsedExpression.Conversion conversion ->
                    Casts.explicit(
                            resolve(conversion.child()),
                            conversion.type(),
                            conversion.tryOnly(),
                            dialect);
            case ParsedExpression.Case c -> cases(c);
            case ParsedExpression.Alias alias -> resolve(alias.child());
            case ParsedExpression.SortItem item -> resolve(item.child());
            case ParsedExpression.Windowed windowed -> new WindowAnalyzer(this).resolve(windowed);
            case ParsedExpression.SubqueryExpression subquery ->
                    new SubqueryAnalyzer(this).resolve(subquery);
            case ParsedExpression.Field field -> {
                Typed base = resolve(field.child());
                yield ColumnNames.extract(
                        base, new Typed(Literal.of(field.name()), field.name()), true, dialect);
            }
            case ParsedExpression.Subscript subscript ->
                    ColumnNames.extract(
                            resolve(subscript.child()), resolve(subscript.index()), false, dialect);
            case ParsedExpression.WithField with -> StructEdits.withField(this, with);
            case ParsedExpression.DropFields drop -> StructEdits.dropFields(this, drop);
            case ParsedExpression.Parameter parameter -> parameter(parameter);
            case ParsedExpression.PythonUdf udf -> new PythonCalls(this).resolve(udf);
            case ParsedExpression.SqlText text ->
                    query.within(
                            text.text(),
                            () -> resolve(query.context().sql().expression(text.text())));
            case ParsedExpression.NamedArgument named -> resolve(named.value());
            case ParsedExpression.Star _, ParsedExpression.NamePattern _ ->
                    throw Conditions.analysis(
                            "INVALID_USAGE_OF_STAR_OR_REGEX",
                            "elem",
                            "'*'",
                            "prettyName",
                            "expression");
            case ParsedExpression.LambdaFunction _ ->
                    throw Conditions.analysis(
                            "INVALID_LAMBDA_FUNCTION_CALL.NON_HIGHER_ORDER_FUNCTION",
                            "class",
                            "LambdaFunction");
        };
    }

    private Typed parameter(ParsedExpression.Parameter parameter) {
        ParsedExpression value = query.context().parameters().get(parameter.name());
        if (value == null) {
            String shown = parameter.positional() ? "_" + parameter.name() : parameter.name();
            throw Conditions.analysis("UNBOUND_SQL_PARAMETER", "name", Conditions.id(shown));
        }
        return resolve(value);
    }

    private Typed cases(ParsedExpression.Case c) {
        List<Typed> conditions = new ArrayList<>();
        List<Typed> values = new ArrayList<>();
        for (ParsedExpression.CaseBranch branch : c.branches()) {
            Typed condition = resolve(branch.condition());
            if (c.value() != null) {
                condition =
                        Functions.scalar("=").bind(List.of(resolve(c.value()), condition), dialect);
            }
            conditions.add(condition);
            values.add(resolve(branch.value()));
        }
        Typed otherwise = c.otherwise() == null ? null : resolve(c.otherwise());
        return ConditionalFunctions.caseWhen(conditions, values, otherwise, dialect);
    }

    /// Runs the work with lambda parameters in sight.
    <T> T withParameters(List<LambdaVariable> parameters, java.util.function.Supplier<T> work) {
        Map<String, LambdaVariable> byName = new LinkedHashMap<>();
        parameters.forEach(
                parameter -> byName.put(parameter.name().toLowerCase(Locale.ROOT), parameter));
        lambdas.push(byName);
        try {
            return work.get();
        } finally {
            lambdas.pop();
        }
    }

    private Typed name(ParsedExpression.Name name) {
        if (name.plan() != null) {
            Typed found = DataFrameColumns.resolve(name, scope, query.context(), dialect);
            if (found != null) {
                return found;
            }
        }
        Typed found = lookup(name.parts());
        if (found != null) {
            return found;
        }
        Literal variable = query.context().catalog().variable(name.parts());
        if (variable != null) {
            return new Typed(variable, name.parts().getLast());
        }
        throw AnalysisErrors.unresolvedColumn(name.parts(), suggestions());
    }

    private List<Attribute> suggestions() {
        return scope.input();
    }

    /// What the name stands for, null when nothing of that name is in sight.
    Typed lookup(List<String> parts) {
        for (Map<String, LambdaVariable> frame : lambdas) {
            LambdaVariable variable = frame.get(parts.getFirst().toLowerCase(Locale.ROOT));
            if (variable != null) {
                return ColumnNames.fields(
                        new Typed(variable, "namedlambdavariable()"),
                        parts.subList(1, parts.size()),
                        dialect);
            }
        }
        SelectItem item =
                insideAggregate ? null : preferred.get(parts.getFirst().toLowerCase(Locale.ROOT));
        if (item != null) {
            return ColumnNames.fields(item.value(), parts.subList(1, parts.size()), dialect);
        }
        ColumnNames.Match match =
                insideAggregate && !below.isEmpty()
                        ? ColumnNames.single(parts, below.getLast())
                        : null;
        match = match == null ? ColumnNames.single(parts, scope.input()) : match;
        for (List<Attribute> input : match == null ? below : List.<List<Attribute>>of()) {
            match = match == null ? ColumnNames.single(parts, input) : match;
        }
        if (match != null) {
            return typed(match);
        }
        Typed alias = lateralAlias(parts);
        if (alias != null) {
            return alias;
        }
        match = ColumnNames.single(parts, HiddenColumns.of(scope.plans()));
        if (match != null) {
            return typed(match);
        }
        Typed constant = functions.withoutParentheses(parts);
        return constant != null ? constant : outer(parts);
    }

    private Typed typed(ColumnNames.Match match) {
        return ColumnNames.fields(
                new Typed(match.attribute(), match.attribute().name()), match.fields(), dialect);
    }

    private Typed lateralAlias(List<String> parts) {
        List<Typed> values =
                aliases == null ? null : aliases.get(parts.getFirst().toLowerCase(Locale.ROOT));
        if (values == null) {
            return null;
        }
        if (values.size() > 1) {
            throw Conditions.analysis(
                    "AMBIGUOUS_LATERAL_COLUMN_ALIAS",
                    "name",
                    Conditions.id(parts.getFirst()),
                    "n",
                    Integer.toString(values.size()));
        }
        Typed value =
                new Typed(
                        values.getFirst().expression(),
                        "lateralAliasReference(" + parts.getFirst() + ")");
        return ColumnNames.fields(value, parts.subList(1, parts.size()), dialect);
    }

    private Typed outer(List<String> parts) {
        for (Scope enclosing = scope.outer(); enclosing != null; enclosing = enclosing.outer()) {
            ColumnNames.Match match = ColumnNames.single(parts, enclosing.input());
            if (match == null) {
                match = ColumnNames.single(parts, HiddenColumns.of(enclosing.plans()));
            }
            if (match != null) {
                Attribute attribute = match.attribute();
                Typed base =
                        new Typed(
                                new OuterReference(attribute),
                                "outer(" + qualifiedName(attribute) + ")");
                return ColumnNames.fields(base, match.fields(), dialect);
            }
        }
        return null;
    }

    private static String qualifiedName(Attribute attribute) {
        List<String> parts = new ArrayList<>(attribute.qualifier());
        parts.add(attribute.name());
        return String.join(".", parts);
    }

    /// The expression of LIMIT or OFFSET: names in it make it not constant.
    Typed resolveConstant(ParsedExpression parsed, String clause) {
        try {
            return resolve(parsed);
        } catch (TroupeException e) {
            if (e.condition().startsWith("UNRESOLVED_COLUMN")
                    && Stars.unlocated(parsed) instanceof ParsedExpression.Name name) {
                throw Conditions.analysis(
                        "INVALID_LIMIT_LIKE_EXPRESSION.IS_UNFOLDABLE",
                        "name",
                        clause,
                        "expr",
                        quoted(String.join(".", name.parts())));
            }
            throw e;
        }
    }

    /// A condition of WHERE, HAVING, ON …
    Expression condition(ParsedExpression parsed) {
        return condition(resolve(parsed));
    }

    Expression condition(Typed condition) {
        io.troupe.planner.type.DataType type = condition.type();
        if (type == io.troupe.planner.type.AtomicType.VOID) {
            return Literal.ofNull(io.troupe.planner.type.AtomicType.BOOLEAN);
        }
        if (type != io.troupe.planner.type.AtomicType.BOOLEAN
                && !(type instanceof io.troupe.planner.type.StringType)) {
            throw AnalysisErrors.notBoolean(condition);
        }
        return io.troupe.planner.function.Coercion.cast(
                condition.expression(), io.troupe.planner.type.AtomicType.BOOLEAN, dialect);
    }

    /// `base.*` of a struct: its fields in order with their names.
    static List<Typed> structFields(Typed base) {
        List<Typed> fields = new ArrayList<>();
        List<StructField> all = ((StructType) base.type()).fields();
        for (int i = 0; i < all.size(); i++) {
            StructField field = all.get(i);
            Expression call =
                    new Call(
                            "getfield",
                            List.of(base.expression(), Literal.of(i)),
                            field.type(),
                            base.nullable() || field.nullable());
            fields.add(new Typed(call, field.name()));
        }
        return fields;
    }
}
