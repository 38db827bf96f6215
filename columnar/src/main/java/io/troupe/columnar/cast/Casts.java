package io.troupe.columnar.cast;

import io.troupe.columnar.kernel.EvaluationSettings;
import io.troupe.columnar.kernel.Overflow;
import io.troupe.columnar.kernel.VectorKernel;
import io.troupe.columnar.vector.NullVector;
import io.troupe.planner.type.AtomicType;
import io.troupe.planner.type.DataType;
import io.troupe.planner.type.DecimalType;
import io.troupe.planner.type.StringType;
import io.troupe.planner.type.UserDefinedType;

/// The kernel that converts a column. What a value that does not fit becomes is given as an
/// [Overflow]: an error (ANSI), null or a wrapped value (WRAP: `spark.sql.ansi.enabled=false`),
/// null (`try_cast`).
public final class Casts {
    private Casts() {}

    public static VectorKernel kernel(
            DataType from, DataType to, Overflow mode, EvaluationSettings settings) {
        DataType source = plain(from);
        DataType target = plain(to);
        if (source.equals(target)) {
            return (arguments, rows) -> arguments[0];
        }
        if (source == AtomicType.VOID) {
            return (arguments, rows) -> new NullVector(rows.length());
        }
        if (source instanceof StringType
                || source == AtomicType.VARIANT && !(target instanceof StringType)) {
            return StringCasts.kernel(source, target, mode, settings);
        }
        if (target instanceof StringType) {
            return ToStringCasts.kernel(source, settings);
        }
        if (target == AtomicType.VARIANT) {
            throw new IllegalArgumentException("cast to variant is compiled as to_variant_object");
        }
        if (source.isNested()) {
            return NestedCasts.kernel(source, target, mode, settings);
        }
        if (source instanceof DecimalType || target instanceof DecimalType) {
            return DecimalCasts.kernel(source, target, mode);
        }
        if (numeric(source) && numeric(target)) {
            return NumericCasts.kernel(source, target, mode);
        }
        return TemporalCasts.kernel(source, target, mode, settings);
    }

    private static boolean numeric(DataType type) {
        return type.isNumeric() || type == AtomicType.BOOLEAN;
    }

    private static DataType plain(DataType type) {
        return type instanceof UserDefinedType udt ? plain(udt.sqlType()) : type;
    }
}
