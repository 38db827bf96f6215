package io.troupe.columnar.source.parquet;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import net.jpountz.lz4.LZ4Exception;
import net.jpountz.lz4.LZ4Factory;
import org.apache.parquet.format.CompressionCodec;
import org.xerial.snappy.Snappy;

/// Compression of pages.
public final class PageCodec {
    private static final int ZSTD_LEVEL = 3;

    private PageCodec() {}

    /// Decompresses `from.length` bytes at `offset` to exactly `size` bytes at the start of `to`.
    static void decompress(
            CompressionCodec codec, byte[] from, int offset, int length, byte[] to, int size) {
        int written;
        try {
            written =
                    switch (codec) {
                        case UNCOMPRESSED -> copy(from, offset, length, to, size);
                        case SNAPPY -> snappy(from, offset, length, to, size);
                        case GZIP -> gunzip(from, offset, length, to, size);
                        case ZSTD -> zstd(from, offset, length, to, size);
                        case LZ4_RAW -> lz4(from, offset, length, to, 0, size);
                        case LZ4 -> hadoopLz4(from, offset, length, to, size);
                        case BROTLI, LZO ->
                                throw new ParquetFormatException(
                                        "compression "
                                                + codec
                                                + " is not supported; rewrite the file with snappy, zstd, gzip or lz4");
                    };
        } catch (IOException | LZ4Exception | ZstdException failure) {
            throw new ParquetFormatException(
                    "page does not decompress (" + codec + "): " + failure.getMessage(), failure);
        }
        if (written != size) {
            throw new ParquetFormatException(
                    "page decompresses to " + written + " bytes, its header says " + size);
        }
    }

    private static int copy(byte[] from, int offset, int length, byte[] to, int size) {
        System.arraycopy(from, offset, to, 0, Math.min(length, size));
        return length;
    }

    private static int snappy(byte[] from, int offset, int length, byte[] to, int size)
            throws IOException {
        int announced = Snappy.uncompressedLength(from, offset, length);
        return announced == size ? Snappy.uncompress(from, offset, length, to, 0) : announced;
    }

    private static int gunzip(byte[] from, int offset, int length, byte[] to, int size)
            throws IOException {
        try (GZIPInputStream stream =
                new GZIPInputStream(new ByteArrayInputStream(from, offset, length))) {
            return stream.readNBytes(to, 0, size);
        }
    }

    private static int zstd(byte[] from, int offset, int length, byte[] to, int size) {
        long written = Zstd.decompressByteArray(to, 0, size, from, offset, length);
        if (Zstd.isError(written)) {
            throw new ParquetFormatException(
                    "page does not decompress (zstd): " + Zstd.getErrorName(written));
        }
        return (int) written;
    }

    private static int lz4(byte[] from, int offset, int length, byte[] to, int at, int size) {
        return LZ4Factory.fastestInstance()
                .safeDecompressor()
                .decompress(from, offset, length, to, at, size);
    }

    /// Blocks with big-endian lengths, as Hadoop frames them; some writers left the frame out.
    private static int hadoopLz4(byte[] from, int offset, int length, byte[] to, int size) {
        int position = offset;
        int end = offset + length;
        int written = 0;
        while (end - position >= 8) {
            int plain = bigEndian(from, position);
            int packed = bigEndian(from, position + 4);
            if (plain < 0 || packed < 0 || plain > size - written || packed > end - position - 8) {
                return lz4(from, offset, length, to, 0, size);
            }
            written += lz4(from, position + 8, packed, to, written, plain);
            position += 8 + packed;
        }
        return written == size ? written : lz4(from, offset, length, to, 0, size);
    }

    private static int bigEndian(byte[] data, int at) {
        return data[at] << 24
                | (data[at + 1] & 0xff) << 16
                | (data[at + 2] & 0xff) << 8
                | data[at + 3] & 0xff;
    }

    /// Compresses `length` bytes of `data`.
    public static byte[] compress(CompressionCodec codec, byte[] data, int offset, int length) {
        try {
            return switch (codec) {
                case UNCOMPRESSED -> java.util.Arrays.copyOfRange(data, offset, offset + length);
                case SNAPPY -> packSnappy(data, offset, length);
                case GZIP -> gzip(data, offset, length);
                case ZSTD -> packZstd(data, offset, length);
                case LZ4_RAW ->
                        LZ4Factory.fastestInstance()
                                .fastCompressor()
                                .compress(data, offset, length);
                case LZ4, BROTLI, LZO ->
                        throw new IllegalArgumentException("no writer for " + codec);
            };
        } catch (IOException failure) {
            throw new java.io.UncheckedIOException(failure);
        }
    }

    private static byte[] packSnappy(byte[] data, int offset, int length) throws IOException {
        byte[] target = new byte[Snappy.maxCompressedLength(length)];
        int written = Snappy.compress(data, offset, length, target, 0);
        return java.util.Arrays.copyOf(target, written);
    }

    private static byte[] packZstd(byte[] data, int offset, int length) {
        byte[] target = new byte[(int) Zstd.compressBound(length)];
        long written =
                Zstd.compressByteArray(target, 0, target.length, data, offset, length, ZSTD_LEVEL);
        if (Zstd.isError(written)) {
            throw new IllegalStateException("zstd: " + Zstd.getErrorName(written));
        }
        return java.util.Arrays.copyOf(target, (int) written);
    }

    private static byte[] gzip(byte[] data, int offset, int length) throws IOException {
        ByteArrayOutputStream target = new ByteArrayOutputStream(length / 2 + 64);
        try (GZIPOutputStream stream = new GZIPOutputStream(target)) {
            stream.write(data, offset, length);
        }
        return target.toByteArray();
    }
}
