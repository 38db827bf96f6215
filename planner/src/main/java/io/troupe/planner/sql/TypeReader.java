package io.troupe.planner.sql;

import io.troupe.planner.error.TroupeException;
import io.troupe.planner.type.ArrayType;
import io.troupe.planner.type.AtomicType;
import io.troupe.planner.type.DataType;
import io.troupe.planner.type.DayTimeIntervalType;
import io.troupe.planner.type.DecimalType;
import io.troupe.planner.type.MapType;
import io.troupe.planner.type.StringType;
import io.troupe.planner.type.StructField;
import io.troupe.planner.type.StructType;
import io.troupe.planner.type.TimeType;
import io.troupe.planner.type.YearMonthIntervalType;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.antlr.v4.runtime.ParserRuleContext;

/// Data types and column lists.
final class TypeReader {
    private final Readers readers;

    TypeReader(Readers readers) {
        this.readers = readers;
    }

    DataType type(TroupeSql.DataTypeContext tree) {
        return switch (tree) {
            case TroupeSql.ArrayTypeOfContext array -> new ArrayType(type(array.element), true);
            case TroupeSql.MapTypeOfContext map ->
                    new MapType(type(map.key), type(map.value), true);
            case TroupeSql.StructTypeOfContext struct ->
                    new StructType(struct.structField().stream().map(this::field).toList());
            case TroupeSql.IntervalTypeOfContext interval -> interval(interval);
            case TroupeSql.TimestampTypeOfContext timestamp ->
                    timestamp.WITHOUT() != null ? AtomicType.TIMESTAMP_NTZ : AtomicType.TIMESTAMP;
            case TroupeSql.TimeTypeOfContext time -> time(time);
            case TroupeSql.DoubleTypeOfContext ignored -> AtomicType.DOUBLE;
            case TroupeSql.NamedTypeOfContext named -> named(named);
            default -> throw Readers.unknown(tree);
        };
    }

    private StructField field(TroupeSql.StructFieldContext tree) {
        String metadata =
                tree.comment == null
                        ? StructField.NO_METADATA
                        : json(Map.of("comment", readers.literals().text(tree.comment)));
        return new StructField(
                Names.of(tree.name), type(tree.dataType()), tree.NOT() == null, metadata);
    }

    StructType columns(List<TroupeSql.ColumnDefinitionContext> trees) {
        return new StructType(trees.stream().map(this::column).toList());
    }

    private StructField column(TroupeSql.ColumnDefinitionContext tree) {
        boolean nullable = true;
        Map<String, String> metadata = new LinkedHashMap<>();
        for (TroupeSql.ColumnOptionContext option : tree.columnOption()) {
            switch (option) {
                case TroupeSql.NotNullOptionContext ignored -> nullable = false;
                case TroupeSql.CommentOptionContext comment ->
                        metadata.put("comment", readers.literals().text(comment.stringLiteral()));
                case TroupeSql.DefaultOptionContext standard -> {
                    metadata.put("CURRENT_DEFAULT", Origin.written(standard.expression()));
                    metadata.put("EXISTS_DEFAULT", Origin.written(standard.expression()));
                }
                case TroupeSql.GeneratedOptionContext generated ->
                        throw readers.fail(
                                generated,
                                "UNSUPPORTED_FEATURE.TABLE_OPERATION",
                                "0A000",
                                "The feature is not supported: Table does not support generated columns. "
                                        + "Compute the column when you insert.",
                                "operation",
                                "generated columns");
                default -> throw Readers.unknown(option);
            }
        }
        return new StructField(
                Names.of(tree.name), type(tree.dataType()), nullable, json(metadata));
    }

    private static String json(Map<String, String> metadata) {
        return metadata.entrySet().stream()
                .map(entry -> "\"" + entry.getKey() + "\":\"" + escaped(entry.getValue()) + "\"")
                .collect(Collectors.joining(",", "{", "}"));
    }

    private static String escaped(String text) {
        StringBuilder out = new StringBuilder();
        for (char c : text.toCharArray()) {
            switch (c) {
                case '"', '\\' -> out.append('\\').append(c);
                case '\n' -> out.append("\\n");
                case '\r' -> out.append("\\r");
                case '\t' -> out.append("\\t");
                default -> out.append(c);
            }
        }
        return out.toString();
    }

    private DataType interval(TroupeSql.IntervalTypeOfContext tree) {
        String from = unit(tree.from);
        String to = tree.to == null ? from : unit(tree.to);
        try {
            if (from.equals("YEAR") || from.equals("MONTH")) {
                var start = YearMonthIntervalType.Field.valueOf(from);
                var end = YearMonthIntervalType.Field.valueOf(to);
                if (start.compareTo(end) <= 0 && (tree.to == null || start != end)) {
                    return new YearMonthIntervalType(start, end);
                }
            } else {
                var start = DayTimeIntervalType.Field.valueOf(from);
                var end = DayTimeIntervalType.Field.valueOf(to);
                if (start.compareTo(end) <= 0 && (tree.to == null || start != end)) {
                    return new DayTimeIntervalType(start, end);
                }
            }
        } catch (IllegalArgumentException otherUnit) {
            throw unsupported(tree, Origin.written(tree).toUpperCase(Locale.ROOT));
        }
        throw readers.fail(
                tree,
                "_LEGACY_ERROR_TEMP_0028",
                null,
                "Intervals FROM " + from + " TO " + to + " are not supported.",
                "from",
                from,
                "to",
                to);
    }

    private static String unit(TroupeSql.IntervalUnitContext tree) {
        String text = tree.getText().toUpperCase(Locale.ROOT);
        return text.endsWith("S") ? text.substring(0, text.length() - 1) : text;
    }

    private DataType time(TroupeSql.TimeTypeOfContext tree) {
        int precision =
                tree.precision == null
                        ? TimeType.DEFAULT.precision()
                        : integer(tree.precision.getText());
        if (precision > 6) {
            throw readers.fail(
                    tree,
                    "UNSUPPORTED_TIME_PRECISION",
                    "0A001",
                    "The seconds precision "
                            + precision
                            + " of the TIME data type is out of the supported range [0, 6].",
                    "precision",
                    "" + precision);
        }
        return new TimeType(precision);
    }

    private DataType named(TroupeSql.NamedTypeOfContext tree) {
        String name = Names.of(tree.typeName).toUpperCase(Locale.ROOT);
        List<String> arguments =
                tree.typeArgument().stream().map(ParserRuleContext::getText).toList();
        int count = arguments.size();
        return switch (name) {
            case "STRING" -> string(tree, count == 0);
            case "CHAR", "CHARACTER", "VARCHAR" -> limited(tree, name, arguments);
            case "DECIMAL", "DEC", "NUMERIC" -> decimal(tree, name, arguments);
            case "ARRAY", "MAP", "STRUCT" -> throw incomplete(tree, name);
            default -> {
                AtomicType atomic = count == 0 ? atomic(name) : null;
                if (atomic == null) {
                    throw unsupported(tree, tree.getText().toUpperCase(Locale.ROOT));
                }
                yield atomic;
            }
        };
    }

    private AtomicType atomic(String name) {
        return switch (name) {
            case "BOOLEAN" -> AtomicType.BOOLEAN;
            case "TINYINT", "BYTE" -> AtomicType.BYTE;
            case "SMALLINT", "SHORT" -> AtomicType.SHORT;
            case "INT", "INTEGER" -> AtomicType.INTEGER;
            case "BIGINT", "LONG" -> AtomicType.LONG;
            case "FLOAT", "REAL" -> AtomicType.FLOAT;
            case "DOUBLE" -> AtomicType.DOUBLE;
            case "DATE" -> AtomicType.DATE;
            case "TIMESTAMP" ->
                    readers.settings().timestampNtz()
                            ? AtomicType.TIMESTAMP_NTZ
                            : AtomicType.TIMESTAMP;
            case "TIMESTAMP_LTZ" -> AtomicType.TIMESTAMP;
            case "TIMESTAMP_NTZ" -> AtomicType.TIMESTAMP_NTZ;
            case "BINARY" -> AtomicType.BINARY;
            case "VOID", "NULL" -> AtomicType.VOID;
            case "INTERVAL" -> AtomicType.CALENDAR_INTERVAL;
            case "VARIANT" -> AtomicType.VARIANT;
            default -> null;
        };
    }

    private DataType string(TroupeSql.NamedTypeOfContext tree, boolean plain) {
        if (!plain) {
            throw unsupported(tree, tree.getText().toUpperCase(Locale.ROOT));
        }
        return tree.collation == null
                ? StringType.STRING
                : new StringType(
                        StringType.Kind.STRING,
                        0,
                        Names.parts(tree.collation).getLast().toUpperCase(Locale.ROOT));
    }

    private DataType limited(
            TroupeSql.NamedTypeOfContext tree, String name, List<String> arguments) {
        if (arguments.size() != 1) {
            String shown =
                    name.equals("VARCHAR") ? name : "CHARACTER".equals(name) ? "CHARACTER" : "CHAR";
            throw readers.fail(
                    tree,
                    "DATATYPE_MISSING_SIZE",
                    "42K01",
                    "DataType \""
                            + shown
                            + "\" requires a length parameter, for example \""
                            + shown
                            + "\"(10). Please specify the length.",
                    "type",
                    "\"" + shown + "\"");
        }
        StringType.Kind kind =
                name.equals("VARCHAR") ? StringType.Kind.VARCHAR : StringType.Kind.CHAR;
        return new StringType(
                kind, integer(tree, arguments.getFirst()), StringType.BINARY_COLLATION);
    }

    private DataType decimal(
            TroupeSql.NamedTypeOfContext tree, String name, List<String> arguments) {
        if (arguments.size() > 2) {
            throw unsupported(tree, tree.getText().toUpperCase(Locale.ROOT));
        }
        int precision =
                arguments.isEmpty()
                        ? DecimalType.DEFAULT.precision()
                        : integer(tree, arguments.get(0));
        int scale = arguments.size() < 2 ? 0 : integer(tree, arguments.get(1));
        if (precision > DecimalType.MAX_PRECISION) {
            throw new TroupeException(
                    TroupeException.Kind.ParseException,
                    "DECIMAL_PRECISION_EXCEEDS_MAX_PRECISION",
                    "22003",
                    "Decimal precision " + precision + " exceeds max precision 38.",
                    Names.pairs("precision", "" + precision, "maxPrecision", "38"));
        }
        if (scale > precision || scale < 0) {
            throw new TroupeException(
                    TroupeException.Kind.AnalysisException,
                    "INVALID_DECIMAL_SCALE",
                    "42K0U",
                    name
                            + " scale "
                            + scale
                            + " must be between 0 and the precision "
                            + precision
                            + ".",
                    Names.pairs("scale", "" + scale, "precision", "" + precision));
        }
        return new DecimalType(precision, scale);
    }

    private int integer(TroupeSql.NamedTypeOfContext tree, String text) {
        if (!text.matches("-?[0-9]+")) {
            throw unsupported(tree, tree.getText().toUpperCase(Locale.ROOT));
        }
        return integer(text);
    }

    private static int integer(String text) {
        return text.length() > 9 ? Integer.MAX_VALUE : Integer.parseInt(text);
    }

    private TroupeException incomplete(ParserRuleContext tree, String name) {
        String remedy =
                switch (name) {
                    case "ARRAY" ->
                            "You must provide an element type. For example: \"ARRAY<elementType>\".";
                    case "MAP" ->
                            "You must provide a key type and a value type. For example: \"MAP<TIMESTAMP, INT>\".";
                    default ->
                            "You must provide at least one field type. For example: \"STRUCT<name STRING, phone DECIMAL(10, 0)>\".";
                };
        return readers.fail(
                tree,
                "INCOMPLETE_TYPE_DEFINITION." + name,
                "42K01",
                "Incomplete complex type: The definition of \""
                        + name
                        + "\" type is incomplete. "
                        + remedy);
    }

    private TroupeException unsupported(ParserRuleContext tree, String name) {
        return readers.fail(
                tree,
                "UNSUPPORTED_DATATYPE",
                "0A000",
                "Unsupported data type \"" + name + "\".",
                "typeName",
                "\"" + name + "\"");
    }
}
