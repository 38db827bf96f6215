package io.troupe.columnar.source.parquet;

import io.troupe.columnar.vector.DictionaryVector;
import io.troupe.columnar.vector.Vector;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.util.Arrays;
import java.util.function.UnaryOperator;
import org.apache.parquet.format.ColumnMetaData;

/// Reads one leaf column of one row group in steps of any number of rows. Columns without
/// repetition and with at most one definition level go by [#read]; others by [#readNested]. Skipped
/// rows cost nothing until the next read; whole skipped pages are not even loaded.
final class ColumnReader {
    private final ParquetNode leaf;
    private final ColumnPages pages;
    private final LeafValues values;
    private final UnaryOperator<Vector> conversion;
    private long pendingSkip;

    /// @param nested whether it is read by [#readNested]
    ColumnReader(
            ParquetNode leaf,
            UnaryOperator<Vector> conversion,
            boolean nested,
            ParquetFooter footer,
            int windowBytes) {
        this.leaf = leaf;
        this.conversion = conversion;
        this.values = values(leaf);
        this.pages =
                new ColumnPages(
                        leaf, values, values(leaf), conversion, nested, footer, windowBytes);
    }

    private static LeafValues values(ParquetNode leaf) {
        return switch (leaf.element().getType()) {
            case BOOLEAN -> new BooleanValues();
            case INT32 -> new IntValues();
            case INT64 -> new LongValues();
            case INT96 -> new Int96Values();
            case FLOAT -> new FloatValues();
            case DOUBLE -> new DoubleValues();
            case BYTE_ARRAY -> new BytesValues(-1);
            case FIXED_LEN_BYTE_ARRAY ->
                    new BytesValues(checkedLength(leaf.element().getType_length()));
        };
    }

    private static int checkedLength(int fixed) {
        if (fixed < 0 || fixed > 1 << 20) {
            throw new ParquetFormatException("fixed length of " + fixed + " bytes");
        }
        return fixed;
    }

    ParquetNode leaf() {
        return leaf;
    }

    void open(FileChannel channel, ColumnMetaData chunk) {
        pages.open(channel, chunk);
        pendingSkip = 0;
    }

    void skip(long rows) {
        pendingSkip += rows;
    }

    /// The next `count` rows of a flat column.
    Vector read(int count) throws IOException {
        applySkip();
        int[] codes = null;
        boolean flat = false;
        long[] validity = null;
        int at = 0;
        while (at < count) {
            advance();
            int rows = Math.min(count - at, pages.left);
            int present = rows;
            if (leaf.definition() == 1 && !pages.noNulls) {
                int sure = pages.definitionRuns.uniformAhead(1, rows);
                if (sure < rows) {
                    if (validity == null) {
                        validity = new long[Bits.words(count)];
                        Bits.set(validity, 0, at);
                    }
                    present = pages.definitionRuns.readBits(validity, at, rows);
                } else {
                    pages.definitionRuns.skip(rows);
                }
            }
            if (validity != null && present == rows && !bitsWritten(validity, at)) {
                Bits.set(validity, at, rows);
            }
            if (pages.dictionaryPage && !flat) {
                codes = codes == null ? new int[count] : codes;
                pages.readCodes(codes, at, present);
                if (present < rows) {
                    spread(codes, at, rows, present, validity);
                }
            } else {
                if (!flat) {
                    values.begin(count);
                    flat = true;
                    if (codes != null) {
                        values.gather(pages.rawDictionary, codes, 0, 0, at);
                    }
                }
                decode(at, present, rows, validity);
            }
            at += rows;
            pages.left -= rows;
        }
        return finish(flat, codes, count, validity);
    }

    private static boolean bitsWritten(long[] validity, int at) {
        return Bits.get(validity, at);
    }

    private void decode(int at, int present, int rows, long[] validity) {
        if (pages.dictionaryPage) {
            int[] scratch = new int[present];
            pages.readCodes(scratch, 0, present);
            values.gather(pages.rawDictionary, scratch, 0, at, present);
        } else {
            values.decode(at, present);
        }
        if (present < rows) {
            values.spread(at, rows, present, validity);
        }
    }

    private Vector finish(boolean flat, int[] codes, int count, long[] validity) {
        if (flat || codes == null) {
            if (!flat) {
                values.begin(0);
            }
            return conversion.apply(values.finish(count, validity));
        }
        if (pages.dictionary.length() == 0) {
            // Every row is null: codes must not point outside the pages.dictionary.
            values.begin(count);
            return conversion.apply(values.finish(count, new long[Bits.words(count)]));
        }
        return new DictionaryVector(
                codes, pages.dictionary, count, validity, pages.dictionaryDistinct);
    }

    private static void spread(int[] codes, int at, int rows, int present, long[] validity) {
        int source = at + present - 1;
        for (int slot = at + rows - 1; slot >= at; slot--) {
            codes[slot] = Bits.get(validity, slot) ? codes[source--] : 0;
        }
    }

    /// The next `rows` rows of a nested column: their levels and the vector of its slots, of which
    /// there is one per level entry with a definition level ≥ `slotDefinition`.
    NestedColumn readNested(int rows, int slotDefinition) throws IOException {
        applySkip();
        pages.levels.startBatch();
        values.begin(rows);
        int slots = 0;
        int seen = 0;
        while (advanceNested(seen < rows)) {
            int before = pages.levels.batchCount();
            int entries = pages.levels.take(rows - seen);
            if (entries == 0) {
                break;
            }
            seen += pages.levels.rowsTaken();
            pages.left -= entries;
            slots = nestedValues(slots, before, entries, slotDefinition);
        }
        if (seen < rows) {
            throw new ParquetFormatException(
                    "the column chunk ends " + (rows - seen) + " rows early");
        }
        long[] validity = pages.levels.validity(slotDefinition, leaf.definition(), slots);
        return new NestedColumn(
                pages.levels.batch(), conversion.apply(values.finish(slots, validity)));
    }

    private int nestedValues(int slots, int from, int entries, int slotDefinition) {
        int present = 0;
        int more = 0;
        int[] definition = pages.levels.batch().definition();
        for (int i = from; i < from + entries; i++) {
            present += definition[i] == leaf.definition() ? 1 : 0;
            more += definition[i] >= slotDefinition ? 1 : 0;
        }
        values.reserve(slots + more);
        long[] validity = null;
        if (present < more) {
            validity = new long[Bits.words(slots + more)];
            int slot = slots;
            for (int i = from; i < from + entries; i++) {
                if (definition[i] >= slotDefinition) {
                    if (definition[i] == leaf.definition()) {
                        validity[slot >> 6] |= 1L << slot;
                    }
                    slot++;
                }
            }
        }
        decode(slots, present, more, validity);
        return slots + more;
    }

    private boolean advanceNested(boolean required) throws IOException {
        while (pages.left == 0) {
            if (!pages.nextPage()) {
                if (required) {
                    throw new ParquetFormatException("the column chunk ends early");
                }
                return false;
            }
            pages.load();
        }
        return true;
    }

    private void advance() throws IOException {
        while (pages.left == 0) {
            if (!pages.nextPage()) {
                throw new ParquetFormatException("the column chunk ends before its row group does");
            }
        }
        if (!pages.loaded) {
            pages.load();
        }
    }

    private void applySkip() throws IOException {
        if (pendingSkip == 0) {
            return;
        }
        if (pages.isNested()) {
            skipNested();
            return;
        }
        while (pendingSkip > 0) {
            while (pages.left == 0) {
                if (!pages.nextPage()) {
                    throw new ParquetFormatException(
                            "the column chunk ends before its row group does");
                }
            }
            int rows = (int) Math.min(pages.left, pendingSkip);
            if (pages.loaded || rows < pages.left) {
                skipLoaded(rows);
            }
            pages.left -= rows;
            pendingSkip -= rows;
        }
    }

    private void skipLoaded(int rows) throws IOException {
        if (!pages.loaded) {
            pages.load();
        }
        int present = rows;
        if (leaf.definition() == 1 && !pages.noNulls) {
            present = pages.definitionRuns.readBits(new long[Bits.words(rows)], 0, rows);
        }
        if (pages.dictionaryPage) {
            pages.skipCodes(present);
        } else {
            values.skip(present);
        }
    }

    private void skipNested() throws IOException {
        while (pendingSkip > 0) {
            int rows = (int) Math.min(pendingSkip, 8192);
            pendingSkip -= rows;
            long rest = pendingSkip;
            pendingSkip = 0;
            readNested(rows, leaf.definition());
            pendingSkip = rest;
        }
    }

    /// The levels of a batch and its slots.
    record NestedColumn(NestedLevels.Batch levels, Vector slots) {}

    static int[] grown(int[] array, int capacity) {
        return array.length >= capacity
                ? array
                : Arrays.copyOf(array, Math.max(capacity, 2 * array.length));
    }
}
