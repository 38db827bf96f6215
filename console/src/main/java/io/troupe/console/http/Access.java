package io.troupe.console.http;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Set;

/// Who may ask. On loopback whoever is on this machine, by a loopback name only, so that no page of
/// the web can reach the console through a name that it makes resolve to here. Elsewhere who has
/// the token: as `Authorization: Bearer`, as `?token=`, or as the cookie that the latter sets. What
/// changes something needs, besides, to come from a page of this console or from no page.
final class Access {
    private static final String COOKIE = "troupe_console";
    private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "[::1]");

    /// A token that stays the same over restarts, for who scrapes metrics.
    private static final String TOKEN = "TROUPE_UI_TOKEN";

    private static final int TOKEN_BYTES = 24;

    private final String token;

    private Access(String token) {
        this.token = token;
    }

    static Access of(InetAddress address) {
        String chosen = System.getenv(TOKEN);
        return new Access(
                address.isLoopbackAddress()
                        ? null
                        : chosen == null || chosen.isBlank() ? newToken() : chosen.strip());
    }

    private static String newToken() {
        byte[] bytes = new byte[TOKEN_BYTES];
        new SecureRandom().nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }

    /// A path with what it needs behind it.
    String suffix(String path) {
        return token == null ? path : (path.isEmpty() ? "/" : path) + "?token=" + token;
    }

    /// @throws ClientError if it may not
    void check(HttpExchange exchange, Request request) {
        Headers headers = exchange.getRequestHeaders();
        String host = headers.getFirst("Host");
        if (token == null) {
            if (host == null || !LOOPBACK.contains(host.replaceFirst(":[0-9]+$", ""))) {
                throw new ClientError(403, "ask this console by 127.0.0.1 or localhost");
            }
        } else if (!hasToken(headers, request)) {
            throw new ClientError(
                    401, "this console needs its token: open the address that the driver printed");
        }
        if (!request.method().equals("GET") && !request.method().equals("HEAD")) {
            checkOrigin(headers, host);
        }
    }

    private static void checkOrigin(Headers headers, String host) {
        String origin = headers.getFirst("Origin");
        String site = headers.getFirst("Sec-Fetch-Site");
        boolean own = origin == null || host != null && origin.equals("http://" + host);
        if (!own || site != null && !site.equals("same-origin") && !site.equals("none")) {
            throw new ClientError(403, "another site's page may change nothing here");
        }
    }

    private boolean hasToken(Headers headers, Request request) {
        String bearer = headers.getFirst("Authorization");
        if (bearer != null && bearer.startsWith("Bearer ") && isToken(bearer.substring(7))) {
            return true;
        }
        if (isToken(request.parameter("token", ""))) {
            return true;
        }
        String cookies = headers.getFirst("Cookie");
        if (cookies != null) {
            for (String cookie : cookies.split(";")) {
                String[] parts = cookie.strip().split("=", 2);
                if (parts.length == 2 && parts[0].equals(COOKIE) && isToken(parts[1])) {
                    return true;
                }
            }
        }
        return false;
    }

    private boolean isToken(String text) {
        return MessageDigest.isEqual(
                text.getBytes(StandardCharsets.UTF_8), token.getBytes(StandardCharsets.UTF_8));
    }

    /// The cookie for who came with the token in the address, or null.
    String cookie(Request request) {
        return token != null && isToken(request.parameter("token", ""))
                ? COOKIE + "=" + token + "; HttpOnly; SameSite=Strict; Path=/"
                : null;
    }
}
