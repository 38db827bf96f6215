package io.troupe.columnar.source.parquet;

import io.troupe.columnar.vector.Vector;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.util.function.UnaryOperator;
import org.apache.parquet.format.ColumnMetaData;
import org.apache.parquet.format.DataPageHeader;
import org.apache.parquet.format.DataPageHeaderV2;
import org.apache.parquet.format.Encoding;
import org.apache.parquet.format.PageHeader;

/// The data pages of one column chunk, opened for decoding: levels, codes and values stand ready
/// after [#load()].
final class ColumnPages {
    private final ParquetNode leaf;
    private final PageReader pages;
    private final LeafValues values;
    private final LeafValues dictionaryValues;
    private final UnaryOperator<Vector> conversion;
    private final RunLengthReader codeRuns = new RunLengthReader();
    private final boolean nested;
    private final ParquetFooter footer;
    private int codeBits;
    private PageHeader header;

    private DictionaryCache.Key chunk;

    final RunLengthReader definitionRuns = new RunLengthReader();
    final RunLengthReader repetitionRuns = new RunLengthReader();
    final NestedLevels levels = new NestedLevels();

    /// The chunk's dictionary as stored and as converted; null before it was met.
    Vector rawDictionary;

    Vector dictionary;
    boolean dictionaryDistinct;

    /// Level entries left in the current page; of a flat column these are rows.
    int left;

    boolean loaded;
    boolean noNulls;
    boolean dictionaryPage;

    ColumnPages(
            ParquetNode leaf,
            LeafValues values,
            LeafValues dictionaryValues,
            UnaryOperator<Vector> conversion,
            boolean nested,
            ParquetFooter footer,
            int windowBytes) {
        this.leaf = leaf;
        this.footer = footer;
        this.values = values;
        this.nested = nested;
        this.dictionaryValues = dictionaryValues;
        this.conversion = conversion;
        this.pages = new PageReader(windowBytes);
    }

    void open(FileChannel channel, ColumnMetaData chunk) {
        pages.open(channel, chunk);
        rawDictionary = null;
        dictionary = null;
        left = 0;
        levels.clear();
        this.chunk = new DictionaryCache.Key(footer, leaf.column(), ParquetFooter.start(chunk));
        DictionaryCache.Entry known = DictionaryCache.OF_PROCESS.find(this.chunk);
        if (known != null) {
            use(known);
            pages.seek(known.next());
        }
    }

    /// Whether rows are put together from levels.
    boolean isNested() {
        return nested;
    }

    void skipCodes(int count) {
        codeRuns.skip(count);
    }

    /// Moves to the next data page without loading it; reads the dictionary on the way.
    boolean nextPage() throws IOException {
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
        Vector stored = dictionaryValues.dictionary(pages.data, pages.from, pages.to, count);
        DictionaryCache.Entry read =
                new DictionaryCache.Entry(stored, pages.position(), Dictionaries.distinct(stored));
        DictionaryCache.OF_PROCESS.keep(chunk, read);
        use(read);
    }

    private void use(DictionaryCache.Entry entry) {
        rawDictionary = entry.values();
        dictionary = conversion.apply(rawDictionary);
        dictionaryDistinct =
                dictionary == rawDictionary ? entry.distinct() : Dictionaries.distinct(dictionary);
    }

    void load() throws IOException {
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
            if (leaf.definition() > 0) {
                definitionRuns.read(levels.pageDefinition(), 0, count);
            }
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

    void readCodes(int[] codes, int at, int count) {
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
}
