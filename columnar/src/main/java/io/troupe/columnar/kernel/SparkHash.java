package io.troupe.columnar.kernel;

import io.troupe.columnar.column.Values;
import io.troupe.columnar.vector.BooleanVector;
import io.troupe.columnar.vector.BytesVector;
import io.troupe.columnar.vector.Decimal128Vector;
import io.troupe.columnar.vector.DictionaryVector;
import io.troupe.columnar.vector.DoubleVector;
import io.troupe.columnar.vector.FloatVector;
import io.troupe.columnar.vector.IntVector;
import io.troupe.columnar.vector.IntervalVector;
import io.troupe.columnar.vector.ListVector;
import io.troupe.columnar.vector.LongVector;
import io.troupe.columnar.vector.MapVector;
import io.troupe.columnar.vector.NullVector;
import io.troupe.columnar.vector.StructVector;
import io.troupe.columnar.vector.Vector;

/// Spark's `hash` and `xxhash64` of single values: each value is hashed with the hash so far as
/// seed, nulls leave it unchanged.
public abstract class SparkHash {
    /// 32-bit Murmur3; the hash is an int in a long.
    public static final SparkHash MURMUR3 = new Murmur3();

    /// 64-bit xxHash.
    public static final SparkHash XX64 = new XxHash64();

    abstract long ofInt(int value, long seed);

    abstract long ofLong(long value, long seed);

    abstract long ofBytes(byte[] data, int from, int to, long seed);

    /// The hash after the value at `row`.
    public final long hash(Vector vector, int row, long seed) {
        if (vector.isNull(row)) {
            return seed;
        }
        return switch (vector) {
            case DictionaryVector coded -> hash(coded.dictionary(), coded.codes()[row], seed);
            case NullVector _ -> seed;
            case BooleanVector flags -> ofInt(flags.values()[row], seed);
            case IntVector ints -> ofInt(ints.values()[row], seed);
            case LongVector longs -> ofLong(longs.values()[row], seed);
            case FloatVector floats ->
                    ofInt(Float.floatToIntBits(floats.values()[row] + 0.0f), seed);
            case DoubleVector doubles ->
                    ofLong(Double.doubleToLongBits(doubles.values()[row] + 0.0), seed);
            case Decimal128Vector wide -> {
                byte[] bytes = Values.unscaled(wide.high()[row], wide.low()[row]).toByteArray();
                yield ofBytes(bytes, 0, bytes.length, seed);
            }
            case BytesVector bytes ->
                    ofBytes(bytes.data(), bytes.offsets()[row], bytes.offsets()[row + 1], seed);
            case IntervalVector parts ->
                    ofInt(
                            parts.months()[row],
                            ofInt(parts.days()[row], ofLong(parts.microseconds()[row], seed)));
            case ListVector list -> {
                long hash = seed;
                for (int i = list.offsets()[row]; i < list.offsets()[row + 1]; i++) {
                    hash = hash(list.elements(), i, hash);
                }
                yield hash;
            }
            case MapVector map -> {
                long hash = seed;
                for (int i = map.offsets()[row]; i < map.offsets()[row + 1]; i++) {
                    hash = hash(map.values(), i, hash(map.keys(), i, hash));
                }
                yield hash;
            }
            case StructVector struct -> {
                long hash = seed;
                for (Vector field : struct.fields()) {
                    hash = hash(field, row, hash);
                }
                yield hash;
            }
        };
    }

    static int readInt(byte[] data, int at) {
        return data[at] & 0xFF
                | (data[at + 1] & 0xFF) << 8
                | (data[at + 2] & 0xFF) << 16
                | data[at + 3] << 24;
    }

    static long readLong(byte[] data, int at) {
        return readInt(data, at) & 0xFFFFFFFFL | (long) readInt(data, at + 4) << 32;
    }

    /// Murmur3_x86_32 as Spark has it: the bytes after the last whole word are mixed in one by one,
    /// with their sign.
    private static final class Murmur3 extends SparkHash {
        private static int mix(int hash, int word) {
            int k = Integer.rotateLeft(word * 0xcc9e2d51, 15) * 0x1b873593;
            return Integer.rotateLeft(hash ^ k, 13) * 5 + 0xe6546b64;
        }

        private static int finish(int hash, int length) {
            int h = hash ^ length;
            h = (h ^ h >>> 16) * 0x85ebca6b;
            h = (h ^ h >>> 13) * 0xc2b2ae35;
            return h ^ h >>> 16;
        }

        @Override
        long ofInt(int value, long seed) {
            return finish(mix((int) seed, value), 4);
        }

        @Override
        long ofLong(long value, long seed) {
            return finish(mix(mix((int) seed, (int) value), (int) (value >>> 32)), 8);
        }

        @Override
        long ofBytes(byte[] data, int from, int to, long seed) {
            int hash = (int) seed;
            int at = from;
            for (; at + 4 <= to; at += 4) {
                hash = mix(hash, readInt(data, at));
            }
            for (; at < to; at++) {
                hash = mix(hash, data[at]);
            }
            return finish(hash, to - from);
        }
    }

    private static final class XxHash64 extends SparkHash {
        private static final long P1 = 0x9E3779B185EBCA87L;
        private static final long P2 = 0xC2B2AE3D27D4EB4FL;
        private static final long P3 = 0x165667B19E3779F9L;
        private static final long P4 = 0x85EBCA77C2B2AE63L;
        private static final long P5 = 0x27D4EB2F165667C5L;

        private static long finish(long hash) {
            long h = (hash ^ hash >>> 33) * P2;
            h = (h ^ h >>> 29) * P3;
            return h ^ h >>> 32;
        }

        private static long round(long sum, long word) {
            return Long.rotateLeft(sum + word * P2, 31) * P1;
        }

        @Override
        long ofInt(int value, long seed) {
            long hash = seed + P5 + 4 ^ (value & 0xFFFFFFFFL) * P1;
            return finish(Long.rotateLeft(hash, 23) * P2 + P3);
        }

        @Override
        long ofLong(long value, long seed) {
            long hash = seed + P5 + 8 ^ round(0, value);
            return finish(Long.rotateLeft(hash, 27) * P1 + P4);
        }

        @Override
        long ofBytes(byte[] data, int from, int to, long seed) {
            int at = from;
            long hash = seed + P5;
            if (to - from >= 32) {
                long a = seed + P1 + P2;
                long b = seed + P2;
                long c = seed;
                long d = seed - P1;
                for (; at + 32 <= to; at += 32) {
                    a = round(a, readLong(data, at));
                    b = round(b, readLong(data, at + 8));
                    c = round(c, readLong(data, at + 16));
                    d = round(d, readLong(data, at + 24));
                }
                hash =
                        Long.rotateLeft(a, 1)
                                + Long.rotateLeft(b, 7)
                                + Long.rotateLeft(c, 12)
                                + Long.rotateLeft(d, 18);
                for (long lane : new long[] {a, b, c, d}) {
                    hash = (hash ^ round(0, lane)) * P1 + P4;
                }
            }
            hash += to - from;
            for (; at + 8 <= to; at += 8) {
                hash = Long.rotateLeft(hash ^ round(0, readLong(data, at)), 27) * P1 + P4;
            }
            if (at + 4 <= to) {
                hash = Long.rotateLeft(hash ^ (readInt(data, at) & 0xFFFFFFFFL) * P1, 23) * P2 + P3;
                at += 4;
            }
            for (; at < to; at++) {
                hash = Long.rotateLeft(hash ^ (data[at] & 0xFF) * P5, 11) * P1;
            }
            return finish(hash);
        }
    }
}
