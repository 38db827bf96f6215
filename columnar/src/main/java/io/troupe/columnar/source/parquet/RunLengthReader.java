package io.troupe.columnar.source.parquet;

import java.util.Arrays;

/// Parquet's hybrid of run lengths and bit packing: levels, dictionary codes, booleans.
final class RunLengthReader {
    private byte[] data;
    private int position;
    private int end;
    private int width;
    private int left;
    private boolean packed;
    private int value;
    private int packedStart;
    private int packedIndex;

    void open(byte[] data, int from, int to, int width) {
        if (width < 0 || width > 32) {
            throw new ParquetFormatException("bit width " + width + " is not within 0..32");
        }
        this.data = data;
        this.position = from;
        this.end = to;
        this.width = width;
        this.left = 0;
        this.packed = false;
        this.value = 0;
    }

    void read(int[] out, int at, int count) {
        int done = 0;
        while (done < count) {
            if (left == 0) {
                readHeader();
            }
            int run = Math.min(left, count - done);
            if (packed) {
                BitPacking.unpack(data, packedStart, packedIndex, width, out, at + done, run);
                packedIndex += run;
            } else {
                Arrays.fill(out, at + done, at + done + run, value);
            }
            left -= run;
            done += run;
        }
    }

    void skip(int count) {
        int remaining = count;
        while (remaining > 0) {
            if (left == 0) {
                readHeader();
            }
            int run = Math.min(left, remaining);
            packedIndex += packed ? run : 0;
            left -= run;
            remaining -= run;
        }
    }

    /// Reads `count` one-bit values into bits `at ..` of `bits` (those bits are 0 before) and
    /// returns how many are 1.
    int readBits(long[] bits, int at, int count) {
        int ones = 0;
        int done = 0;
        while (done < count) {
            if (left == 0) {
                readHeader();
            }
            int run = Math.min(left, count - done);
            if (packed) {
                ones += copyBits(data, packedStart, packedIndex, bits, at + done, run);
                packedIndex += run;
            } else if (value != 0) {
                Bits.set(bits, at + done, run);
                ones += run;
            }
            left -= run;
            done += run;
        }
        return ones;
    }

    /// How many of the next values, at most `count`, are certainly equal to `wanted` without
    /// reading them; 0 when unknown.
    int uniformAhead(int wanted, int count) {
        if (left == 0) {
            readHeader();
        }
        return !packed && value == wanted ? Math.min(left, count) : 0;
    }

    private static int copyBits(byte[] data, int start, int index, long[] bits, int at, int count) {
        int ones = 0;
        int done = 0;
        while (done < count) {
            int chunk = Math.min(count - done, 56);
            int bit = index + done;
            long word =
                    BitPacking.longAt(data, start + (bit >> 3)) >>> (bit & 7) & (1L << chunk) - 1;
            ones += Long.bitCount(word);
            Bits.or(bits, at + done, word, chunk);
            done += chunk;
        }
        return ones;
    }

    private void readHeader() {
        int header = 0;
        int shift = 0;
        while (true) {
            if (position >= end || shift > 28) {
                throw new ParquetFormatException("run-length data ends early");
            }
            byte next = data[position++];
            header |= (next & 0x7f) << shift;
            if (next >= 0) {
                break;
            }
            shift += 7;
        }
        if ((header & 1) != 0) {
            openPacked(header >>> 1);
        } else {
            openRun(header >>> 1);
        }
    }

    private void openPacked(int groups) {
        packed = true;
        packedStart = position;
        packedIndex = 0;
        long bytes = (long) groups * width;
        long available = end - position;
        // The last run may be cut short of its padding by some writers.
        long values = bytes <= available || width == 0 ? (long) groups * 8 : available * 8 / width;
        if (values == 0 || values > Integer.MAX_VALUE) {
            throw new ParquetFormatException("bit-packed run of " + values + " values");
        }
        left = (int) values;
        position += (int) Math.min(bytes, available);
    }

    private void openRun(int count) {
        int bytes = (width + 7) >> 3;
        if (count == 0 || position + bytes > end) {
            throw new ParquetFormatException("run of " + count + " values ends early");
        }
        packed = false;
        left = count;
        value = 0;
        for (int i = 0; i < bytes; i++) {
            value |= (data[position + i] & 0xff) << 8 * i;
        }
        position += bytes;
    }
}
