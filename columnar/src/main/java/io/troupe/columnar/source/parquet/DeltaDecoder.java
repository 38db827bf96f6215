package io.troupe.columnar.source.parquet;

/// DELTA_BINARY_PACKED and the byte-array encodings made of it. Decodes whole pages.
final class DeltaDecoder {
    private static final int MAX_BLOCK = 1 << 20;

    private final byte[] data;
    private final int end;
    private int position;

    DeltaDecoder(byte[] data, int from, int to) {
        this.data = data;
        this.position = from;
        this.end = to;
    }

    /// Where the next byte after the decoded values lies.
    int position() {
        return position;
    }

    /// All values of one DELTA_BINARY_PACKED run; at most `limit` are allowed.
    long[] longs(int limit) {
        int block = unsigned();
        int miniblocks = unsigned();
        int total = unsigned();
        long value = zigzag();
        if (block <= 0
                || block > MAX_BLOCK
                || miniblocks <= 0
                || block % miniblocks != 0
                || block / miniblocks % 8 != 0) {
            throw new ParquetFormatException(
                    "delta block of " + block + " values in " + miniblocks + " parts");
        }
        if (total < 0 || total > limit) {
            throw new ParquetFormatException(
                    "delta run of " + total + " values in a page of " + limit);
        }
        long[] values = new long[total];
        if (total == 0) {
            return values;
        }
        values[0] = value;
        int done = 1;
        int per = block / miniblocks;
        byte[] widths = new byte[miniblocks];
        while (done < total) {
            long least = zigzag();
            need(miniblocks);
            System.arraycopy(data, position, widths, 0, miniblocks);
            position += miniblocks;
            for (int part = 0; part < miniblocks && done < total; part++) {
                done = miniblock(values, done, per, widths[part], least);
            }
        }
        return values;
    }

    private int miniblock(long[] values, int from, int per, int width, long least) {
        if (width < 0 || width > 64) {
            throw new ParquetFormatException("delta bit width " + width);
        }
        int count = Math.min(per, values.length - from);
        int bytes = (int) ((long) count * width + 7 >> 3);
        need(bytes);
        long value = values[from - 1];
        long bit = 0;
        for (int i = 0; i < count; i++) {
            value += least + bits(bit, width);
            values[from + i] = value;
            bit += width;
        }
        position += (int) Math.min((long) per * width >> 3, end - position);
        return from + count;
    }

    private long bits(long bit, int width) {
        if (width == 0) {
            return 0;
        }
        int at = position + (int) (bit >> 3);
        int shift = (int) (bit & 7);
        long word = BitPacking.longAt(data, at) >>> shift;
        if (shift + width > 64) {
            word |= (long) data[at + 8] << 64 - shift;
        }
        return width == 64 ? word : word & (1L << width) - 1;
    }

    private void need(int bytes) {
        if (bytes < 0 || bytes > end - position) {
            throw new ParquetFormatException("delta data ends early");
        }
    }

    private int unsigned() {
        long value = varint();
        if (value < 0 || value > Integer.MAX_VALUE) {
            throw new ParquetFormatException("number " + value + " in a delta header");
        }
        return (int) value;
    }

    private long zigzag() {
        long raw = varint();
        return raw >>> 1 ^ -(raw & 1);
    }

    private long varint() {
        long value = 0;
        for (int shift = 0; shift < 64; shift += 7) {
            need(1);
            byte next = data[position++];
            value |= (long) (next & 0x7f) << shift;
            if (next >= 0) {
                return value;
            }
        }
        throw new ParquetFormatException("number of more than 64 bits in delta data");
    }
}
