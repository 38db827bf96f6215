package io.troupe.columnar.operator.exchange;

import io.troupe.columnar.vector.BooleanVector;
import io.troupe.columnar.vector.BytesVector;
import io.troupe.columnar.vector.DictionaryVector;
import io.troupe.columnar.vector.IntVector;
import io.troupe.columnar.vector.LongVector;
import io.troupe.columnar.vector.Vector;
import io.troupe.planner.type.AtomicType;
import io.troupe.planner.type.DataType;
import io.troupe.planner.type.DecimalType;
import io.troupe.planner.type.StringType;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;

/// Keys of rows as text for people, cut to [#LONGEST] characters.
///
/// @param types of the keys' columns
record KeyText(List<DataType> types) {
    private static final int LONGEST = 60;
    private static final int MOST_BYTES = 4 * LONGEST;

    /// The key of a row; null where a column is of a kind that has no short text.
    String of(Vector[] columns, int row) {
        List<String> parts = new ArrayList<>();
        for (int c = 0; c < columns.length; c++) {
            String part = columns[c].isNull(row) ? "NULL" : value(types.get(c), columns[c], row);
            if (part == null) {
                return null;
            }
            parts.add(part);
        }
        String text = String.join(", ", parts);
        return text.length() <= LONGEST ? text : text.substring(0, LONGEST - 1) + "…";
    }

    private static String value(DataType type, Vector column, int row) {
        return switch (column) {
            case DictionaryVector coded -> value(type, coded.dictionary(), coded.codes()[row]);
            case LongVector longs -> whole(type, longs.values()[row]);
            case IntVector ints -> whole(type, ints.values()[row]);
            case BooleanVector booleans -> String.valueOf(booleans.values()[row] != 0);
            case BytesVector bytes when type instanceof StringType -> string(bytes, row);
            default -> null;
        };
    }

    private static String whole(DataType type, long value) {
        if (type == AtomicType.DATE) {
            return LocalDate.ofEpochDay(value).toString();
        }
        if (type instanceof DecimalType decimal) {
            return BigDecimal.valueOf(value, decimal.scale()).toPlainString();
        }
        return type.isIntegral() ? String.valueOf(value) : null;
    }

    private static String string(BytesVector bytes, int row) {
        int from = bytes.offsets()[row];
        int length = Math.min(MOST_BYTES, bytes.offsets()[row + 1] - from);
        String text = new String(bytes.data(), from, length, StandardCharsets.UTF_8);
        return text.isBlank() ? "'" + text + "'" : text;
    }
}
