package io.troupe.columnar.source.listing;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/// Path strings as users and Spark write them.
public final class FilePaths {
    private FilePaths() {}

    /// The absolute local path of a path string or `file:` URI. Globs stay as they are.
    ///
    /// @throws io.troupe.planner.error.TroupeException for other file systems
    public static String local(String path) {
        String plain = path;
        if (path.startsWith("file:")) {
            plain = path.substring(5);
            if (plain.startsWith("//")) {
                plain = plain.startsWith("//localhost/") ? plain.substring(11) : plain.substring(2);
            }
            plain = unescape(plain);
        } else if (path.matches("[A-Za-z][A-Za-z0-9+.-]*:/.*")) {
            throw FileErrors.unsupportedFileSystem(path, path.substring(0, path.indexOf(':')));
        }
        return Path.of(plain).toAbsolutePath().normalize().toString();
    }

    /// Undoes `%41` escapes of URIs and of partition folder names.
    public static String unescape(String text) {
        if (text.indexOf('%') < 0) {
            return text;
        }
        byte[] in = text.getBytes(StandardCharsets.UTF_8);
        byte[] out = new byte[in.length];
        int length = 0;
        for (int i = 0; i < in.length; i++) {
            int high = in[i] == '%' && i + 2 < in.length ? Character.digit(in[i + 1], 16) : -1;
            int low = high >= 0 ? Character.digit(in[i + 2], 16) : -1;
            if (low >= 0) {
                out[length++] = (byte) (high << 4 | low);
                i += 2;
            } else {
                out[length++] = in[i];
            }
        }
        return new String(out, 0, length, StandardCharsets.UTF_8);
    }

    /// A partition value or column name as Hive and Spark write it in a folder name.
    public static String escape(String text) {
        StringBuilder out = new StringBuilder(text.length() + 8);
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c < 0x20 || c == 0x7f || "\"#%'*/:=?\\{[]^".indexOf(c) >= 0) {
                out.append('%').append(String.format("%02X", (int) c));
            } else {
                out.append(c);
            }
        }
        return out.toString();
    }
}
