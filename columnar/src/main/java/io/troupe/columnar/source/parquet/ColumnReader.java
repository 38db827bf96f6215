package io.troupe.columnar.source.parquet;

import io.troupe.columnar.vector.DictionaryVector;
import io.troupe.columnar.vector.Vector;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.util.Arrays;
import java.util.function.UnaryOperator;
import org.apache.parquet.format.ColumnMetaData;
import org.apache.parquet.format.DataPageHeader;
import org.apache.parquet.format.DataPageHeaderV2;
import org.apache.parquet.format.Encoding;
import org.apache.parquet.format.PageHeader;

/// Reads one leaf column of one row group in steps of any number of rows. Columns without
/// repetition and with at most one definition level go by [#read]; others by [#readNested]. Skipped
/// rows cost nothing until the next read; whole skipped pages are not even loaded.
final class ColumnReader {
    private final ParquetNode leaf;
    private final PageReader pages;
    private final LeafValues values;
    private final UnaryOperator<Vector> conversion;
    private final RunLengthReader definitionRuns = new RunLengthReader();
    private final RunLengthReader repetitionRuns = new RunLengthReader();
    private final RunLengthReader codeRuns = new RunLengthReader();

    private Vector rawDictionary;
    private Vector dictionary;
    private boolean dictionaryDistinct;
    private long pendingSkip;

    /// Level entries left in the current page; of a flat column these are rows.
    private int left;

    private boolean loaded;
    private boolean noNulls;
    private boolean dictionaryPage;
    private int codeBits;
    private PageHeader header;

    private final NestedLevels levels = new NestedLevels();

    ColumnReader(ParquetNode leaf, UnaryOperator<Vector> conversion, int windowBytes) {
        this.leaf = leaf;
        this.pages = new PageReader(windowBytes);
        this.conversion = conversion;
        int fixed = leaf.element().getType_length();
        this.values =
                switch (leaf.element().getType()) {
                    case BOOLEAN -> new BooleanValues();
                    case INT32 -> new IntValues();
                    case INT64 -> new LongValues();
                    case INT96 -> new Int96Values();
                    case FLOAT -> new FloatValues();
                    case DOUBLE -> new DoubleValues();
                    case BYTE_ARRAY -> new BytesValues(-1);
                    case FIXED_LEN_BYTE_ARRAY -> new BytesValues(checkedLength(fixed));
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
        rawDictionary = null;
        dictionary = null;
        pendingSkip = 0;
        left = 0;
        levels.clear();
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
            int rows = Math.min(count - at, left);
            int present = rows;
            if (leaf.definition() == 1 && !noNulls) {
                int sure = definitionRuns.uniformAhead(1, rows);
                if (sure < rows) {
                    if (validity == null) {
                        validity = new long[Bits.words(count)];
                        Bits.set(validity, 0, at);
                    }
                    present = definitionRuns.readBits(validity, at, rows);
                } else {
                    definitionRuns.skip(rows);
                }
            }
            if (validity != null && present == rows && !bitsWritten(validity, at)) {
                Bits.set(validity, at, rows);
            }
            if (dictionaryPage && !flat) {
                codes = codes == null ? new int[count] : codes;
                readCodes(codes, at, present);
                if (present < rows) {
                    spread(codes, at, rows, present, validity);
                }
            } else {
                if (!flat) {
                    values.begin(count);
                    flat = true;
                    if (codes != null) {
                        values.gather(rawDictionary, codes, 0, 0, at);
                    }
                }
                decode(at, present, rows, validity);
            }
            at += rows;
            left -= rows;
        }
        return finish(flat, codes, count, validity);
    }

    private static boolean bitsWritten(long[] validity, int at) {
        return Bits.get(validity, at);
    }

    private void decode(int at, int present, int rows, long[] validity) {
        if (dictionaryPage) {
            int[] scratch = new int[present];
            readCodes(scratch, 0, present);
            values.gather(rawDictionary, scratch, 0, at, present);
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
        if (dictionary.length() == 0) {
            // Every row is null: codes must not point outside the dictionary.
            values.begin(count);
            return conversion.apply(values.finish(count, new long[Bits.words(count)]));
        }
        return new DictionaryVector(codes, dictionary, count, validity, dictionaryDistinct);
    }

    private void readCodes(int[] codes, int at, int count) {
        codeRuns.read(codes, at, count);
        int size = rawDictionary.length();
        if (codeBits < 31 && 1L << codeBits <= size) {
            return;
        }
        int highest = 0;
        int lowest = 0;
        for (int i = at; i < at + count; i++) {
            highest = Math.max(highest, codes[i]);
            lowest = Math.min(lowest, codes[i]);
        }
        if (count > 0 && (highest >= size || lowest < 0)) {
            throw new ParquetFormatException(
                    "dictionary code "
                            + (lowest < 0 ? lowest : highest)
                            + " of "
                            + size
                            + " entries");
        }
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
        levels.startBatch();
        values.begin(rows);
        int slots = 0;
        int seen = 0;
        while (advanceNested(seen < rows)) {
            int before = levels.batchCount();
            int entries = levels.take(rows - seen);
            if (entries == 0) {
                break;
            }
            seen += levels.rowsTaken();
            left -= entries;
            slots = nestedValues(slots, before, entries, slotDefinition);
        }
        if (seen < rows) {
            throw new ParquetFormatException(
                    "the column chunk ends " + (rows - seen) + " rows early");
        }
        long[] validity = levels.validity(slotDefinition, leaf.definition(), slots);
        return new NestedColumn(levels.batch(), conversion.apply(values.finish(slots, validity)));
    }

    private int nestedValues(int slots, int from, int entries, int slotDefinition) {
        int present = 0;
        int more = 0;
        int[] definition = levels.batch().definition();
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
        while (left == 0) {
            if (!nextPage()) {
                if (required) {
                    throw new ParquetFormatException("the column chunk ends early");
                }
                return false;
            }
            load();
        }
        return true;
    }

    private void advance() throws IOException {
        while (left == 0) {
            if (!nextPage()) {
                throw new ParquetFormatException("the column chunk ends before its row group does");
            }
        }
        if (!loaded) {
            load();
        }
    }

    private void applySkip() throws IOException {
        if (pendingSkip == 0) {
            return;
        }
        if (isNested()) {
            skipNested();
            return;
        }
        while (pendingSkip > 0) {
            while (left == 0) {
                if (!nextPage()) {
                    throw new ParquetFormatException(
                            "the column chunk ends before its row group does");
                }
            }
            int rows = (int) Math.min(left, pendingSkip);
            if (loaded || rows < left) {
                skipLoaded(rows);
            }
            left -= rows;
            pendingSkip -= rows;
        }
    }

    private void skipLoaded(int rows) throws IOException {
        if (!loaded) {
            load();
        }
        int present = rows;
        if (leaf.definition() == 1 && !noNulls) {
            present = definitionRuns.readBits(new long[Bits.words(rows)], 0, rows);
        }
        if (dictionaryPage) {
            codeRuns.skip(present);
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

    boolean isNested() {
        return leaf.repetition() > 0 || leaf.definition() > 1;
    }

    /// Moves to the next data page without loading it; reads the dictionary on the way.
    private boolean nextPage() throws IOException {
        loaded = false;
        while (true) {
            header = pages.next();
            if (header == null) {
                return false;
            }
            switch (header.getType()) {
                case DICTIONARY_PAGE -> readDictionary();
                case DATA_PAGE -> {
                    left = header.getData_page_header().getNum_values();
                    return true;
                }
                case DATA_PAGE_V2 -> {
                    left = header.getData_page_header_v2().getNum_values();
                    return true;
                }
                case INDEX_PAGE -> {}
                case null -> {}
            }
        }
    }

    private void readDictionary() throws IOException {
        int count = header.getDictionary_page_header().getNum_values();
        pages.load();
        if (count > pages.to - pages.from
                && (leaf.element().getType_length() > 0 || !leaf.element().isSetType_length())) {
            throw new ParquetFormatException(
                    "dictionary of " + count + " entries in " + (pages.to - pages.from) + " bytes");
        }
        rawDictionary = values.dictionary(pages.data, pages.from, pages.to, count);
        dictionary = conversion.apply(rawDictionary);
        dictionaryDistinct = Dictionaries.distinct(dictionary);
    }

    private void load() throws IOException {
        pages.load();
        loaded = true;
        if (header.isSetData_page_header_v2()) {
            loadV2(header.getData_page_header_v2());
        } else {
            loadV1(header.getData_page_header());
        }
    }

    private void loadV1(DataPageHeader page) {
        int position = pages.from;
        if (leaf.repetition() > 0) {
            position =
                    openLevels(
                            repetitionRuns,
                            position,
                            page.getRepetition_level_encoding(),
                            leaf.repetition());
        }
        if (leaf.definition() > 0) {
            position =
                    openLevels(
                            definitionRuns,
                            position,
                            page.getDefinition_level_encoding(),
                            leaf.definition());
        }
        noNulls = leaf.definition() == 0;
        readLevels(page.getNum_values());
        openValues(page.getEncoding(), position, page.getNum_values());
    }

    private int openLevels(RunLengthReader runs, int position, Encoding encoding, int highest) {
        if (encoding != Encoding.RLE) {
            throw new ParquetFormatException(
                    "levels in encoding " + encoding + " are not supported");
        }
        int length = pages.to - position >= 4 ? BitPacking.intAt(pages.data, position) : -1;
        if (length < 0 || length > pages.to - position - 4) {
            throw new ParquetFormatException("levels of " + length + " bytes leave their page");
        }
        runs.open(pages.data, position + 4, position + 4 + length, bits(highest));
        return position + 4 + length;
    }

    private void loadV2(DataPageHeaderV2 page) {
        int repetitionEnd = pages.from + page.getRepetition_levels_byte_length();
        int definitionEnd = repetitionEnd + page.getDefinition_levels_byte_length();
        if (leaf.repetition() > 0) {
            repetitionRuns.open(pages.data, pages.from, repetitionEnd, bits(leaf.repetition()));
        }
        if (leaf.definition() > 0) {
            definitionRuns.open(pages.data, repetitionEnd, definitionEnd, bits(leaf.definition()));
        }
        noNulls = leaf.definition() == 0 || page.getNum_nulls() == 0 && !isNested();
        readLevels(page.getNum_values());
        openValues(page.getEncoding(), definitionEnd, page.getNum_values());
    }

    private void readLevels(int count) {
        if (isNested()) {
            levels.openPage(count);
            definitionRuns.read(levels.pageDefinition(), 0, count);
            if (leaf.repetition() > 0) {
                repetitionRuns.read(levels.pageRepetition(), 0, count);
            }
            levels.check(leaf.definition(), leaf.repetition());
        }
    }

    private void openValues(Encoding encoding, int from, int count) {
        dictionaryPage = PageReader.isDictionary(encoding);
        if (!dictionaryPage) {
            values.open(encoding, pages.data, from, pages.to, count);
            return;
        }
        if (rawDictionary == null) {
            throw new ParquetFormatException("a dictionary-encoded page without a dictionary");
        }
        // A page without any value may end before its bit width.
        codeBits = from < pages.to ? pages.data[from] : 0;
        codeRuns.open(pages.data, Math.min(from + 1, pages.to), pages.to, codeBits);
    }

    private static int bits(int highest) {
        return 32 - Integer.numberOfLeadingZeros(highest);
    }

    /// The levels of a batch and its slots.
    record NestedColumn(NestedLevels.Batch levels, Vector slots) {}

    static int[] grown(int[] array, int capacity) {
        return array.length >= capacity
                ? array
                : Arrays.copyOf(array, Math.max(capacity, 2 * array.length));
    }
}
