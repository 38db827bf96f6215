package io.troupe.columnar.source.text;

import com.github.luben.zstd.ZstdInputStream;
import io.troupe.planner.stage.LeafInput.FileSplit;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.zip.GZIPInputStream;
import java.util.zip.InflaterInputStream;

/// Opens text files: decompressed by the ending of their name, and recoded to UTF-8.
public final class TextInput {
    private static final int BUFFER = 1 << 16;

    private TextInput() {}

    /// Whether the file can only be read from its beginning.
    static boolean isWhole(String path, Map<String, String> options) {
        return path.matches(".*\\.(gz|gzip|zst|deflate|bz2|lz4|snappy)$")
                || !isUtf8(charset(options));
    }

    static Charset charset(Map<String, String> options) {
        return Charset.forName(
                options.getOrDefault("encoding", options.getOrDefault("charset", "UTF-8")));
    }

    private static boolean isUtf8(Charset charset) {
        return charset.equals(StandardCharsets.UTF_8) || charset.equals(StandardCharsets.US_ASCII);
    }

    /// The whole file as UTF-8 bytes, without a byte order mark.
    public static InputStream open(String path, Map<String, String> options) throws IOException {
        InputStream raw = new BufferedInputStream(Files.newInputStream(Path.of(path)), BUFFER);
        InputStream plain;
        try {
            plain = decompressed(path, raw);
        } catch (IOException failure) {
            raw.close();
            throw failure;
        }
        Charset charset = charset(options);
        InputStream utf8 = isUtf8(charset) ? plain : new RecodedStream(plain, charset);
        return withoutMark(utf8);
    }

    private static InputStream decompressed(String path, InputStream raw) throws IOException {
        String ending = path.substring(path.lastIndexOf('.') + 1);
        return switch (ending) {
            case "gz", "gzip" -> new GZIPInputStream(raw, BUFFER);
            case "zst" -> new ZstdInputStream(raw).setContinuous(false);
            case "deflate" -> new InflaterInputStream(raw);
            case "bz2", "lz4", "snappy" ->
                    throw new IOException(
                            "compression ."
                                    + ending
                                    + " of text files is not supported; use gzip, deflate or zstd");
            default -> raw;
        };
    }

    private static InputStream withoutMark(InputStream in) throws IOException {
        BufferedInputStream buffered = new BufferedInputStream(in, BUFFER);
        buffered.mark(3);
        byte[] head = buffered.readNBytes(3);
        boolean mark =
                head.length == 3
                        && head[0] == (byte) 0xef
                        && head[1] == (byte) 0xbb
                        && head[2] == (byte) 0xbf;
        if (!mark) {
            buffered.reset();
        }
        return buffered;
    }

    /// The lines of a split: those whose first byte lies in it.
    public static LineReader lines(FileSplit split, Map<String, String> options)
            throws IOException {
        byte[] separator =
                options.containsKey("linesep")
                        ? options.get("linesep").getBytes(StandardCharsets.UTF_8)
                        : null;
        String path = split.file().path();
        if (isWhole(path, options)) {
            return split.offset() > 0
                    ? LineReader.empty()
                    : new LineReader(open(path, options), 0, Long.MAX_VALUE, separator);
        }
        if (split.offset() == 0) {
            InputStream in = open(path, options);
            return new LineReader(in, 0, split.length(), separator);
        }
        InputStream in = Files.newInputStream(Path.of(path));
        // From one byte before: a line that begins right at the offset is recognised by the end of
        // the one before it.
        int back = separator == null ? 1 : separator.length;
        in.skipNBytes(split.offset() - back);
        LineReader lines =
                new LineReader(
                        in, split.offset() - back, split.offset() + split.length(), separator);
        lines.next();
        return lines;
    }
}
