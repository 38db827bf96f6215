package io.troupe.console.model;

/// What all cores did over time, in at most 600 equal spans; they double in width when the time is
/// longer.
public final class CoreStrip {
    /// Most spans.
    public static final int SPANS = 600;

    /// Milliseconds that a run is believed to last: 139 years.
    private static final long LONGEST = 1L << 42;

    private final double[][] nanos = new double[Activity.values().length][SPANS];
    private long origin;
    private long width = 50;
    private int used;

    /// Milliseconds since the epoch.
    void origin(long time) {
        origin = time;
    }

    /// Spreads a task's time evenly over its life; leaves out what no run can last, as a damaged
    /// log may tell of.
    ///
    /// @param from milliseconds since the epoch
    /// @param to likewise, not before
    /// @param split nanoseconds by [Activity]
    void add(long from, long to, long[] split) {
        long start = Math.max(from, origin) - origin;
        long end = Math.max(to - origin, start + 1);
        if (start < 0 || end > LONGEST) {
            return;
        }
        while (end > width * SPANS) {
            widen();
        }
        double length = end - start;
        int last = (int) ((end - 1) / width);
        used = Math.max(used, last + 1);
        for (int i = 0; i < split.length; i++) {
            if (split[i] != 0) {
                spread(nanos[i], start, end, split[i] / length);
            }
        }
    }

    private void spread(double[] spans, long start, long end, double perMillisecond) {
        int last = (int) ((end - 1) / width);
        for (int span = (int) (start / width); span <= last; span++) {
            long spanStart = span * width;
            spans[span] +=
                    (Math.min(end, spanStart + width) - Math.max(start, spanStart))
                            * perMillisecond;
        }
    }

    private void widen() {
        for (double[] spans : nanos) {
            for (int i = 0; i < SPANS / 2; i++) {
                spans[i] = spans[2 * i] + spans[2 * i + 1];
            }
            java.util.Arrays.fill(spans, SPANS / 2, SPANS, 0);
        }
        used = (used + 1) / 2;
        width *= 2;
    }

    /// Start of the first span, in milliseconds since the epoch.
    public long origin() {
        return origin;
    }

    /// Milliseconds of a span.
    public long width() {
        return width;
    }

    /// Spans up to the last task's end.
    public int used() {
        return used;
    }

    /// Nanoseconds that cores gave to an activity in a span.
    public double nanos(Activity activity, int span) {
        return nanos[activity.ordinal()][span];
    }
}
