package io.troupe.columnar.spill;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.troupe.columnar.column.ColumnBuilder;
import io.troupe.columnar.column.Values;
import io.troupe.columnar.vector.Batch;
import io.troupe.columnar.vector.DictionaryVector;
import io.troupe.columnar.vector.Vector;
import io.troupe.planner.error.TroupeException;
import io.troupe.planner.type.ArrayType;
import io.troupe.planner.type.AtomicType;
import io.troupe.planner.type.CalendarInterval;
import io.troupe.planner.type.DataType;
import io.troupe.planner.type.DecimalType;
import io.troupe.planner.type.MapType;
import io.troupe.planner.type.StringType;
import io.troupe.planner.type.StructField;
import io.troupe.planner.type.StructType;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class BatchCodecTest {
    private static final StructType STRUCT =
            new StructType(
                    List.of(
                            new StructField("a", AtomicType.LONG, true),
                            new StructField("b", StringType.STRING, true)));
    private static final List<DataType> TYPES =
            List.of(
                    AtomicType.BOOLEAN,
                    AtomicType.INTEGER,
                    AtomicType.LONG,
                    AtomicType.FLOAT,
                    AtomicType.DOUBLE,
                    new DecimalType(12, 2),
                    new DecimalType(38, 4),
                    StringType.STRING,
                    AtomicType.CALENDAR_INTERVAL,
                    new ArrayType(StringType.STRING, true),
                    new MapType(StringType.STRING, AtomicType.INTEGER, true),
                    STRUCT,
                    AtomicType.VOID);

    private static Object value(DataType type, int i) {
        if (i % 7 == 3) {
            return null;
        }
        return switch (type) {
            case AtomicType.BOOLEAN -> i % 2 == 0;
            case AtomicType.INTEGER -> i * 31;
            case AtomicType.LONG -> i * 1_000_000_007L;
            case AtomicType.FLOAT -> i / 3f;
            case AtomicType.DOUBLE -> i / 7d;
            case DecimalType decimal -> BigDecimal.valueOf(i * -12345L, decimal.scale());
            case StringType _ -> "value " + i;
            case AtomicType.CALENDAR_INTERVAL -> new CalendarInterval(i, -i, i * 5L);
            case ArrayType _ -> Arrays.asList("x" + i, null, "y");
            case MapType _ -> List.of(Map.entry("k" + i, i));
            case StructType _ -> Arrays.asList((long) i, "s" + i);
            default -> null;
        };
    }

    private static Batch batch(int rows) {
        Vector[] columns = new Vector[TYPES.size()];
        for (int c = 0; c < columns.length; c++) {
            ColumnBuilder builder = ColumnBuilder.of(TYPES.get(c));
            for (int i = 0; i < rows; i++) {
                builder.appendValue(value(TYPES.get(c), i));
            }
            columns[c] = builder.build();
        }
        return new Batch(columns, rows);
    }

    private static List<List<Object>> rows(Batch batch) {
        List<List<Object>> rows = new ArrayList<>();
        for (int i = 0; i < batch.selected(); i++) {
            List<Object> row = new ArrayList<>();
            for (int c = 0; c < batch.columns().length; c++) {
                row.add(Values.get(batch.column(c), batch.row(i), TYPES.get(c)));
            }
            rows.add(row);
        }
        return rows;
    }

    @Test
    void givesBackEveryKindOfColumn() {
        for (int size : new int[] {1, 63, 64, 65, 1000}) {
            Batch batch = batch(size);
            assertEquals(
                    rows(batch),
                    rows(BatchCodec.decode(ByteBuffer.wrap(BatchCodec.encode(batch)))));
        }
    }

    @Test
    void writesOnlySelectedRows() {
        Batch batch = batch(100);
        Batch selected = new Batch(batch.columns(), 100, new int[] {3, 4, 50, 99}, 4);
        assertEquals(
                rows(selected),
                rows(BatchCodec.decode(ByteBuffer.wrap(BatchCodec.encode(selected)))));
    }

    @Test
    void keepsSmallDictionariesAndDissolvesLargeOnes() {
        Batch batch = batch(10);
        int[] codes = new int[64];
        for (int i = 0; i < codes.length; i++) {
            codes[i] = i % 10;
        }
        Vector[] coded = new Vector[TYPES.size()];
        for (int c = 0; c < coded.length; c++) {
            coded[c] = new DictionaryVector(codes, batch.column(c), 64, null, true);
        }
        Batch wide = new Batch(coded, 64);
        Batch back = BatchCodec.decode(ByteBuffer.wrap(BatchCodec.encode(wide)));
        assertEquals(rows(wide), rows(back));
        assertInstanceOf(DictionaryVector.class, back.column(1));
        Batch few = new Batch(coded, 64, new int[] {60, 61}, 2);
        assertEquals(rows(few), rows(BatchCodec.decode(ByteBuffer.wrap(BatchCodec.encode(few)))));
    }

    @Test
    void refusesDamagedBytes() {
        byte[] bytes = BatchCodec.encode(batch(50));
        bytes[bytes.length / 2] ^= 1;
        assertThrows(TroupeException.class, () -> BatchCodec.decode(ByteBuffer.wrap(bytes)));
        assertThrows(
                TroupeException.class,
                () -> BatchCodec.decode(ByteBuffer.wrap(bytes, 0, bytes.length - 3)));
    }
}
