package io.troupe.planner.sql;

import io.troupe.planner.logical.JoinKind;
import io.troupe.planner.parsed.ParsedExpression;
import io.troupe.planner.parsed.ParsedPlan;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// What stands in FROM: tables, joins, subqueries, VALUES, table functions, samples, LATERAL VIEW,
/// PIVOT and UNPIVOT.
final class RelationReader {
    /// The name that a subquery without one gets; nobody can refer to it.
    private static final String NO_NAME = "__auto_generated_subquery_name";

    private final Readers readers;
    private final TableFunctionReader tableFunctions;
    private final PivotReader pivots;

    RelationReader(Readers readers) {
        this.readers = readers;
        this.tableFunctions = new TableFunctionReader(readers);
        this.pivots = new PivotReader(readers);
    }

    PivotReader pivots() {
        return pivots;
    }

    ParsedPlan from(TroupeSql.FromClauseContext tree) {
        ParsedPlan plan = null;
        for (TroupeSql.RelationContext relation : tree.relation()) {
            plan = relation(relation, plan);
        }
        for (TroupeSql.LateralViewContext view : tree.lateralView()) {
            plan = lateralView(view, plan);
        }
        plan = tree.pivotClause() == null ? plan : pivots.pivot(tree.pivotClause(), plan);
        return tree.unpivotClause() == null ? plan : pivots.unpivot(tree.unpivotClause(), plan);
    }

    /// @param before what stands before the comma, or null
    private ParsedPlan relation(TroupeSql.RelationContext tree, ParsedPlan before) {
        ParsedPlan plan = primary(tree.relationPrimary());
        if (before != null && tree.LATERAL() != null) {
            plan = comma(before, plan, lateral(tree.relationPrimary()));
            return steps(tree, plan);
        }
        plan = steps(tree, plan);
        return before == null ? plan : comma(before, plan, false);
    }

    private boolean lateral(TroupeSql.RelationPrimaryContext tree) {
        boolean fits =
                tree instanceof TroupeSql.QueryRelationContext
                        || tree instanceof TroupeSql.FunctionRelationContext;
        if (!fits) {
            throw readers.fail(
                    tree,
                    "INVALID_SQL_SYNTAX.LATERAL_WITHOUT_SUBQUERY_OR_TABLE_VALUED_FUNC",
                    "42000",
                    "Invalid SQL syntax: LATERAL can only be used with subquery and table-valued functions.");
        }
        return true;
    }

    private static ParsedPlan comma(ParsedPlan left, ParsedPlan right, boolean lateral) {
        return new ParsedPlan.JoinOf(left, right, JoinKind.INNER, null, List.of(), false, lateral);
    }

    private ParsedPlan steps(TroupeSql.RelationContext tree, ParsedPlan plan) {
        ParsedPlan result = plan;
        for (TroupeSql.RelationStepContext step : tree.relationStep()) {
            if (step.joinStep() != null) {
                result = join(step.joinStep(), result);
            } else if (step.pivotClause() != null) {
                result = pivots.pivot(step.pivotClause(), result);
            } else {
                result = pivots.unpivot(step.unpivotClause(), result);
            }
        }
        return result;
    }

    ParsedPlan join(TroupeSql.JoinStepContext tree, ParsedPlan left) {
        boolean lateral = tree.LATERAL() != null && lateral(tree.right);
        JoinKind kind = kind(tree.joinKind());
        if (lateral && kind != JoinKind.INNER && kind != JoinKind.LEFT) {
            String shown =
                    kind.name().replace("LEFT_", "LEFT ")
                            + (kind == JoinKind.RIGHT || kind == JoinKind.FULL ? " OUTER" : "");
            throw readers.fail(
                    tree,
                    "INVALID_LATERAL_JOIN_TYPE",
                    "42613",
                    "The "
                            + shown
                            + " JOIN with LATERAL correlation is not allowed because an OUTER subquery cannot correlate to its join partner."
                            + " Remove the LATERAL correlation or use an INNER JOIN, or LEFT OUTER JOIN instead.",
                    "joinType",
                    shown);
        }
        if (lateral && tree.USING() != null) {
            throw readers.fail(
                    tree,
                    "UNSUPPORTED_FEATURE.LATERAL_JOIN_USING",
                    "0A000",
                    "The feature is not supported: JOIN USING with LATERAL correlation.");
        }
        ParsedPlan join =
                new ParsedPlan.JoinOf(
                        left,
                        primary(tree.right),
                        kind,
                        tree.condition == null
                                ? null
                                : readers.expressions().expression(tree.condition),
                        Names.all(tree.columnNames()),
                        tree.NATURAL() != null,
                        lateral);
        return readers.origin().at(tree, join);
    }

    private static JoinKind kind(TroupeSql.JoinKindContext tree) {
        if (tree.SEMI() != null) {
            return JoinKind.LEFT_SEMI;
        }
        if (tree.ANTI() != null) {
            return JoinKind.LEFT_ANTI;
        }
        if (tree.LEFT() != null) {
            return JoinKind.LEFT;
        }
        if (tree.RIGHT() != null) {
            return JoinKind.RIGHT;
        }
        return tree.FULL() != null ? JoinKind.FULL : JoinKind.INNER;
    }

    private ParsedPlan primary(TroupeSql.RelationPrimaryContext tree) {
        return switch (tree) {
            case TroupeSql.TableRelationContext table -> {
                refuseTimeTravel(table);
                ParsedPlan plan =
                        readers.origin()
                                .at(
                                        table.tableName(),
                                        new ParsedPlan.Table(
                                                readers.names().table(table.tableName()),
                                                options(table.tableOptions())));
                yield aliased(table.tableAlias(), sampled(table.sample(), plan));
            }
            case TroupeSql.QueryRelationContext query ->
                    named(
                            query.tableAlias(),
                            sampled(query.sample(), readers.queries().query(query.query())));
            case TroupeSql.NestedRelationContext nested ->
                    aliased(
                            nested.tableAlias(),
                            sampled(nested.sample(), relation(nested.relation(), null)));
            case TroupeSql.ValuesRelationContext values -> values(values.inlineValues());
            case TroupeSql.FunctionRelationContext function ->
                    aliased(
                            function.tableAlias(),
                            sampled(
                                    function.sample(),
                                    readers.origin()
                                            .at(
                                                    function.tableFunction(),
                                                    tableFunctions.read(
                                                            function.tableFunction()))));
            default -> throw Readers.unknown(tree);
        };
    }

    ParsedPlan table(TroupeSql.TableNameContext tree) {
        return readers.origin()
                .at(tree, new ParsedPlan.Table(readers.names().table(tree), Map.of()));
    }

    private void refuseTimeTravel(TroupeSql.TableRelationContext table) {
        if (table.timeTravel() != null) {
            String name = Names.quoted(readers.names().table(table.tableName()));
            throw readers.fail(
                    table,
                    "UNSUPPORTED_FEATURE.TIME_TRAVEL",
                    "0A000",
                    "The feature is not supported: Time travel on the relation: " + name + ".",
                    "relationId",
                    name);
        }
    }

    private Map<String, String> options(TroupeSql.TableOptionsContext tree) {
        return tree == null ? Map.of() : properties(tree.propertyList());
    }

    Map<String, String> properties(TroupeSql.PropertyListContext tree) {
        Map<String, String> properties = new LinkedHashMap<>();
        for (TroupeSql.PropertyContext property : tree.property()) {
            properties.put(key(property.propertyKey()), value(property.propertyValue()));
        }
        return properties;
    }

    String key(TroupeSql.PropertyKeyContext tree) {
        return tree.stringLiteral() != null
                ? readers.literals().text(tree.stringLiteral())
                : String.join(".", Names.all(tree.word()));
    }

    private String value(TroupeSql.PropertyValueContext tree) {
        if (tree == null) {
            return "";
        }
        if (tree.expression() != null) {
            String text =
                    NameReader.constantText(readers.expressions().expression(tree.expression()));
            return text == null ? Origin.written(tree) : text;
        }
        return tree.stringLiteral() != null
                ? readers.literals().text(tree.stringLiteral())
                : tree.getText();
    }

    /// Gives a relation the name and column names of its alias.
    ParsedPlan aliased(TroupeSql.TableAliasContext tree, ParsedPlan plan) {
        String name = aliasName(tree);
        return name == null
                ? plan
                : new ParsedPlan.Aliased(plan, name, Names.all(tree.columnNames()));
    }

    private ParsedPlan named(TroupeSql.TableAliasContext tree, ParsedPlan plan) {
        return aliasName(tree) == null
                ? new ParsedPlan.Aliased(plan, NO_NAME, List.of())
                : aliased(tree, plan);
    }

    private static String aliasName(TroupeSql.TableAliasContext tree) {
        if (tree == null || tree.name == null && tree.bare == null) {
            return null;
        }
        return Names.of(tree.name != null ? tree.name : tree.bare);
    }

    ParsedPlan values(TroupeSql.InlineValuesContext tree) {
        List<List<ParsedExpression>> rows = new ArrayList<>();
        for (TroupeSql.ExpressionContext row : tree.expression()) {
            ParsedExpression value = readers.expressions().expression(row);
            rows.add(
                    isRow(row)
                            ? ((ParsedExpression.Function) ExpressionReader.bare(value)).arguments()
                            : List.of(value));
            if (rows.getLast().size() != rows.getFirst().size()) {
                int expected = rows.getFirst().size();
                int found = rows.getLast().size();
                int index = rows.size() - 1;
                throw readers.fail(
                        tree,
                        "INVALID_INLINE_TABLE.NUM_COLUMNS_MISMATCH",
                        "42000",
                        "Invalid inline table. Inline table expected "
                                + expected
                                + " columns but found "
                                + found
                                + " columns in row "
                                + index
                                + ".",
                        "expectedNumCols",
                        "" + expected,
                        "actualNumCols",
                        "" + found,
                        "rowIndex",
                        "" + index);
            }
        }
        return aliased(
                tree.tableAlias(),
                readers.origin().at(tree, new ParsedPlan.Values(List.copyOf(rows))));
    }

    /// Whether a row of VALUES is written `(a, b)`, not as a call of `struct`.
    private static boolean isRow(TroupeSql.ExpressionContext row) {
        boolean plain =
                row.disjunction() != null
                        && row.disjunction().conjunction().size() == 1
                        && row.disjunction().conjunction(0).negation().size() == 1
                        && row.disjunction().conjunction(0).negation(0).predicate() != null
                        && row.disjunction().conjunction(0).negation(0).predicate().predicateTail()
                                == null;
        if (!plain
                || !(row.disjunction().conjunction(0).negation(0).predicate().operand()
                        instanceof TroupeSql.PrimaryOperandContext operand)) {
            return false;
        }
        return operand.primary() instanceof TroupeSql.RowPrimaryContext
                || operand.primary() instanceof TroupeSql.NestedPrimaryContext nested
                        && isRow(nested.expression());
    }

    ParsedPlan lateralView(TroupeSql.LateralViewContext tree, ParsedPlan plan) {
        ParsedExpression.Function generator =
                new ParsedExpression.Function(
                        Names.parts(tree.function),
                        readers.expressions().expressions(tree.expression()),
                        false,
                        null,
                        List.of(),
                        ParsedExpression.NullTreatment.DEFAULT);
        String table = tree.table == null ? null : Names.of(tree.table);
        return readers.origin()
                .at(
                        tree,
                        new ParsedPlan.LateralView(
                                plan,
                                generator,
                                tree.OUTER() != null,
                                table,
                                Names.all(tree.columns)));
    }

    ParsedPlan sampled(TroupeSql.SampleContext tree, ParsedPlan plan) {
        return tree == null ? plan : new SampleReader(readers).sampled(tree, plan);
    }
}
