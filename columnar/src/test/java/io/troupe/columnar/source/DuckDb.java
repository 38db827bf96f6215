package io.troupe.columnar.source;

import io.troupe.planner.type.ArrayType;
import io.troupe.planner.type.AtomicType;
import io.troupe.planner.type.DataType;
import io.troupe.planner.type.DecimalType;
import io.troupe.planner.type.MapType;
import io.troupe.planner.type.StructType;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// The engine that we compare with: runs SQL in an in-memory DuckDB and gives rows in engine
/// literal form.
public final class DuckDb implements AutoCloseable {
    private final Connection connection;

    public DuckDb() throws SQLException {
        connection = DriverManager.getConnection("jdbc:duckdb:");
        execute("SET TimeZone = 'UTC'");
    }

    public void execute(String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    public List<List<Object>> rows(String sql, StructType schema) throws SQLException {
        List<List<Object>> rows = new ArrayList<>();
        try (Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(sql)) {
            while (result.next()) {
                List<Object> row = new ArrayList<>();
                for (int i = 0; i < schema.fields().size(); i++) {
                    row.add(literal(result.getObject(i + 1), schema.fields().get(i).type()));
                }
                rows.add(row);
            }
        }
        return rows;
    }

    private static Object literal(Object value, DataType type) throws SQLException {
        return switch (value) {
            case null -> null;
            case LocalDate date -> (int) date.toEpochDay();
            case java.sql.Date date -> (int) date.toLocalDate().toEpochDay();
            case OffsetDateTime time -> micros(time.toLocalDateTime());
            case java.sql.Timestamp time -> micros(time.toLocalDateTime());
            case LocalDateTime time -> micros(time);
            case java.time.LocalTime time -> time.toNanoOfDay();
            case java.sql.Array array ->
                    list((Object[]) array.getArray(), ((ArrayType) type).element());
            case Map<?, ?> map -> entries(map, (MapType) type);
            case java.sql.Struct struct -> {
                List<Object> fields = new ArrayList<>();
                for (int i = 0; i < struct.getAttributes().length; i++) {
                    fields.add(
                            literal(
                                    struct.getAttributes()[i],
                                    ((StructType) type).fields().get(i).type()));
                }
                yield fields;
            }
            case java.sql.Blob blob -> bytes(blob.getBytes(1, (int) blob.length()));
            case byte[] data -> bytes(data);
            case java.math.BigInteger big -> new BigDecimal(big);
            case BigDecimal decimal when type instanceof DecimalType wanted ->
                    decimal.setScale(wanted.scale());
            case Number number when type == AtomicType.LONG -> number.longValue();
            case Number number
                    when type == AtomicType.INTEGER
                            || type == AtomicType.SHORT
                            || type == AtomicType.BYTE ->
                    number.intValue();
            default -> value;
        };
    }

    private static long micros(LocalDateTime time) {
        return time.toEpochSecond(ZoneOffset.UTC) * 1_000_000 + time.getNano() / 1000;
    }

    private static List<Object> list(Object[] values, DataType element) throws SQLException {
        List<Object> list = new ArrayList<>();
        for (Object value : values) {
            list.add(literal(value, element));
        }
        return list;
    }

    private static List<Object> entries(Map<?, ?> map, MapType type) throws SQLException {
        List<Object> entries = new ArrayList<>();
        for (Map.Entry<?, ?> entry : map.entrySet()) {
            entries.add(
                    Cells.entry(
                            literal(entry.getKey(), type.key()),
                            literal(entry.getValue(), type.value())));
        }
        return entries;
    }

    private static List<Object> bytes(byte[] data) {
        List<Object> list = new ArrayList<>();
        for (byte b : data) {
            list.add(b);
        }
        return list;
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }
}
