package io.troupe.columnar.sink.text;

import com.github.luben.zstd.ZstdOutputStream;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Locale;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.GZIPOutputStream;

/// A text file being written: bytes are UTF-8 inside, recoded and compressed on the way out.
final class TextOutput implements AutoCloseable {
    private static final int CHUNK = 1 << 16;

    private final Path file;
    private final OutputStream out;
    private final Charset charset;
    private final byte[] buffer = new byte[CHUNK + 64];
    private int size;

    TextOutput(Path file, String compression, String encoding) throws IOException {
        this.file = file;
        this.charset = Charset.forName(encoding);
        OutputStream raw =
                new BufferedOutputStream(
                        Files.newOutputStream(file, StandardOpenOption.CREATE_NEW), CHUNK);
        this.out =
                switch (compression) {
                    case "none" -> raw;
                    case "gzip" -> new GZIPOutputStream(raw, CHUNK);
                    case "deflate" -> new DeflaterOutputStream(raw);
                    case "zstd" -> new ZstdOutputStream(raw);
                    default ->
                            throw new IllegalArgumentException(
                                    "no text compression " + compression);
                };
    }

    /// The option's compression by its canonical name.
    static String canonical(String compression) {
        return switch (compression == null ? "none" : compression.toLowerCase(Locale.ROOT)) {
            case "none", "uncompressed" -> "none";
            case "gzip", "gz" -> "gzip";
            case "deflate" -> "deflate";
            case "zstd" -> "zstd";
            default ->
                    throw new IllegalArgumentException(
                            "Codec ["
                                    + compression
                                    + "] is not available. Known codecs are deflate, gzip, none, uncompressed, zstd.");
        };
    }

    /// The ending that a compressed file's name gets.
    static String extension(String canonical) {
        return switch (canonical) {
            case "gzip" -> ".gz";
            case "deflate" -> ".deflate";
            case "zstd" -> ".zst";
            default -> "";
        };
    }

    void put(int ascii) throws IOException {
        if (size >= CHUNK) {
            drain();
        }
        buffer[size++] = (byte) ascii;
    }

    void put(String text) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        put(bytes, 0, bytes.length);
    }

    void put(byte[] data, int from, int length) throws IOException {
        if (length > CHUNK) {
            drain();
            write(data, from, length);
            return;
        }
        if (size + length > CHUNK) {
            drain();
        }
        System.arraycopy(data, from, buffer, size, length);
        size += length;
    }

    private void drain() throws IOException {
        write(buffer, 0, size);
        size = 0;
    }

    private void write(byte[] data, int from, int length) throws IOException {
        if (charset.equals(StandardCharsets.UTF_8)) {
            out.write(data, from, length);
        } else {
            out.write(new String(data, from, length, StandardCharsets.UTF_8).getBytes(charset));
        }
    }

    /// Completes the file; returns its size.
    long finish() throws IOException {
        drain();
        out.close();
        return Files.size(file);
    }

    @Override
    public void close() throws IOException {
        out.close();
    }
}
