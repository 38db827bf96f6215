package io.troupe.columnar.source.csv;

import io.troupe.columnar.source.text.TextTimes;
import io.troupe.columnar.text.NumberText;
import io.troupe.planner.catalog.FileEntry;
import io.troupe.planner.stage.LeafInput.FileSplit;
import io.troupe.planner.type.AtomicType;
import io.troupe.planner.type.DataType;
import io.troupe.planner.type.DecimalType;
import io.troupe.planner.type.StringType;
import io.troupe.planner.type.StructField;
import io.troupe.planner.type.StructType;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// Finds the schema of CSV files: names from the header (or `_c0`, `_c1` …), types, when asked for,
/// from all values.
public final class CsvInference {
    private final CsvOptions options;
    private final TextTimes times;

    private CsvInference(Map<String, String> options) {
        this.options = CsvOptions.of(options);
        this.times = new TextTimes(options, "UTC");
    }

    /// The schema; null without files; empty when all files are empty.
    public static StructType infer(List<FileEntry> files, Map<String, String> options) {
        if (files.isEmpty()) {
            return null;
        }
        try {
            return new CsvInference(options).infer(files);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private StructType infer(List<FileEntry> files) throws IOException {
        List<String> first = null;
        for (FileEntry file : files) {
            try (CsvRecords records = open(file, false)) {
                if (records.next()) {
                    first = values(records.cut());
                    break;
                }
            }
        }
        if (first == null) {
            return new StructType(List.of());
        }
        List<String> names = names(first);
        DataType[] types = new DataType[names.size()];
        java.util.Arrays.fill(types, options.inferSchema() ? AtomicType.VOID : StringType.STRING);
        if (options.inferSchema()) {
            for (FileEntry file : files) {
                try (CsvRecords records = open(file, options.header())) {
                    while (records.next()) {
                        widen(types, records.cut());
                    }
                }
            }
        }
        List<StructField> fields = new ArrayList<>();
        for (int i = 0; i < types.length; i++) {
            fields.add(
                    new StructField(
                            names.get(i),
                            types[i] == AtomicType.VOID ? StringType.STRING : types[i],
                            true));
        }
        return new StructType(fields);
    }

    private CsvRecords open(FileEntry file, boolean header) throws IOException {
        return new CsvRecords(new FileSplit(file, 0, Math.max(1, file.size())), options, header);
    }

    private List<String> values(CsvTokenizer cut) {
        List<String> values = new ArrayList<>();
        for (int i = 0; i < cut.count(); i++) {
            values.add(cut.isNull(i) ? "" : text(cut, i));
        }
        return values;
    }

    private static String text(CsvTokenizer cut, int token) {
        return new String(
                cut.source(token),
                cut.start(token),
                cut.end(token) - cut.start(token),
                StandardCharsets.UTF_8);
    }

    /// Column names: empty ones get `_c` and their position, ones that occur twice (whatever their
    /// case) their position.
    private List<String> names(List<String> first) {
        Map<String, Integer> seen = new HashMap<>();
        first.forEach(name -> seen.merge(name.toLowerCase(Locale.ROOT), 1, Integer::sum));
        List<String> names = new ArrayList<>();
        for (int i = 0; i < first.size(); i++) {
            String name = first.get(i);
            if (!options.header() || name.isEmpty()) {
                names.add("_c" + i);
            } else {
                names.add(seen.get(name.toLowerCase(Locale.ROOT)) > 1 ? name + i : name);
            }
        }
        return names;
    }

    private void widen(DataType[] types, CsvTokenizer cut) {
        for (int i = 0; i < types.length && i < cut.count(); i++) {
            if (types[i] != StringType.STRING && cut.start(i) < cut.end(i) && !cut.isNull(i)) {
                types[i] =
                        wider(types[i], typeOf(types[i], cut.source(i), cut.start(i), cut.end(i)));
            }
        }
    }

    /// The first type, from the one found so far on, that the text is a value of.
    private DataType typeOf(DataType soFar, byte[] data, int from, int to) {
        boolean number = soFar == AtomicType.VOID || soFar.isNumeric();
        if (number) {
            DataType type = numeric(soFar, data, from, to);
            if (type != null) {
                return type;
            }
        }
        if (soFar != AtomicType.BOOLEAN) {
            if (soFar != AtomicType.TIMESTAMP
                    && options.preferDate()
                    && times.isPlainDate(data, from, to)) {
                return AtomicType.DATE;
            }
            times.timestamp(data, from, to);
            if (times.good()) {
                return AtomicType.TIMESTAMP;
            }
        }
        String text = new String(data, from, to - from, StandardCharsets.UTF_8);
        return text.equalsIgnoreCase("true") || text.equalsIgnoreCase("false")
                ? AtomicType.BOOLEAN
                : StringType.STRING;
    }

    private static DataType numeric(DataType soFar, byte[] data, int from, int to) {
        boolean digits = data[to - 1] >= '0' && data[to - 1] <= '9' && data[from] > ' ';
        if (digits && soFar != AtomicType.DOUBLE) {
            long value = NumberText.parseLong(data, from, to, false);
            boolean whole =
                    value != NumberText.NOT_A_NUMBER || NumberText.isMinimum(data, from, to);
            if (whole && !(soFar instanceof DecimalType)) {
                return value == (int) value && soFar != AtomicType.LONG
                        ? AtomicType.INTEGER
                        : AtomicType.LONG;
            }
        }
        String text = new String(data, from, to - from, StandardCharsets.UTF_8);
        if (soFar != AtomicType.DOUBLE) {
            BigDecimal decimal = digits ? NumberText.parseDecimal(text) : null;
            if (decimal != null
                    && decimal.scale() <= 0
                    && decimal.precision() - decimal.scale() <= DecimalType.MAX_PRECISION) {
                return new DecimalType(decimal.precision() - decimal.scale(), 0);
            }
        }
        try {
            Double.parseDouble(text);
            return AtomicType.DOUBLE;
        } catch (NumberFormatException notANumber) {
            return text.equals("Inf") || text.equals("-Inf") ? AtomicType.DOUBLE : null;
        }
    }

    private static DataType wider(DataType a, DataType b) {
        if (a == AtomicType.VOID || a.equals(b)) {
            return b;
        }
        if (a.isNumeric() && b.isNumeric()) {
            if (a == AtomicType.DOUBLE || b == AtomicType.DOUBLE) {
                return AtomicType.DOUBLE;
            }
            if (a instanceof DecimalType || b instanceof DecimalType) {
                return new DecimalType(Math.max(digits(a), digits(b)), 0);
            }
            return AtomicType.LONG;
        }
        boolean times =
                (a == AtomicType.DATE || a == AtomicType.TIMESTAMP)
                        && (b == AtomicType.DATE || b == AtomicType.TIMESTAMP);
        return times ? AtomicType.TIMESTAMP : StringType.STRING;
    }

    private static int digits(DataType type) {
        return type instanceof DecimalType decimal
                ? decimal.precision()
                : type == AtomicType.LONG ? 20 : 10;
    }
}
