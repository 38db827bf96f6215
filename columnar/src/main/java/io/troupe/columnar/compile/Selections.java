package io.troupe.columnar.compile;

/// Ascending lists of row numbers.
final class Selections {
    private Selections() {}

    /// The rows of `all[0 .. count)` that are not in `taken[0 .. found)`, which is a part of it.
    static int[] without(int[] all, int count, int[] taken, int found) {
        int[] rest = new int[count - found];
        int k = 0;
        int t = 0;
        for (int i = 0; i < count; i++) {
            if (t < found && taken[t] == all[i]) {
                t++;
            } else {
                rest[k++] = all[i];
            }
        }
        return rest;
    }

    /// Merges two lists without common rows into `result`, which may be neither of them.
    static int merge(int[] a, int countA, int[] b, int countB, int[] result) {
        int i = 0;
        int j = 0;
        int k = 0;
        while (i < countA && j < countB) {
            result[k++] = a[i] < b[j] ? a[i++] : b[j++];
        }
        while (i < countA) {
            result[k++] = a[i++];
        }
        while (j < countB) {
            result[k++] = b[j++];
        }
        return k;
    }
}
