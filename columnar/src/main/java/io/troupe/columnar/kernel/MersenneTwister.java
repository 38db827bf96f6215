package io.troupe.columnar.kernel;

/// Random numbers of period 2^19937-1 (Matsumoto and Nishimura, "Mersenne Twister", 1998), seeded
/// and drawn from as Spark does it, so that seeded calls give Spark's values.
public final class MersenneTwister {
    private static final int SIZE = 624;
    private static final int MIDDLE = 397;

    private final int[] state = new int[SIZE];
    private int at = SIZE;

    public MersenneTwister(long seed) {
        fill(19650218);
        mix(new int[] {(int) (seed >>> 32), (int) seed});
    }

    private void fill(int seed) {
        state[0] = seed;
        for (int i = 1; i < SIZE; i++) {
            state[i] = 1812433253 * (state[i - 1] ^ state[i - 1] >>> 30) + i;
        }
    }

    private void mix(int[] key) {
        int i = 1;
        for (int round = 0; round < SIZE; round++) {
            int k = round % key.length;
            state[i] = (state[i] ^ (state[i - 1] ^ state[i - 1] >>> 30) * 1664525) + key[k] + k;
            i = next(i);
        }
        for (int round = 1; round < SIZE; round++) {
            state[i] = (state[i] ^ (state[i - 1] ^ state[i - 1] >>> 30) * 1566083941) - i;
            i = next(i);
        }
        state[0] = 0x80000000;
    }

    /// The place after `i`; when the last one was written, the first takes its value.
    private int next(int i) {
        if (i + 1 < SIZE) {
            return i + 1;
        }
        state[0] = state[SIZE - 1];
        return 1;
    }

    private void twist() {
        for (int i = 0; i < SIZE; i++) {
            int bits = state[i] & 0x80000000 | state[(i + 1) % SIZE] & 0x7FFFFFFF;
            state[i] = state[(i + MIDDLE) % SIZE] ^ bits >>> 1 ^ (bits & 1) * 0x9908B0DF;
        }
        at = 0;
    }

    private int next32() {
        if (at == SIZE) {
            twist();
        }
        int bits = state[at++];
        bits ^= bits >>> 11;
        bits ^= bits << 7 & 0x9D2C5680;
        bits ^= bits << 15 & 0xEFC60000;
        return bits ^ bits >>> 18;
    }

    public long nextLong() {
        return (long) next32() << 32 | next32() & 0xFFFFFFFFL;
    }

    /// Uniform in [0, bound).
    public int nextInt(int bound) {
        if ((bound & -bound) == bound) {
            return (int) ((long) bound * (next32() >>> 1) >> 31);
        }
        while (true) {
            int bits = next32() >>> 1;
            int value = bits % bound;
            if (bits - value + bound - 1 >= 0) {
                return value;
            }
        }
    }
}
