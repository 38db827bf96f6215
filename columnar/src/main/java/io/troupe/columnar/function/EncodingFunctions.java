package io.troupe.columnar.function;

import io.troupe.columnar.kernel.Columns;
import io.troupe.columnar.kernel.Failures;
import io.troupe.columnar.kernel.Input;
import io.troupe.columnar.kernel.KernelFactory;
import io.troupe.columnar.kernel.Output;
import io.troupe.columnar.kernel.RowFunction;
import io.troupe.columnar.kernel.Rows;
import io.troupe.columnar.kernel.Signature;
import io.troupe.columnar.kernel.SparkHash;
import io.troupe.columnar.text.Utf8;
import io.troupe.columnar.vector.IntVector;
import io.troupe.columnar.vector.LongVector;
import io.troupe.columnar.vector.Vector;
import io.troupe.planner.type.StringType;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Locale;
import java.util.zip.CRC32;

/// Hashes, digests, and texts for bytes: hex, base64, character sets, number bases.
final class EncodingFunctions {
    private static final HexFormat HEX = HexFormat.of();
    private static final String CHARSETS =
            "'iso-8859-1', 'us-ascii', 'utf-16', 'utf-16be', 'utf-16le', 'utf-32', 'utf-8'";

    private EncodingFunctions() {}

    static void register(FunctionTable table) {
        table.lenient("hash", hash(SparkHash.MURMUR3));
        table.lenient("xxhash64", hash(SparkHash.XX64));
        table.row("md5", (in, out) -> out.set(digest("MD5", in)));
        table.row("sha1", (in, out) -> out.set(digest("SHA-1", in)));
        table.alias("sha", "sha1");
        table.row("sha2", EncodingFunctions::sha2);
        table.row("crc32", EncodingFunctions::crc32);
        table.rows("hex", EncodingFunctions::hex);
        table.row("unhex", EncodingFunctions::unhex);
        table.row("base64", (in, out) -> out.set(Base64.getEncoder().encode(in.bytes(0))));
        table.row("unbase64", (in, out) -> out.set(unbase64(in.string(0), "unbase64")));
        table.row("encode", EncodingFunctions::encode);
        table.lenientRows("decode", EncodingFunctions::decode);
        table.rows("to_binary", signature -> (in, out) -> toBinary(in, out, false));
        table.rows("try_to_binary", signature -> (in, out) -> toBinary(in, out, true));
        table.rows("conv", EncodingFunctions::convert);
        table.row(
                "is_valid_utf8",
                (in, out) -> out.set(Utf8.isValid(in.data(0), in.start(0), in.end(0))));
        table.row("make_valid_utf8", (in, out) -> out.set(in.string(0)));
        table.row("validate_utf8", (in, out) -> validate(in, out, false));
        table.row("try_validate_utf8", (in, out) -> validate(in, out, true));
    }

    private static KernelFactory hash(SparkHash hash) {
        return signature -> {
            boolean wide = hash == SparkHash.XX64;
            return (arguments, rows) -> {
                long[] hashes = hashes(hash, arguments, rows);
                if (wide) {
                    return new LongVector(hashes, rows.length(), null);
                }
                int[] narrow = new int[hashes.length];
                for (int i = 0; i < narrow.length; i++) {
                    narrow[i] = (int) hashes[i];
                }
                return new IntVector(narrow, rows.length(), null);
            };
        };
    }

    private static long[] hashes(SparkHash hash, Vector[] arguments, Rows rows) {
        long[] hashes = new long[rows.length()];
        Arrays.fill(hashes, 42);
        for (Vector argument : arguments) {
            Vector flat = Columns.flat(argument);
            for (int i = 0; i < rows.count(); i++) {
                int row = rows.row(i);
                hashes[row] = hash.hash(flat, row, hashes[row]);
            }
        }
        return hashes;
    }

    private static String digest(String algorithm, Input in) {
        try {
            MessageDigest digest = MessageDigest.getInstance(algorithm);
            digest.update(in.data(0), in.start(0), in.end(0) - in.start(0));
            return HEX.formatHex(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("this JVM lacks the digest " + algorithm, e);
        }
    }

    private static void sha2(Input in, Output out) {
        String algorithm =
                switch (in.getInt(1)) {
                    case 0, 256 -> "SHA-256";
                    case 224 -> "SHA-224";
                    case 384 -> "SHA-384";
                    case 512 -> "SHA-512";
                    default -> null;
                };
        if (algorithm != null) {
            out.set(digest(algorithm, in));
        }
    }

    private static void crc32(Input in, Output out) {
        CRC32 crc = new CRC32();
        crc.update(in.data(0), in.start(0), in.end(0) - in.start(0));
        out.set(crc.getValue());
    }

    private static RowFunction hex(Signature signature) {
        return signature.argument(0).isNumeric()
                ? (in, out) -> out.set(Long.toHexString(in.getLong(0)).toUpperCase(Locale.ROOT))
                : (in, out) ->
                        out.set(HEX.withUpperCase().formatHex(in.data(0), in.start(0), in.end(0)));
    }

    private static byte[] fromHex(String text) {
        try {
            return HEX.parseHex(text.length() % 2 == 1 ? "0" + text : text);
        } catch (IllegalArgumentException malformed) {
            return null;
        }
    }

    private static void unhex(Input in, Output out) {
        byte[] bytes = fromHex(in.string(0));
        if (bytes != null) {
            out.set(bytes);
        }
    }

    private static byte[] unbase64(String text, String function) {
        try {
            return Base64.getMimeDecoder().decode(text);
        } catch (IllegalArgumentException malformed) {
            RuntimeException failure = invalid(text, "BASE64", function);
            failure.initCause(malformed);
            throw failure;
        }
    }

    private static RuntimeException invalid(String text, String format, String function) {
        return Failures.argument(
                "CONVERSION_INVALID_INPUT",
                "str",
                "'" + text + "'",
                "fmt",
                "'" + format + "'",
                "targetType",
                "\"BINARY\"",
                "suggestion",
                "`try_to_binary`",
                "function",
                function);
    }

    private static Charset charset(String name, String function) {
        return switch (name.toUpperCase(Locale.ROOT)) {
            case "US-ASCII", "ISO-8859-1", "UTF-8", "UTF-16BE", "UTF-16LE", "UTF-16", "UTF-32" ->
                    Charset.forName(name);
            default ->
                    throw Failures.invalidArgument(
                            "CHARSET", function, "charset", "charsets", CHARSETS, "charset", name);
        };
    }

    private static RuntimeException uncodable(String function, String charset, Exception cause) {
        RuntimeException failure =
                Failures.runtime(
                        "MALFORMED_CHARACTER_CODING",
                        "function",
                        "`" + function + "`",
                        "charset",
                        charset);
        failure.initCause(cause);
        return failure;
    }

    private static void encode(Input in, Output out) {
        Charset charset = charset(in.string(1), "encode");
        try {
            ByteBuffer encoded =
                    charset.newEncoder()
                            .onUnmappableCharacter(CodingErrorAction.REPORT)
                            .encode(java.nio.CharBuffer.wrap(in.string(0)));
            out.set(encoded.array(), encoded.position(), encoded.limit());
        } catch (CharacterCodingException unmappable) {
            throw uncodable("encode", in.string(1), unmappable);
        }
    }

    /// With two arguments, bytes in a character set; with more, a choice of values.
    private static RowFunction decode(Signature signature) {
        if (signature.size() > 2) {
            return (in, out) -> choose(in, out);
        }
        return (in, out) -> {
            if (in.isNull(0) || in.isNull(1)) {
                return;
            }
            Charset charset = charset(in.string(1), "decode");
            try {
                out.set(
                        charset.newDecoder()
                                .onMalformedInput(CodingErrorAction.REPORT)
                                .decode(ByteBuffer.wrap(in.bytes(0)))
                                .toString());
            } catch (CharacterCodingException malformed) {
                throw uncodable("decode", in.string(1), malformed);
            }
        };
    }

    private static void choose(Input in, Output out) {
        int chosen = in.size() % 2 == 0 ? in.size() - 1 : -1;
        for (int i = 1; i + 1 < in.size(); i += 2) {
            boolean same =
                    in.isNull(0) || in.isNull(i)
                            ? in.isNull(0) && in.isNull(i)
                            : io.troupe.columnar.kernel.ValueOrder.compare(
                                            in.vector(0), in.at(0), in.vector(i), in.at(i))
                                    == 0;
            if (same) {
                chosen = i + 1;
                break;
            }
        }
        if (chosen > 0 && !in.isNull(chosen)) {
            out.setFrom(in.vector(chosen), in.at(chosen));
        }
    }

    private static void toBinary(Input in, Output out, boolean lenient) {
        String format = in.size() > 1 ? in.string(1).toLowerCase(Locale.ROOT) : "hex";
        String text = in.type(0) instanceof StringType ? in.string(0) : "";
        byte[] bytes =
                switch (format) {
                    case "hex" -> fromHex(text);
                    case "utf-8", "utf8" -> text.getBytes(StandardCharsets.UTF_8);
                    case "base64" -> fromBase64(text);
                    default -> {
                        if (lenient) {
                            yield null;
                        }
                        throw Failures.parameter(
                                "BINARY_FORMAT",
                                "to_binary",
                                "fmt",
                                "invalidFormat",
                                "'" + format + "'");
                    }
                };
        if (bytes != null) {
            out.set(bytes);
        } else if (!lenient) {
            throw invalid(text, format.toUpperCase(Locale.ROOT), "to_binary");
        }
    }

    private static byte[] fromBase64(String text) {
        try {
            return Base64.getMimeDecoder().decode(text);
        } catch (IllegalArgumentException malformed) {
            return null;
        }
    }

    private static void validate(Input in, Output out, boolean lenient) {
        if (Utf8.isValid(in.data(0), in.start(0), in.end(0))) {
            out.set(in.data(0), in.start(0), in.end(0));
        } else if (!lenient) {
            StringBuilder shown = new StringBuilder();
            for (byte b : in.bytes(0)) {
                shown.append(String.format("\\x%02X", b));
            }
            throw Failures.argument("INVALID_UTF8_STRING", "str", shown.toString());
        }
    }

    private static RowFunction convert(Signature signature) {
        boolean ansi = signature.ansi();
        return (in, out) -> convert(in.string(0), in.getInt(1), in.getInt(2), ansi, out);
    }

    /// Digits up to the first that the base lacks are read as 64 unsigned bits; a negative target
    /// base means a signed result.
    private static void convert(String text, int from, int to, boolean ansi, Output out) {
        String digits = text.strip();
        if (from < 2 || from > 36 || Math.abs(to) < 2 || Math.abs(to) > 36 || digits.isEmpty()) {
            return;
        }
        boolean negative = digits.charAt(0) == '-';
        int at = negative ? 1 : 0;
        int end = at;
        while (end < digits.length() && Character.digit(digits.charAt(end), from) >= 0) {
            end++;
        }
        BigInteger value =
                end == at ? BigInteger.ZERO : new BigInteger(digits.substring(at, end), from);
        BigInteger limit = BigInteger.ONE.shiftLeft(64);
        if (value.compareTo(limit) >= 0) {
            if (ansi) {
                throw Failures.overflow("Overflow in function conv()", "");
            }
            value = limit.subtract(BigInteger.ONE);
        }
        long bits = negative ? value.negate().longValue() : value.longValue();
        if (negative && to > 0 && value.bitLength() == 64) {
            bits = -1;
        }
        String result = to < 0 ? Long.toString(bits, -to) : Long.toUnsignedString(bits, to);
        out.set(result.toUpperCase(Locale.ROOT));
    }
}
