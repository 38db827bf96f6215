package io.troupe.columnar.time;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.zone.ZoneOffsetTransition;
import java.time.zone.ZoneRules;

/// Local time of a zone. Remembers between which instants its last answer holds, so that a column
/// of nearby times asks the zone's rules once. Not thread-safe.
public final class ZoneClock {
    public static final long DAY = 86_400_000_000L;
    public static final long SECOND = 1_000_000L;

    private final ZoneId zone;
    private final ZoneRules rules;
    private final boolean fixed;
    private long from = 1;
    private long to = 0;
    private long offset;

    public ZoneClock(ZoneId zone) {
        this.zone = zone;
        rules = zone.getRules();
        fixed = rules.isFixedOffset();
        if (fixed) {
            offset = rules.getOffset(Instant.EPOCH).getTotalSeconds() * SECOND;
        }
    }

    public ZoneId zone() {
        return zone;
    }

    /// Whether local time is UTC plus a constant, the constant being [#offset(long)].
    public boolean isFixed() {
        return fixed;
    }

    /// Microseconds to add to an instant for its local time.
    public long offset(long micros) {
        if (fixed || micros >= from && micros < to) {
            return offset;
        }
        Instant instant = Instant.ofEpochSecond(Math.floorDiv(micros, SECOND));
        offset = rules.getOffset(instant).getTotalSeconds() * SECOND;
        ZoneOffsetTransition previous = rules.previousTransition(instant.plusSeconds(1));
        ZoneOffsetTransition next = rules.nextTransition(instant);
        from = previous == null ? Long.MIN_VALUE : previous.toEpochSecond() * SECOND;
        to = next == null ? Long.MAX_VALUE : next.toEpochSecond() * SECOND;
        return offset;
    }

    public long toLocal(long micros) {
        return micros + offset(micros);
    }

    /// The instant of a local time: the earlier one where a clock change repeats it, moved forward
    /// where one skips it.
    public long toInstant(long local) {
        if (fixed) {
            return local - offset;
        }
        long lowest = from == Long.MIN_VALUE ? from : from + DAY;
        long highest = to == Long.MAX_VALUE ? to : to - DAY;
        if (from < to && local - offset >= lowest && local - offset < highest) {
            return local - offset;
        }
        long seconds = Math.floorDiv(local, SECOND);
        LocalDateTime time = LocalDateTime.ofEpochSecond(seconds, 0, ZoneOffset.UTC);
        long instant = time.atZone(zone).toEpochSecond() * SECOND + Math.floorMod(local, SECOND);
        offset(instant);
        return instant;
    }

    /// The local date of an instant.
    public int toDays(long micros) {
        return (int) Math.floorDiv(toLocal(micros), DAY);
    }

    /// The instant at which a local date begins.
    public long ofDays(int days) {
        return toInstant(days * DAY);
    }
}
