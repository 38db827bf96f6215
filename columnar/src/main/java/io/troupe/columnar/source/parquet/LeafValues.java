package io.troupe.columnar.source.parquet;

import io.troupe.columnar.vector.Vector;
import org.apache.parquet.format.Encoding;

/// Decodes the non-null values of one physical type into arrays of the batch being built. Values
/// are written densely by [#decode] and moved to their rows by [#spread] where there are nulls.
abstract class LeafValues {
    protected byte[] page;
    protected int position;
    protected int end;

    /// Starts a batch with room for `capacity` slots in fresh arrays.
    abstract void begin(int capacity);

    /// Makes room for `capacity` slots, keeping what is there.
    abstract void reserve(int capacity);

    /// Opens a page's values: `count` of them at most.
    final void open(Encoding encoding, byte[] data, int from, int to, int count) {
        page = data;
        position = from;
        end = to;
        openPage(encoding, count);
    }

    protected abstract void openPage(Encoding encoding, int count);

    /// Writes the next `count` values to slots `at ..`.
    abstract void decode(int at, int count);

    abstract void skip(int count);

    /// Slots `at .. at + present` hold the present values of slots `at .. at + count`: moves them
    /// to the slots whose bit is set.
    abstract void spread(int at, int count, int present, long[] validity);

    /// Writes `dictionary[codes[i]]` to slots `at ..`.
    abstract void gather(Vector dictionary, int[] codes, int from, int at, int count);

    /// The batch's vector; the arrays are handed over.
    abstract Vector finish(int length, long[] validity);

    /// Decodes a PLAIN dictionary page.
    final Vector dictionary(byte[] data, int from, int to, int count) {
        open(Encoding.PLAIN, data, from, to, count);
        begin(count);
        decode(0, count);
        return finish(count, null);
    }

    /// Takes `count` fixed-width values from the page and returns where they start.
    protected final int take(int count, int width) {
        int start = position;
        if ((long) count * width > end - position) {
            throw new ParquetFormatException(
                    "page values end early: "
                            + count
                            + " more of "
                            + width
                            + " bytes wanted, "
                            + (end - position)
                            + " bytes left");
        }
        position += count * width;
        return start;
    }

    protected static ParquetFormatException unsupported(Encoding encoding, String type) {
        return new ParquetFormatException(
                "encoding " + encoding + " of " + type + " values is not supported");
    }

    /// BYTE_STREAM_SPLIT made plain: byte k of value i lies at `from + k * count + i`.
    protected final void unsplit(int width) {
        int count = (end - position) / width;
        byte[] joined = new byte[count * width + BitPacking.SLACK];
        for (int k = 0; k < width; k++) {
            int stream = position + k * count;
            for (int i = 0; i < count; i++) {
                joined[i * width + k] = page[stream + i];
            }
        }
        page = joined;
        position = 0;
        end = count * width;
    }
}
