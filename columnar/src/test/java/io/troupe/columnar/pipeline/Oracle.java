package io.troupe.columnar.pipeline;

import io.troupe.planner.expression.Attribute;
import io.troupe.planner.type.AtomicType;
import io.troupe.planner.type.DataType;
import io.troupe.planner.type.DecimalType;
import java.math.BigDecimal;
import java.math.MathContext;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.duckdb.DuckDBAppender;
import org.duckdb.DuckDBConnection;

/// DuckDB over the same rows, and rows as text to compare with.
final class Oracle implements AutoCloseable {
    private final Connection connection;

    Oracle() throws SQLException {
        connection = DriverManager.getConnection("jdbc:duckdb:");
    }

    void table(String name, List<Attribute> columns, List<List<Object>> rows) throws SQLException {
        StringBuilder create = new StringBuilder("create table " + name + "(");
        for (Attribute column : columns) {
            create.append(column == columns.getFirst() ? "" : ", ")
                    .append(column.name())
                    .append(' ')
                    .append(sql(column.type()));
        }
        try (Statement statement = connection.createStatement()) {
            statement.execute(create.append(")").toString());
        }
        // An INSERT of many VALUES spends seconds in DuckDB's parser where this takes milliseconds.
        try (DuckDBAppender appender =
                connection.unwrap(DuckDBConnection.class).createAppender("main", name)) {
            for (List<Object> row : rows) {
                appender.beginRow();
                for (Object value : row) {
                    append(appender, value);
                }
                appender.endRow();
            }
        }
    }

    private static void append(DuckDBAppender appender, Object value) throws SQLException {
        switch (value) {
            case null -> appender.appendNull();
            case Integer number -> appender.append(number);
            case Long number -> appender.append(number);
            case Double number -> appender.append(number);
            case BigDecimal number -> appender.append(number);
            case String text -> appender.append(text);
            default -> throw new IllegalArgumentException("no column holds " + value.getClass());
        }
    }

    private static String sql(DataType type) {
        return switch (type) {
            case AtomicType.INTEGER -> "integer";
            case AtomicType.LONG -> "bigint";
            case AtomicType.DOUBLE -> "double";
            case DecimalType decimal ->
                    "decimal(" + decimal.precision() + "," + decimal.scale() + ")";
            default -> "varchar";
        };
    }

    List<List<Object>> query(String sql) throws SQLException {
        List<List<Object>> rows = new ArrayList<>();
        try (Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(sql)) {
            int width = result.getMetaData().getColumnCount();
            while (result.next()) {
                List<Object> row = new ArrayList<>();
                for (int c = 1; c <= width; c++) {
                    row.add(result.getObject(c));
                }
                rows.add(row);
            }
        }
        return rows;
    }

    /// Rows as text: numbers by value, doubles to ten digits.
    static List<String> text(List<List<Object>> rows, boolean ordered) {
        List<String> lines = new ArrayList<>();
        for (List<Object> row : rows) {
            List<String> cells = new ArrayList<>();
            for (Object value : row) {
                cells.add(cell(value));
            }
            lines.add(String.join(" | ", cells));
        }
        if (!ordered) {
            lines.sort(null);
        }
        return lines;
    }

    private static String cell(Object value) {
        return switch (value) {
            case null -> "null";
            case Double d when Math.abs(d) < 1e-9 -> "0";
            case Double d when !d.isNaN() && !d.isInfinite() ->
                    new BigDecimal(d)
                            .round(new MathContext(9))
                            .stripTrailingZeros()
                            .toPlainString();
            case BigDecimal d -> d.signum() == 0 ? "0" : d.stripTrailingZeros().toPlainString();
            default -> value.toString();
        };
    }

    /// A random value of a type; about one in `nulls` is null, and there are about `distinct`
    /// different ones.
    static Object random(DataType type, Random random, int distinct, int nulls) {
        if (nulls > 0 && random.nextInt(nulls) == 0) {
            return null;
        }
        int n = random.nextInt(distinct) - distinct / 2;
        return switch (type) {
            case AtomicType.INTEGER -> n;
            case AtomicType.LONG -> n % 3 == 0 ? (long) n : n * 1_000_000_000_003L;
            case AtomicType.DOUBLE -> n * 0.37;
            case DecimalType decimal -> BigDecimal.valueOf(n * 1237L, decimal.scale());
            default -> n % 2 == 0 ? "k" + n : "a longer key with number " + n;
        };
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }
}
