package io.troupe.columnar.function;

import io.troupe.columnar.kernel.Failures;
import io.troupe.columnar.kernel.Input;
import io.troupe.columnar.kernel.Output;
import io.troupe.columnar.vector.FloatVector;
import io.troupe.columnar.vector.ListVector;
import io.troupe.columnar.vector.Vector;
import java.util.ArrayList;
import java.util.List;

/// Arrays of floats as mathematical vectors. Sums are taken in single precision, in order, as the
/// result is.
final class VectorMathFunctions {
    private VectorMathFunctions() {}

    static void register(FunctionTable table) {
        table.row("vector_inner_product", (in, out) -> pair(in, out, "vector_inner_product"));
        table.row(
                "vector_cosine_similarity", (in, out) -> pair(in, out, "vector_cosine_similarity"));
        table.row("vector_l2_distance", (in, out) -> pair(in, out, "vector_l2_distance"));
        table.row("vector_norm", VectorMathFunctions::norm);
        table.row("vector_normalize", VectorMathFunctions::normalize);
    }

    /// The numbers of an argument, or null when one of them is null.
    private static float[] numbers(Input in, int i) {
        Vector elements =
                io.troupe.columnar.column.Gather.flat(((ListVector) in.vector(i)).elements());
        float[] numbers = new float[in.last(i) - in.first(i)];
        for (int k = 0; k < numbers.length; k++) {
            if (elements.isNull(in.first(i) + k)) {
                return null;
            }
            numbers[k] = ((FloatVector) elements).values()[in.first(i) + k];
        }
        return numbers;
    }

    private static float product(float[] a, float[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += (double) a[i] * b[i];
        }
        return (float) sum;
    }

    private static void pair(Input in, Output out, String function) {
        float[] a = numbers(in, 0);
        float[] b = numbers(in, 1);
        if (a == null || b == null) {
            return;
        }
        if (a.length != b.length) {
            throw Failures.runtime(
                    "VECTOR_DIMENSION_MISMATCH",
                    "functionName",
                    "`" + function + "`",
                    "leftDim",
                    Integer.toString(a.length),
                    "rightDim",
                    Integer.toString(b.length));
        }
        switch (function) {
            case "vector_inner_product" -> out.set((double) product(a, b));
            case "vector_cosine_similarity" -> {
                double norms = Math.sqrt((double) product(a, a) * product(b, b));
                if (norms != 0) {
                    out.set(product(a, b) / norms);
                }
            }
            default -> {
                double sum = 0;
                for (int i = 0; i < a.length; i++) {
                    double difference = (double) a[i] - b[i];
                    sum += difference * difference;
                }
                out.set(Math.sqrt(sum));
            }
        }
    }

    private static double norm(float[] numbers, double degree) {
        double sum = 0;
        for (float number : numbers) {
            double size = Math.abs(number);
            sum =
                    Double.isInfinite(degree)
                            ? Math.max(sum, size)
                            : sum + (degree == 1 ? size : size * size);
        }
        return degree == 2 ? Math.sqrt(sum) : sum;
    }

    private static double degree(Input in) {
        double degree = in.size() > 1 ? in.getDouble(1) : 2;
        if (degree != 1 && degree != 2 && !(Double.isInfinite(degree) && degree > 0)) {
            throw Failures.parameter(
                    "PATTERN",
                    "vector_norm",
                    "degree",
                    "value",
                    degree + " is not 1.0, 2.0 or infinity");
        }
        return degree;
    }

    private static void norm(Input in, Output out) {
        float[] numbers = numbers(in, 0);
        if (numbers != null) {
            out.set(norm(numbers, degree(in)));
        }
    }

    private static void normalize(Input in, Output out) {
        float[] numbers = numbers(in, 0);
        if (numbers == null) {
            return;
        }
        double norm = norm(numbers, degree(in));
        if (norm == 0) {
            return;
        }
        List<Object> scaled = new ArrayList<>();
        for (float number : numbers) {
            scaled.add((float) (number / norm));
        }
        out.setValue(scaled);
    }
}
