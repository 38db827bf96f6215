package io.troupe.columnar.kernel;

import io.troupe.columnar.vector.Decimal128Vector;
import io.troupe.columnar.vector.LongVector;
import io.troupe.columnar.vector.Vector;
import io.troupe.planner.type.DecimalType;
import java.math.BigInteger;

/// A decimal column that is written by row in any order. Rows are null as the given validity says,
/// and where cleared.
public final class DecimalSink {
    private final DecimalType type;
    private final int length;
    private final long[] low;
    private final long[] high;
    private long[] validity;
    private boolean own;

    public DecimalSink(DecimalType type, int length, long[] validity) {
        this.type = type;
        this.length = length;
        this.validity = validity;
        low = new long[length];
        high = type.precision() > DecimalType.MAX_LONG_PRECISION ? new long[length] : null;
    }

    /// Writes the value; false and nothing written when it has too many digits for the type.
    public boolean store(int row, long high, long low) {
        if (!Decimals.fits(high, low, type.precision())) {
            return false;
        }
        this.low[row] = low;
        if (this.high != null) {
            this.high[row] = high;
        }
        return true;
    }

    public boolean store(int row, BigInteger unscaled) {
        return unscaled.bitLength() < 128
                && store(row, unscaled.shiftRight(64).longValue(), unscaled.longValue());
    }

    public void clear(int row) {
        if (!own) {
            validity = IntegralArithmetic.copy(validity, length);
            own = true;
        }
        validity[row >> 6] &= ~(1L << row);
    }

    public Vector build() {
        return high == null
                ? new LongVector(low, length, validity)
                : new Decimal128Vector(high, low, length, validity);
    }
}
