package io.troupe.console.http;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/// The files of the front end, out of the jar. The first page's script draws what stands behind the
/// `#` of the address.
public final class StaticFiles implements Section {
    private static final Pattern NAME = Pattern.compile("[a-z][A-Za-z0-9-]*(\\.[A-Za-z0-9]+)+");
    private static final Map<String, String> TYPES =
            Map.of(
                    "html", "text/html; charset=utf-8",
                    "js", "text/javascript; charset=utf-8",
                    "css", "text/css; charset=utf-8",
                    "svg", "image/svg+xml",
                    "txt", "text/plain; charset=utf-8");

    private final Class<?> place;
    private final String folder;

    /// @param place a class beside which the folder lies
    /// @param folder its name
    public StaticFiles(Class<?> place, String folder) {
        this.place = place;
        this.folder = folder;
    }

    @Override
    public Optional<Answer> answer(Request request) throws IOException {
        List<String> path = request.path();
        if (path.isEmpty()) {
            return file("index.html");
        }
        if (!path.getFirst().equals("static")
                || path.size() > 3
                || !path.stream().skip(1).allMatch(StaticFiles::isPlain)) {
            return Optional.empty();
        }
        return file(String.join("/", path.subList(1, path.size())));
    }

    private static boolean isPlain(String segment) {
        return segment.equals("page") || NAME.matcher(segment).matches();
    }

    private Optional<Answer> file(String name) throws IOException {
        String type = TYPES.get(name.substring(name.lastIndexOf('.') + 1));
        if (type == null) {
            return Optional.empty();
        }
        try (InputStream in = place.getResourceAsStream(folder + "/" + name)) {
            return in == null
                    ? Optional.empty()
                    : Optional.of(new Answer(200, type, in.readAllBytes()));
        }
    }
}
