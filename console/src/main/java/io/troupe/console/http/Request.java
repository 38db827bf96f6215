package io.troupe.console.http;

import com.sun.net.httpserver.HttpExchange;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// What is asked.
///
/// @param method `GET`, `POST`, …
/// @param path its segments, decoded
/// @param parameters of the query, decoded; the last of a name counts
public record Request(String method, List<String> path, Map<String, String> parameters) {
    private static final int LONGEST = 4096;
    private static final int MOST_SEGMENTS = 12;

    static Request of(HttpExchange exchange) {
        URI uri = exchange.getRequestURI();
        String raw = uri.getRawPath() == null ? "/" : uri.getRawPath();
        if (raw.length() > LONGEST
                || uri.getRawQuery() != null && uri.getRawQuery().length() > LONGEST) {
            throw new ClientError(414, "the address is longer than " + LONGEST + " characters");
        }
        List<String> segments = new java.util.ArrayList<>();
        for (String segment : raw.split("/")) {
            if (!segment.isEmpty()) {
                segments.add(decoded(segment.replace("+", "%2B")));
            }
        }
        if (segments.size() > MOST_SEGMENTS) {
            throw new ClientError(404, "there is nothing at this address");
        }
        return new Request(
                exchange.getRequestMethod(), List.copyOf(segments), parameters(uri.getRawQuery()));
    }

    private static Map<String, String> parameters(String query) {
        Map<String, String> found = new LinkedHashMap<>();
        if (query != null) {
            for (String pair : query.split("&")) {
                if (!pair.isEmpty()) {
                    String[] parts = pair.split("=", 2);
                    found.put(decoded(parts[0]), parts.length == 2 ? decoded(parts[1]) : "");
                }
            }
        }
        return found;
    }

    private static String decoded(String text) {
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException _) {
            throw new ClientError(400, "a percent sign in the address begins no escape");
        }
    }

    /// The segment at that place.
    public String segment(int place) {
        return path.get(place);
    }

    /// A whole number in the path.
    public long number(int place) {
        return whole("the number in the path", segment(place), Long.MIN_VALUE, Long.MAX_VALUE);
    }

    /// A parameter, or another value where there is none.
    public String parameter(String name, String otherwise) {
        return parameters.getOrDefault(name, otherwise);
    }

    /// A whole number among the parameters.
    public long parameter(String name, long otherwise, long least, long most) {
        String text = parameters.get(name);
        return text == null ? otherwise : whole(name, text, least, most);
    }

    /// A parameter that is one of several words; empty if it is not given.
    public String choice(String name, List<String> words) {
        String text = parameters.getOrDefault(name, "");
        if (parameters.containsKey(name) && !words.contains(text)) {
            throw new ClientError(400, name + " must be one of " + String.join(", ", words));
        }
        return text;
    }

    private static long whole(String name, String text, long least, long most) {
        try {
            long value = Long.parseLong(text);
            if (value >= least && value <= most) {
                return value;
            }
        } catch (NumberFormatException _) {
            // Said below.
        }
        throw new ClientError(
                400,
                name
                        + " must be a whole number"
                        + (least == Long.MIN_VALUE ? "" : " from " + least + " to " + most));
    }
}
