package io.troupe.columnar.function;

import io.troupe.columnar.kernel.Failures;
import io.troupe.columnar.kernel.Input;
import io.troupe.columnar.kernel.Output;
import io.troupe.columnar.kernel.RowFunction;
import io.troupe.columnar.kernel.Signature;
import io.troupe.columnar.text.NumberFormatText;
import io.troupe.columnar.text.Printer;
import io.troupe.planner.type.AtomicType;
import io.troupe.planner.type.DataType;
import io.troupe.planner.type.DecimalType;
import io.troupe.planner.type.StringType;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.text.DecimalFormat;
import java.text.DecimalFormatSymbols;
import java.util.IllegalFormatException;
import java.util.Locale;

/// Numbers written and read by formats.
final class FormatFunctions {
    private FormatFunctions() {}

    static void register(FunctionTable table) {
        table.rows("format_number", signature -> FormatFunctions::formatNumber);
        table.lenientRows("format_string", signature -> FormatFunctions::formatString);
        table.alias("printf", "format_string");
        table.rows("to_number", signature -> toNumber(signature, false));
        table.rows("try_to_number", signature -> toNumber(signature, true));
        table.rows("to_char", FormatFunctions::toChar);
        table.alias("to_varchar", "to_char");
        table.lenientRows("to_pretty_string", FormatFunctions::pretty);
    }

    /// Rounded half to even, as DecimalFormat does on the number's exact value.
    private static void formatNumber(Input in, Output out) {
        String pattern;
        if (in.type(1) instanceof StringType) {
            pattern = in.string(1).isEmpty() ? "#,###,###,###,###,###,##0" : in.string(1);
        } else {
            int digits = in.getInt(1);
            if (digits < 0) {
                return;
            }
            pattern = "#,###,###,###,###,###,##0" + (digits == 0 ? "" : "." + "0".repeat(digits));
        }
        DecimalFormat format =
                new DecimalFormat(pattern, DecimalFormatSymbols.getInstance(Locale.US));
        DataType type = in.type(0);
        if (type.isFractional()) {
            out.set(format.format(in.getDouble(0)));
        } else if (type instanceof DecimalType) {
            out.set(format.format(in.decimal(0)));
        } else {
            out.set(format.format(in.getLong(0)));
        }
    }

    private static void formatString(Input in, Output out) {
        if (in.isNull(0)) {
            return;
        }
        Object[] values = new Object[in.size() - 1];
        for (int i = 0; i < values.length; i++) {
            values[i] = in.value(i + 1);
        }
        String format = in.string(0);
        if (format.contains("%0$")) {
            throw Failures.parameter("ZERO_INDEX", "format_string", "strfmt");
        }
        try {
            out.set(String.format(Locale.US, format, values));
        } catch (IllegalFormatException malformed) {
            throw new io.troupe.planner.error.TroupeException(
                    io.troupe.planner.error.TroupeException.Kind.IllegalArgumentException,
                    "INVALID_PARAMETER_VALUE.PATTERN",
                    "22023",
                    "format_string cannot use '" + format + "': " + malformed.getMessage(),
                    java.util.Map.of("value", format));
        }
    }

    private static RowFunction toNumber(Signature signature, boolean lenient) {
        DecimalType type = (DecimalType) signature.type();
        return (in, out) -> {
            NumberFormatText format = NumberFormatText.of(in.string(1));
            BigDecimal value = format.parse(in.string(0));
            if (value != null) {
                out.set(value.setScale(type.scale(), RoundingMode.UNNECESSARY));
            } else if (!lenient) {
                throw Failures.argument(
                        "INVALID_FORMAT.MISMATCH_INPUT",
                        "inputType",
                        "\"STRING\"",
                        "input",
                        in.string(0),
                        "format",
                        in.string(1));
            }
        };
    }

    /// Dates and timestamps take datetime patterns, binary takes an encoding, numbers a number
    /// format.
    private static RowFunction toChar(Signature signature) {
        DataType type = signature.argument(0);
        if (type == AtomicType.DATE
                || type == AtomicType.TIMESTAMP
                || type == AtomicType.TIMESTAMP_NTZ) {
            return TimeTextFunctions.format(signature);
        }
        if (type == AtomicType.BINARY) {
            return (in, out) -> {
                switch (in.string(1).toLowerCase(Locale.ROOT)) {
                    case "base64" -> out.set(java.util.Base64.getEncoder().encode(in.bytes(0)));
                    case "hex" ->
                            out.set(
                                    java.util.HexFormat.of()
                                            .withUpperCase()
                                            .formatHex(in.bytes(0)));
                    case "utf-8" -> out.set(in.bytes(0));
                    default ->
                            throw Failures.parameter(
                                    "BINARY_FORMAT",
                                    "to_char",
                                    "format",
                                    "invalidFormat",
                                    "'" + in.string(1) + "'");
                }
            };
        }
        return (in, out) -> out.set(NumberFormatText.of(in.string(1)).format(in.decimal(0)));
    }

    private static RowFunction pretty(Signature signature) {
        Printer printer = new Printer(signature.settings().zone(), true);
        DataType type = signature.argument(0);
        return (in, out) ->
                out.set(in.isNull(0) ? "NULL" : printer.print(in.vector(0), in.at(0), type));
    }
}
