package io.troupe.planner.analysis;

import static io.troupe.planner.error.Conditions.quoted;

import io.troupe.planner.error.Conditions;
import io.troupe.planner.error.TroupeException;
import io.troupe.planner.expression.Attribute;
import io.troupe.planner.expression.Expression;
import io.troupe.planner.expression.Expressions;
import io.troupe.planner.expression.Literal;
import io.troupe.planner.expression.Named;
import io.troupe.planner.function.Coercion;
import io.troupe.planner.function.Typed;
import io.troupe.planner.logical.LocalData;
import io.troupe.planner.logical.LocalTable;
import io.troupe.planner.logical.LogicalPlan;
import io.troupe.planner.logical.OneRow;
import io.troupe.planner.logical.Project;
import io.troupe.planner.logical.Union;
import io.troupe.planner.parsed.ParsedExpression;
import io.troupe.planner.parsed.ParsedPlan;
import io.troupe.planner.type.DataType;
import java.util.ArrayList;
import java.util.List;

/// VALUES: rows of constants become data; rows with anything to compute become a union of one-row
/// projections.
final class InlineTables {
    private final QueryAnalyzer query;

    InlineTables(QueryAnalyzer query) {
        this.query = query;
    }

    LogicalPlan analyze(ParsedPlan.Values values) {
        List<List<Typed>> rows = new ArrayList<>();
        for (List<ParsedExpression> row : values.rows()) {
            rows.add(row(row));
        }
        int width = rows.getFirst().size();
        for (int i = 0; i < rows.size(); i++) {
            if (rows.get(i).size() != width) {
                throw Conditions.analysis(
                        "INVALID_INLINE_TABLE.NUM_COLUMNS_MISMATCH",
                        "expectedNumCols",
                        Integer.toString(width),
                        "actualNumCols",
                        Integer.toString(rows.get(i).size()),
                        "rowIndex",
                        Integer.toString(i));
            }
        }
        return table(rows, types(rows, width));
    }

    private List<Typed> row(List<ParsedExpression> row) {
        Extraction extraction = query.extraction();
        ExpressionAnalyzer analyzer =
                new ExpressionAnalyzer(query, Scope.empty(query.outer()), extraction);
        List<Typed> typed = new ArrayList<>();
        for (ParsedExpression cell : row) {
            Typed value;
            try {
                value = analyzer.resolve(cell);
            } catch (TroupeException e) {
                if (e.condition().startsWith("UNRESOLVED_COLUMN")) {
                    throw invalid(
                            String.valueOf(
                                    Stars.unlocated(cell) instanceof ParsedExpression.Name name
                                            ? String.join(".", name.parts())
                                            : e.parameters().get("objectName")));
                }
                throw e;
            }
            if (!extraction.isEmpty()) {
                throw invalid(value.text());
            }
            if (Expressions.hasSubquery(value.expression())) {
                throw Conditions.analysis(
                        "UNSUPPORTED_SUBQUERY_EXPRESSION_CATEGORY.SCALAR_SUBQUERY_IN_VALUES");
            }
            typed.add(value);
        }
        return typed;
    }

    private static TroupeException invalid(String text) {
        return Conditions.analysis(
                "INVALID_INLINE_TABLE.CANNOT_EVALUATE_EXPRESSION_IN_INLINE_TABLE",
                "expr",
                quoted(text));
    }

    private List<DataType> types(List<List<Typed>> rows, int width) {
        List<DataType> types = new ArrayList<>();
        for (int i = 0; i < width; i++) {
            int column = i;
            DataType type =
                    Coercion.wider(
                            rows.stream().map(row -> row.get(column).type()).toList(),
                            query.dialect().ansi());
            if (type == null) {
                throw Conditions.analysis(
                        "INVALID_INLINE_TABLE.INCOMPATIBLE_TYPES_IN_INLINE_TABLE",
                        "colName",
                        Conditions.id("col" + (i + 1)));
            }
            types.add(type);
        }
        return types;
    }

    private LogicalPlan table(List<List<Typed>> rows, List<DataType> types) {
        List<Attribute> output = new ArrayList<>();
        List<List<Expression>> cells = new ArrayList<>();
        boolean constant = true;
        for (List<Typed> row : rows) {
            List<Expression> converted = new ArrayList<>();
            for (int i = 0; i < types.size(); i++) {
                Expression value =
                        Constants.fold(
                                Coercion.cast(
                                        row.get(i).expression(), types.get(i), query.dialect()));
                constant &= value instanceof Literal;
                converted.add(value);
            }
            cells.add(converted);
        }
        for (int i = 0; i < types.size(); i++) {
            int column = i;
            boolean nullable = rows.stream().anyMatch(row -> row.get(column).nullable());
            output.add(query.ids().attribute("col" + (i + 1), types.get(i), nullable));
        }
        if (constant) {
            List<List<Object>> data = new ArrayList<>();
            for (List<Expression> row : cells) {
                List<Object> values = new ArrayList<>();
                row.forEach(cell -> values.add(((Literal) cell).value()));
                data.add(values);
            }
            return new LocalData(output, new LocalTable.Rows(data));
        }
        return union(cells, output);
    }

    private LogicalPlan union(List<List<Expression>> rows, List<Attribute> output) {
        List<LogicalPlan> plans = new ArrayList<>();
        for (List<Expression> row : rows) {
            List<Named> columns = new ArrayList<>();
            for (int i = 0; i < row.size(); i++) {
                Attribute like = output.get(i);
                columns.add(
                        new Named(
                                query.ids()
                                        .attribute(like.name(), like.type(), row.get(i).nullable()),
                                row.get(i)));
            }
            plans.add(new Project(new OneRow(), columns));
        }
        return plans.size() == 1 ? plans.getFirst() : new Union(plans, output);
    }
}
