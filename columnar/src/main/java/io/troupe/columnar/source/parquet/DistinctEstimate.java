package io.troupe.columnar.source.parquet;

import io.troupe.columnar.source.filter.ColumnRange;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import org.apache.parquet.format.ColumnMetaData;
import org.apache.parquet.format.Encoding;
import org.apache.parquet.format.PageEncodingStats;
import org.apache.parquet.format.PageHeader;
import org.apache.parquet.format.PageType;
import org.apache.parquet.format.RowGroup;

/// How many distinct values a column has, from the sizes of a few dictionaries: a dictionary of d
/// entries for r rows says that d distinct values were met in r draws.
final class DistinctEstimate {
    private static final int SAMPLES = 3;

    private DistinctEstimate() {}

    /// The estimate, or -1 when the dictionaries tell nothing.
    static long of(
            List<ParquetFooter> footers, String column, List<ColumnRange> ranges, long rows) {
        List<long[]> seen = new ArrayList<>();
        int step = Math.max(1, ranges.size() / SAMPLES);
        int index = 0;
        try {
            for (ParquetFooter footer : footers) {
                ParquetNode leaf = new ColumnSources(footer, false, 0).find(footer.root(), column);
                for (RowGroup group : footer.metadata().getRow_groups()) {
                    if (index++ % step == 0 && seen.size() < SAMPLES) {
                        long entries =
                                dictionarySize(
                                        footer,
                                        group.getColumns().get(leaf.column()).getMeta_data());
                        if (entries < 0) {
                            return -1;
                        }
                        seen.add(new long[] {entries, group.getNum_rows()});
                    }
                }
            }
        } catch (IOException | ParquetFormatException unreadable) {
            // An estimate only: a damaged page is reported by the scan that needs it.
            return -1;
        }
        return seen.isEmpty() ? -1 : estimate(seen, disjoint(ranges), rows);
    }

    private static long estimate(List<long[]> seen, boolean disjoint, long rows) {
        long entries = seen.stream().mapToLong(pair -> pair[0]).sum();
        long draws = seen.stream().mapToLong(pair -> pair[1]).sum();
        if (draws == 0) {
            return -1;
        }
        if (disjoint) {
            return Math.min(rows, Math.round((double) entries / draws * rows));
        }
        long largest = seen.stream().mapToLong(pair -> pair[0]).max().orElse(0);
        long best = largest;
        for (long[] pair : seen) {
            best = Math.max(best, population(pair[0], pair[1], rows));
        }
        return Math.min(rows, best);
    }

    /// The number of values from which `draws` uniform draws meet `met` different ones.
    private static long population(long met, long draws, long limit) {
        double low = Math.max(1, met);
        double high = Math.max(low, limit);
        for (int i = 0; i < 60; i++) {
            double middle = (low + high) / 2;
            double expected =
                    middle * -Math.expm1(draws * Math.log1p(-1 / Math.max(middle, 1.000001)));
            if (expected < met) {
                low = middle;
            } else {
                high = middle;
            }
        }
        return Math.round(low);
    }

    /// Whether the row groups hold disjoint ranges: the file is ordered by the column, and each
    /// group has values of its own.
    private static boolean disjoint(List<ColumnRange> ranges) {
        int apart = 0;
        for (int i = 1; i < ranges.size(); i++) {
            ColumnRange before = ranges.get(i - 1);
            ColumnRange after = ranges.get(i);
            if (before.maximum() == null || after.minimum() == null) {
                return false;
            }
            boolean ascending = ParquetTables.order(before.maximum(), after.minimum()) <= 0;
            boolean descending = ParquetTables.order(after.maximum(), before.minimum()) <= 0;
            boolean constant = ParquetTables.order(before.minimum(), after.maximum()) == 0;
            apart += (ascending || descending) && !constant ? 1 : 0;
        }
        return ranges.size() > 1 && apart >= 0.9 * (ranges.size() - 1);
    }

    /// Entries of the chunk's dictionary; -1 when it has none or some of its pages do without.
    private static long dictionarySize(ParquetFooter footer, ColumnMetaData chunk)
            throws IOException {
        if (chunk.isSetEncoding_stats()) {
            for (PageEncodingStats stats : chunk.getEncoding_stats()) {
                boolean data =
                        stats.getPage_type() == PageType.DATA_PAGE
                                || stats.getPage_type() == PageType.DATA_PAGE_V2;
                if (data && stats.getCount() > 0 && !PageReader.isDictionary(stats.getEncoding())) {
                    return -1;
                }
            }
        }
        if (chunk.getEncodings() == null
                || chunk.getEncodings().stream().noneMatch(DistinctEstimate::coded)) {
            return -1;
        }
        try (FileChannel channel =
                FileChannel.open(Path.of(footer.path()), StandardOpenOption.READ)) {
            PageReader pages = new PageReader(4 << 10);
            pages.open(channel, chunk);
            PageHeader header = pages.next();
            return header != null && header.getType() == PageType.DICTIONARY_PAGE
                    ? header.getDictionary_page_header().getNum_values()
                    : -1;
        }
    }

    private static boolean coded(Encoding encoding) {
        return PageReader.isDictionary(encoding);
    }
}
