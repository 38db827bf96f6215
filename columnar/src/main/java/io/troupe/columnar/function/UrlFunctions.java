package io.troupe.columnar.function;

import io.troupe.columnar.kernel.Failures;
import io.troupe.columnar.kernel.Input;
import io.troupe.columnar.kernel.Output;
import io.troupe.columnar.kernel.RowFunction;
import io.troupe.columnar.kernel.Signature;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// URLs: their parts, and percent-encoding.
final class UrlFunctions {
    private UrlFunctions() {}

    static void register(FunctionTable table) {
        table.row(
                "url_encode",
                (in, out) -> out.set(URLEncoder.encode(in.string(0), StandardCharsets.UTF_8)));
        table.row("url_decode", (in, out) -> decode(in, out, false));
        table.row("try_url_decode", (in, out) -> decode(in, out, true));
        table.rows("parse_url", signature -> parse(signature, !signature.ansi()));
        table.rows("try_parse_url", signature -> parse(signature, true));
    }

    private static void decode(Input in, Output out, boolean lenient) {
        try {
            out.set(URLDecoder.decode(in.string(0), StandardCharsets.UTF_8));
        } catch (IllegalArgumentException malformed) {
            if (!lenient) {
                RuntimeException failure =
                        Failures.argument("CANNOT_DECODE_URL", "url", in.string(0));
                failure.initCause(malformed);
                throw failure;
            }
        }
    }

    private static RowFunction parse(Signature signature, boolean lenient) {
        return (in, out) -> {
            URI uri;
            try {
                uri = new URI(in.string(0));
            } catch (URISyntaxException malformed) {
                if (lenient) {
                    return;
                }
                RuntimeException failure = Failures.argument("INVALID_URL", "url", in.string(0));
                failure.initCause(malformed);
                throw failure;
            }
            String part = part(uri, in.string(1));
            if (in.size() > 2) {
                part =
                        in.string(1).equals("QUERY") && part != null
                                ? query(part, in.string(2))
                                : null;
            }
            out.setValue(part);
        };
    }

    private static String part(URI uri, String name) {
        return switch (name) {
            case "HOST" -> uri.getHost();
            case "PATH" -> uri.getRawPath();
            case "QUERY" -> uri.getRawQuery();
            case "REF" -> uri.getRawFragment();
            case "PROTOCOL" -> uri.getScheme();
            case "FILE" ->
                    uri.getRawQuery() == null
                            ? uri.getRawPath()
                            : uri.getRawPath() + "?" + uri.getRawQuery();
            case "AUTHORITY" -> uri.getRawAuthority();
            case "USERINFO" -> uri.getRawUserInfo();
            default -> null;
        };
    }

    private static String query(String query, String key) {
        Matcher matcher = Pattern.compile("(&|^)" + key + "=([^&]*)").matcher(query);
        return matcher.find() ? matcher.group(2) : null;
    }
}
