package io.troupe.columnar.compile;

import io.troupe.columnar.column.Gather;
import io.troupe.columnar.kernel.Columns;
import io.troupe.columnar.kernel.Failures;
import io.troupe.columnar.kernel.Rows;
import io.troupe.columnar.kernel.VectorKernel;
import io.troupe.columnar.vector.Batch;
import io.troupe.columnar.vector.DictionaryVector;
import io.troupe.columnar.vector.NullVector;
import io.troupe.columnar.vector.Vector;

/// Applies a kernel to the values of other functions. A pure kernel over constants is computed once
/// per batch; over one dictionary-coded column, once per dictionary entry that occurs, when there
/// are fewer of these than rows.
final class KernelFunction implements VectorFunction {
    private final VectorKernel kernel;
    private final boolean strict;
    private final boolean pure;
    private final VectorFunction[] arguments;

    KernelFunction(VectorKernel kernel, boolean strict, boolean pure, VectorFunction[] arguments) {
        this.kernel = kernel;
        this.strict = strict;
        this.pure = pure;
        this.arguments = arguments;
    }

    @Override
    public Vector evaluate(Batch batch, int[] selection, int count) {
        int length = batch.rowCount();
        if (count == 0) {
            return new NullVector(length);
        }
        Vector[] values = new Vector[arguments.length];
        int varying = -1;
        int variable = 0;
        for (int i = 0; i < values.length; i++) {
            values[i] = plain(arguments[i].evaluate(batch, selection, count), length);
            if (values[i] instanceof NullVector) {
                if (strict) {
                    return new NullVector(length);
                }
            } else if (!Columns.isConstant(values[i])) {
                variable++;
                varying = i;
            }
        }
        Rows rows = new Rows(selection, count, length);
        if (!pure || values.length == 0) {
            return apply(values, rows);
        }
        if (variable == 0) {
            return Columns.repeat(apply(resized(values, 1, -1), Rows.all(1)), length);
        }
        if (variable == 1
                && values[varying] instanceof DictionaryVector coded
                && coded.dictionary().length() < count
                && (strict || coded.codeValidity() == null)) {
            return perEntry(values, varying, coded, rows);
        }
        return apply(values, rows);
    }

    /// Codes over nothing but nulls are nulls.
    private static Vector plain(Vector vector, int length) {
        return vector instanceof DictionaryVector coded && onlyNulls(coded.dictionary())
                ? new NullVector(length)
                : vector;
    }

    private static boolean onlyNulls(Vector dictionary) {
        return switch (dictionary) {
            case NullVector _ -> true;
            case DictionaryVector inner when onlyNulls(inner.dictionary()) -> true;
            default -> dictionary.length() == 1 && dictionary.isNull(0);
        };
    }

    private Vector apply(Vector[] values, Rows rows) {
        try {
            return kernel.apply(values, rows);
        } catch (ArithmeticException tooLarge) {
            RuntimeException failure = Failures.overflow(tooLarge.getMessage(), "");
            failure.initCause(tooLarge);
            throw failure;
        }
    }

    /// The constants with another length; `kept` stays as it is.
    private static Vector[] resized(Vector[] values, int length, int kept) {
        Vector[] resized = new Vector[values.length];
        for (int i = 0; i < values.length; i++) {
            resized[i] =
                    i == kept
                            ? values[i]
                            : values[i] instanceof DictionaryVector constant
                                    ? Columns.repeat(constant.dictionary(), length)
                                    : new NullVector(length);
        }
        return resized;
    }

    private Vector perEntry(Vector[] values, int varying, DictionaryVector coded, Rows rows) {
        int entries = coded.dictionary().length();
        boolean[] occurs = new boolean[entries];
        int[] codes = coded.codes();
        for (int i = 0; i < rows.count(); i++) {
            int row = rows.row(i);
            if (Columns.present(coded.codeValidity(), row)) {
                occurs[codes[row]] = true;
            }
        }
        int[] used = new int[entries];
        int count = 0;
        for (int entry = 0; entry < entries; entry++) {
            if (occurs[entry]) {
                used[count++] = entry;
            }
        }
        if (count == 0) {
            return new NullVector(rows.length());
        }
        Vector[] entryValues = resized(values, entries, varying);
        entryValues[varying] = coded.dictionary();
        if (strict && coded.dictionary() instanceof NullVector) {
            return new NullVector(rows.length());
        }
        Vector results = Gather.flat(apply(entryValues, new Rows(used, count, entries)));
        return new DictionaryVector(codes, results, rows.length(), coded.codeValidity(), false);
    }
}
