package io.troupe.columnar.source.parquet;

import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import org.apache.parquet.format.ColumnMetaData;
import org.apache.parquet.format.CompressionCodec;
import org.apache.parquet.format.Encoding;
import org.apache.parquet.format.PageHeader;
import org.apache.parquet.format.PageType;
import shaded.parquet.org.apache.thrift.TConfiguration;
import shaded.parquet.org.apache.thrift.TException;
import shaded.parquet.org.apache.thrift.protocol.TCompactProtocol;
import shaded.parquet.org.apache.thrift.transport.TIOStreamTransport;

/// Walks the pages of one column chunk. A page's header is read by [#next()], its bytes only by
/// [#load()]; pages that are not loaded are neither read (where the read-ahead window allows) nor
/// decompressed. Buffers are reused from page to page and chunk to chunk.
final class PageReader {
    private static final int HEADER_GUESS = 4 << 10;
    private static final int MAX_HEADER = 16 << 20;
    private static final int MAX_PAGE = 1 << 30;

    private final int windowBytes;
    private FileChannel channel;
    private CompressionCodec codec;
    private long position;
    private long end;

    private byte[] window = new byte[0];
    private long windowStart;
    private int windowLength;
    private byte[] plain = new byte[0];

    private PageHeader header;
    private long bodyStart;

    /// The loaded page: values and levels are in `data[from .. to)`.
    byte[] data;

    int from;
    int to;

    PageReader(int windowBytes) {
        this.windowBytes = windowBytes;
    }

    void open(FileChannel channel, ColumnMetaData chunk) {
        this.channel = channel;
        this.codec = chunk.getCodec();
        this.position = ParquetFooter.start(chunk);
        this.end = position + chunk.getTotal_compressed_size();
        this.windowLength = 0;
        if (position < 4
                || chunk.getTotal_compressed_size() < 0
                || end < position
                || codec == null) {
            throw new ParquetFormatException(
                    "column chunk at byte "
                            + position
                            + " of "
                            + chunk.getTotal_compressed_size()
                            + " bytes");
        }
    }

    /// Moves to the header of the page at this file position.
    void seek(long position) {
        if (position < 4 || position > end) {
            throw new ParquetFormatException(
                    "page position " + position + " is outside its column chunk");
        }
        this.position = position;
    }

    /// Where the next page begins.
    long position() {
        return position;
    }

    /// The next page's header, or null at the end of the chunk.
    PageHeader next() throws IOException {
        if (position >= end) {
            return null;
        }
        int guess = HEADER_GUESS;
        while (true) {
            int available = (int) Math.min(guess, end - position);
            ensure(position, available);
            int offset = (int) (position - windowStart);
            ByteArrayInputStream in = new ByteArrayInputStream(window, offset, available);
            try {
                header = new PageHeader();
                header.read(
                        new TCompactProtocol(
                                new TIOStreamTransport(
                                        new TConfiguration(
                                                Math.max(available, 1024), available, 64),
                                        in)));
                bodyStart = position + available - in.available();
                break;
            } catch (TException failure) {
                if (available == end - position || guess >= MAX_HEADER) {
                    throw new ParquetFormatException(
                            "page header at byte " + position + ": " + failure.getMessage(),
                            failure);
                }
                guess *= 16;
            }
        }
        validate();
        position = bodyStart + header.getCompressed_page_size();
        return header;
    }

    private void validate() {
        int packed = header.getCompressed_page_size();
        int size = header.getUncompressed_page_size();
        if (packed < 0 || size < 0 || size > MAX_PAGE || packed > end - bodyStart) {
            throw new ParquetFormatException(
                    "page at byte "
                            + position
                            + " claims "
                            + packed
                            + " bytes packed and "
                            + size
                            + " plain, outside its column chunk");
        }
        boolean complete =
                header.getType() == null
                        || switch (header.getType()) {
                            case DATA_PAGE ->
                                    header.getData_page_header() != null
                                            && header.getData_page_header().getNum_values() >= 0;
                            case DATA_PAGE_V2 -> completeV2(size, packed);
                            case DICTIONARY_PAGE ->
                                    header.getDictionary_page_header() != null
                                            && header.getDictionary_page_header().getNum_values()
                                                    >= 0;
                            case INDEX_PAGE -> true;
                        };
        if (!complete) {
            throw new ParquetFormatException("page header at byte " + position + " is incomplete");
        }
    }

    private boolean completeV2(int size, int packed) {
        var v2 = header.getData_page_header_v2();
        if (v2 == null || v2.getNum_values() < 0 || v2.getNum_rows() < 0 || v2.getNum_nulls() < 0) {
            return false;
        }
        int repetition = v2.getRepetition_levels_byte_length();
        int definition = v2.getDefinition_levels_byte_length();
        return repetition >= 0
                && definition >= 0
                && (long) repetition + definition <= Math.min(size, packed);
    }

    /// Reads and decompresses the current page into `data`.
    void load() throws IOException {
        int packed = header.getCompressed_page_size();
        int size = header.getUncompressed_page_size();
        ensure(bodyStart, packed);
        int offset = (int) (bodyStart - windowStart);
        boolean v2 = header.getType() == PageType.DATA_PAGE_V2;
        boolean compressed =
                codec != CompressionCodec.UNCOMPRESSED
                        && (!v2 || header.getData_page_header_v2().isIs_compressed());
        if (!compressed) {
            if (packed < size) {
                throw new ParquetFormatException(
                        "uncompressed page holds " + packed + " of " + size + " bytes");
            }
            data = window;
            from = offset;
            to = offset + size;
            return;
        }
        if (plain.length < size + BitPacking.SLACK) {
            plain =
                    new byte
                            [Math.max(
                                    size + BitPacking.SLACK, Math.min(2 * plain.length, MAX_PAGE))];
        }
        int levels =
                v2
                        ? header.getData_page_header_v2().getRepetition_levels_byte_length()
                                + header.getData_page_header_v2().getDefinition_levels_byte_length()
                        : 0;
        if (levels > 0) {
            System.arraycopy(window, offset, plain, 0, levels);
        }
        if (size > levels) {
            decompress(offset + levels, packed - levels, levels, size - levels);
        }
        data = plain;
        from = 0;
        to = size;
    }

    private void decompress(int offset, int packed, int levels, int size) {
        if (levels == 0) {
            PageCodec.decompress(codec, window, offset, packed, plain, size);
        } else {
            byte[] values = new byte[size];
            PageCodec.decompress(codec, window, offset, packed, values, size);
            System.arraycopy(values, 0, plain, levels, size);
        }
    }

    /// Brings file bytes `[start, start + length)` into the window.
    private void ensure(long start, int length) throws IOException {
        if (start >= windowStart && start + length <= windowStart + windowLength) {
            return;
        }
        int wanted = (int) Math.max(length, Math.min(windowBytes, end - start));
        if (window.length < wanted + BitPacking.SLACK) {
            window = new byte[wanted + BitPacking.SLACK];
        }
        windowLength = 0;
        ByteBuffer target = ByteBuffer.wrap(window, 0, wanted);
        while (target.position() < wanted) {
            if (channel.read(target, start + target.position()) < 0) {
                throw new EOFException(
                        "the file ends at byte "
                                + (start + target.position())
                                + ", inside a column chunk");
            }
        }
        windowStart = start;
        windowLength = wanted;
    }

    static boolean isDictionary(Encoding encoding) {
        return encoding == Encoding.RLE_DICTIONARY || encoding == Encoding.PLAIN_DICTIONARY;
    }
}
