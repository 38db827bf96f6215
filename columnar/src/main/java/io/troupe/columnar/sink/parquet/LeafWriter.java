package io.troupe.columnar.sink.parquet;

import io.troupe.columnar.source.parquet.PageCodec;
import io.troupe.columnar.vector.DictionaryVector;
import io.troupe.columnar.vector.Vector;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.parquet.format.ColumnChunk;
import org.apache.parquet.format.ColumnMetaData;
import org.apache.parquet.format.CompressionCodec;
import org.apache.parquet.format.DataPageHeader;
import org.apache.parquet.format.DictionaryPageHeader;
import org.apache.parquet.format.Encoding;
import org.apache.parquet.format.PageHeader;
import org.apache.parquet.format.PageType;
import org.apache.parquet.format.Statistics;
import org.apache.parquet.format.Type;
import org.apache.parquet.format.Util;

/// Writes one leaf column: collects a page's levels and values, compresses full pages, and hands a
/// row group's pages out as a chunk.
final class LeafWriter {
    private static final int PAGE_ENTRIES = 20_000;
    private static final int PAGE_BYTES = 1 << 20;

    private final List<String> path;
    private final Type type;
    private final int maxDefinition;
    private final int maxRepetition;
    private final ValueSink sink;
    private final CompressionCodec codec;

    private int[] definition = new int[PAGE_ENTRIES];
    private int[] repetition = new int[PAGE_ENTRIES];
    private int entries;
    private int[] codes = new int[PAGE_ENTRIES];
    private int codeCount;
    private final ByteSink values = new ByteSink();
    private boolean coding;

    private final ByteArrayOutputStream pages = new ByteArrayOutputStream();
    private long plainBytes;
    private long entryTotal;
    private long nulls;
    private int codedPages;
    private int plainPages;

    private Vector knownDictionary;
    private int[] knownCodes;

    LeafWriter(
            List<String> path,
            Type type,
            int maxDefinition,
            int maxRepetition,
            ValueSink sink,
            CompressionCodec codec) {
        this.path = path;
        this.type = type;
        this.maxDefinition = maxDefinition;
        this.maxRepetition = maxRepetition;
        this.sink = sink;
        this.codec = codec;
        startGroup();
    }

    private void startGroup() {
        sink.reset();
        coding = sink.canCode();
        pages.reset();
        plainBytes = 0;
        entryTotal = 0;
        nulls = 0;
        codedPages = 0;
        plainPages = 0;
        knownDictionary = null;
    }

    /// Adds level entries; those at the highest definition level take the value of row `rows[i]`.
    void add(Vector vector, Entries part) {
        for (int i = 0; i < part.count(); i++) {
            // A row never spreads over pages: readers may then skip by rows.
            boolean full = entries >= PAGE_ENTRIES || values.size() >= PAGE_BYTES;
            if (full && part.repetition(i) == 0) {
                finishPage();
            }
            if (entries == definition.length) {
                definition = Arrays.copyOf(definition, 2 * entries);
                repetition = Arrays.copyOf(repetition, 2 * entries);
                codes = Arrays.copyOf(codes, 2 * entries);
            }
            definition[entries] = part.definition(i);
            repetition[entries] = part.repetition(i);
            entries++;
            if (part.definition(i) == maxDefinition) {
                value(vector, part.row(i));
            } else {
                nulls++;
            }
        }
    }

    private void value(Vector vector, int row) {
        if (coding && sink.dictionary.size() > ValueSink.MAX_DICTIONARY_BYTES) {
            stopCoding();
        }
        if (coding) {
            codes[codeCount++] =
                    vector instanceof DictionaryVector coded
                            ? code(coded, row)
                            : sink.code(vector, row);
            return;
        }
        Vector base = vector instanceof DictionaryVector coded ? coded.dictionary() : vector;
        int position = vector instanceof DictionaryVector coded ? coded.codes()[row] : row;
        sink.plain(base, position, values);
        sink.bound(base, position);
    }

    /// Codes of an incoming dictionary are looked up once per entry.
    private int code(DictionaryVector coded, int row) {
        if (coded.dictionary() != knownDictionary) {
            knownDictionary = coded.dictionary();
            knownCodes = new int[knownDictionary.length()];
        }
        int entry = coded.codes()[row];
        if (knownCodes[entry] == 0) {
            knownCodes[entry] = sink.code(knownDictionary, entry) + 1;
        }
        return knownCodes[entry] - 1;
    }

    /// The codes of the page at hand become plain values; pages written before keep the dictionary.
    private void stopCoding() {
        coding = false;
        for (int i = 0; i < codeCount; i++) {
            sink.plainOfCode(codes[i], values);
        }
        codeCount = 0;
    }

    private void finishPage() {
        if (entries == 0) {
            return;
        }
        // A dictionary of mostly unique values costs more than it saves.
        if (coding
                && codedPages == 0
                && sink.dictionarySize > 1000
                && sink.dictionarySize > 0.6 * codeCount) {
            stopCoding();
        }
        ByteSink page = new ByteSink();
        levels(repetition, maxRepetition, page);
        levels(definition, maxDefinition, page);
        if (coding) {
            int width = 32 - Integer.numberOfLeadingZeros(Math.max(0, sink.dictionarySize - 1));
            page.putByte(width);
            RunLengthWriter.write(codes, codeCount, width, page);
            codedPages++;
        } else {
            sink.finishPage(values);
            page.putBytes(values.data(), 0, values.size());
            plainPages++;
        }
        DataPageHeader header =
                new DataPageHeader(
                        entries,
                        coding ? Encoding.RLE_DICTIONARY : Encoding.PLAIN,
                        Encoding.RLE,
                        Encoding.RLE);
        PageHeader outer = new PageHeader(PageType.DATA_PAGE, page.size(), 0);
        outer.setData_page_header(header);
        plainBytes += put(outer, page, pages);
        entryTotal += entries;
        entries = 0;
        codeCount = 0;
        values.clear();
    }

    private void levels(int[] levels, int highest, ByteSink page) {
        if (highest == 0) {
            return;
        }
        ByteSink packed = new ByteSink();
        RunLengthWriter.write(levels, entries, 32 - Integer.numberOfLeadingZeros(highest), packed);
        page.putInt(packed.size());
        page.putBytes(packed.data(), 0, packed.size());
    }

    /// Writes header and compressed page; returns the uncompressed size with the header.
    private long put(PageHeader header, ByteSink page, OutputStream out) {
        byte[] packed = PageCodec.compress(codec, page.data(), 0, page.size());
        header.setCompressed_page_size(packed.length);
        try {
            ByteArrayOutputStream head = new ByteArrayOutputStream();
            Util.writePageHeader(header, head);
            out.write(head.toByteArray());
            out.write(packed);
            return head.size() + page.size();
        } catch (IOException failure) {
            throw new java.io.UncheckedIOException(failure);
        }
    }

    long heldBytes() {
        return pages.size()
                + values.size()
                + 4L * codeCount
                + 2L * sink.dictionary.size()
                + 8L * entries;
    }

    /// Writes the row group's pages to `out` and describes them; `offset` is the file position of
    /// `out`. Starts the next row group.
    ColumnChunk finishGroup(OutputStream out, long offset) throws IOException {
        finishPage();
        long size = pages.size();
        long plain = plainBytes;
        long dataOffset = offset;
        boolean dictionary = codedPages > 0;
        if (dictionary) {
            ByteArrayOutputStream head = new ByteArrayOutputStream();
            PageHeader header = new PageHeader(PageType.DICTIONARY_PAGE, sink.dictionary.size(), 0);
            header.setDictionary_page_header(
                    new DictionaryPageHeader(sink.dictionarySize, Encoding.PLAIN));
            plain += put(header, sink.dictionary, head);
            head.writeTo(out);
            size += head.size();
            dataOffset += head.size();
        }
        pages.writeTo(out);
        List<Encoding> encodings = new ArrayList<>(List.of(Encoding.RLE, Encoding.PLAIN));
        if (dictionary) {
            encodings.add(Encoding.RLE_DICTIONARY);
        }
        ColumnMetaData metadata =
                new ColumnMetaData(
                        type, encodings, path, codec, entryTotal, plain, size, dataOffset);
        if (dictionary) {
            metadata.setDictionary_page_offset(offset);
        }
        metadata.setStatistics(statistics());
        ColumnChunk chunk = new ColumnChunk(offset);
        chunk.setMeta_data(metadata);
        startGroup();
        return chunk;
    }

    private Statistics statistics() {
        Statistics statistics = new Statistics();
        statistics.setNull_count(nulls);
        byte[] low = sink.minimum();
        byte[] high = sink.maximum();
        if (low != null && high != null) {
            statistics.setMin_value(low);
            statistics.setMax_value(high);
        }
        return statistics;
    }

    /// Level entries of a column with the row of each present value.
    record Entries(int[] rows, int[] definitions, int[] repetitions, int count) {
        int row(int i) {
            return rows[i];
        }

        int definition(int i) {
            return definitions[i];
        }

        int repetition(int i) {
            return repetitions == null ? 0 : repetitions[i];
        }
    }
}
