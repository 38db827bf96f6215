package io.troupe.columnar.source.parquet;

/// Definition and repetition levels of a nested column: those of the current page, and those taken
/// for the current batch.
final class NestedLevels {
    private int[] pageDefinition = new int[0];
    private int[] pageRepetition = new int[0];
    private int pageCount;
    private int pageIndex;

    private int[] definition;
    private int[] repetition;
    private int count;
    private int rowsTaken;

    /// Levels of one batch; entry i begins a row where `repetition[i]` is 0.
    record Batch(int[] definition, int[] repetition, int count) {}

    void clear() {
        pageCount = 0;
        pageIndex = 0;
    }

    void openPage(int values) {
        pageDefinition = pageDefinition.length >= values ? pageDefinition : new int[values];
        pageRepetition = pageRepetition.length >= values ? pageRepetition : new int[values];
        pageCount = values;
        pageIndex = 0;
    }

    int[] pageDefinition() {
        return pageDefinition;
    }

    int[] pageRepetition() {
        return pageRepetition;
    }

    void check(int highestDefinition, int highestRepetition) {
        for (int i = 0; i < pageCount; i++) {
            if (pageDefinition[i] > highestDefinition || pageRepetition[i] > highestRepetition) {
                throw new ParquetFormatException(
                        "levels "
                                + pageDefinition[i]
                                + "/"
                                + pageRepetition[i]
                                + " exceed the schema's "
                                + highestDefinition
                                + "/"
                                + highestRepetition);
            }
        }
    }

    void startBatch() {
        definition = new int[1024];
        repetition = new int[1024];
        count = 0;
    }

    int batchCount() {
        return count;
    }

    /// Takes entries of the page up to (not including) the one that begins row `rows + 1`; with
    /// `rows` 0, those that continue the last row. Returns how many; [#rowsTaken()] of them begin
    /// rows.
    int take(int rows) {
        int index = pageIndex;
        int begun = 0;
        while (index < pageCount) {
            if (pageRepetition[index] == 0) {
                if (begun == rows) {
                    break;
                }
                begun++;
            }
            index++;
        }
        int entries = index - pageIndex;
        definition = ColumnReader.grown(definition, count + entries);
        repetition = ColumnReader.grown(repetition, count + entries);
        System.arraycopy(pageDefinition, pageIndex, definition, count, entries);
        System.arraycopy(pageRepetition, pageIndex, repetition, count, entries);
        count += entries;
        pageIndex = index;
        rowsTaken = begun;
        return entries;
    }

    int rowsTaken() {
        return rowsTaken;
    }

    Batch batch() {
        return new Batch(definition, repetition, count);
    }

    /// Validity of the slots (entries with definition ≥ `slotDefinition`): present at `full`. Null
    /// when all are.
    long[] validity(int slotDefinition, int full, int slots) {
        long[] bits = new long[Bits.words(slots)];
        int slot = 0;
        int present = 0;
        for (int i = 0; i < count; i++) {
            if (definition[i] >= slotDefinition) {
                if (definition[i] >= full) {
                    bits[slot >> 6] |= 1L << slot;
                    present++;
                }
                slot++;
            }
        }
        return present == slots ? null : bits;
    }
}
