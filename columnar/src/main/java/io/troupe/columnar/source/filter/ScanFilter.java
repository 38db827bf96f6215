package io.troupe.columnar.source.filter;

import io.troupe.columnar.compile.VectorPredicate;
import io.troupe.columnar.vector.Batch;
import io.troupe.columnar.vector.DictionaryVector;
import io.troupe.columnar.vector.Vector;
import io.troupe.planner.error.TroupeException;
import io.troupe.planner.expression.Attribute;
import io.troupe.planner.expression.Expression;
import io.troupe.planner.expression.Expressions;
import java.util.List;

/// One conjunct of a scan. A condition on a single dictionary-encoded column is evaluated once per
/// dictionary, then looked up by code.
public final class ScanFilter {
    /// Larger dictionaries are not worth evaluating ahead of the rows.
    private static final int MAX_DICTIONARY = 1 << 14;

    private final VectorPredicate predicate;
    private final int[] columns;
    private Vector dictionary;
    private byte[] keep;
    private boolean keepNull;

    public ScanFilter(Expression condition, List<Attribute> output, PredicateCompiler compiler) {
        this.predicate = compiler.compile(condition, output);
        this.columns =
                Expressions.references(condition).stream().mapToInt(output::indexOf).toArray();
    }

    /// Positions of the columns that [#select] reads; others may be null in its batch.
    public int[] columns() {
        return columns;
    }

    /// As [VectorPredicate#select].
    public int select(Batch batch, int[] selection, int count, int[] result) {
        if (columns.length == 1
                && batch.column(columns[0]) instanceof DictionaryVector coded
                && prepare(batch, coded)) {
            return lookUp(coded, selection, count, result);
        }
        return predicate.select(batch, selection, count, result);
    }

    private boolean prepare(Batch batch, DictionaryVector coded) {
        if (coded.dictionary() != dictionary) {
            dictionary = coded.dictionary();
            keep = null;
            if (dictionary.length() <= MAX_DICTIONARY) {
                evaluate(batch.columns().length);
            }
        }
        return keep != null;
    }

    private void evaluate(int width) {
        int size = dictionary.length();
        Vector[] entries = new Vector[width];
        // The entry behind the last code stands for rows without a value.
        int[] codes = new int[size + 1];
        long[] present = new long[(size >> 6) + 1];
        for (int code = 0; code < size; code++) {
            codes[code] = code;
            present[code >> 6] |= 1L << code;
        }
        entries[columns[0]] = new DictionaryVector(codes, dictionary, size + 1, present, false);
        int[] kept = new int[size + 1];
        try {
            int count = predicate.select(new Batch(entries, size + 1), null, size + 1, kept);
            byte[] flags = new byte[size + 1];
            for (int i = 0; i < count; i++) {
                flags[kept[i]] = 1;
            }
            keepNull = flags[size] != 0;
            keep = flags;
        } catch (TroupeException | ArithmeticException failure) {
            // Entries may belong to rows that an earlier condition drops: only rows may raise
            // errors.
            keep = null;
        }
    }

    private int lookUp(DictionaryVector coded, int[] selection, int count, int[] result) {
        int[] codes = coded.codes();
        byte[] flags = keep;
        long[] validity = coded.codeValidity();
        int kept = 0;
        if (validity != null) {
            for (int i = 0; i < count; i++) {
                int row = selection == null ? i : selection[i];
                boolean present = (validity[row >> 6] >>> row & 1L) != 0;
                result[kept] = row;
                kept += (present ? flags[codes[row]] != 0 : keepNull) ? 1 : 0;
            }
        } else if (selection == null) {
            for (int row = 0; row < count; row++) {
                result[kept] = row;
                kept += flags[codes[row]];
            }
        } else {
            for (int i = 0; i < count; i++) {
                int row = selection[i];
                result[kept] = row;
                kept += flags[codes[row]];
            }
        }
        return kept;
    }
}
