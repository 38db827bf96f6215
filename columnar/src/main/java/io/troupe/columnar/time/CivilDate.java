package io.troupe.columnar.time;

/// The proleptic Gregorian calendar over days since 1970-01-01. Arithmetic after Howard Hinnant,
/// "chrono-Compatible Low-Level Date Algorithms": years begin in March, so that the leap day is the
/// last.
public final class CivilDate {
    private static final int[] CUMULATIVE = {0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334};

    private CivilDate() {}

    /// `year << 9 | month << 5 | day`, for all dates of the int range that matter; the year is
    /// signed.
    public static long pack(int days) {
        long z = days + 719468L;
        long era = Math.floorDiv(z, 146097L);
        int dayOfEra = (int) (z - era * 146097);
        int yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36524 - dayOfEra / 146096) / 365;
        int dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100);
        int shifted = (5 * dayOfYear + 2) / 153;
        int day = dayOfYear - (153 * shifted + 2) / 5 + 1;
        int month = shifted < 10 ? shifted + 3 : shifted - 9;
        long year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0);
        return year << 9 | (long) month << 5 | day;
    }

    public static int year(int days) {
        return (int) (pack(days) >> 9);
    }

    public static int month(int days) {
        return (int) (pack(days) >> 5) & 15;
    }

    public static int day(int days) {
        return (int) pack(days) & 31;
    }

    public static int dayOfYear(int days) {
        int year = year(days);
        return days - ofYearStart(year) + 1;
    }

    public static int ofYearStart(int year) {
        return (int) epochDay(year, 1, 1);
    }

    public static long epochDay(long year, int month, int day) {
        long y = month <= 2 ? year - 1 : year;
        long era = Math.floorDiv(y, 400L);
        long yearOfEra = y - era * 400;
        long dayOfYear = (153L * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1;
        long dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear;
        return era * 146097 + dayOfEra - 719468;
    }

    public static boolean isLeap(long year) {
        return (year & 3) == 0 && (year % 100 != 0 || year % 400 == 0);
    }

    public static int monthLength(long year, int month) {
        return month == 2 ? isLeap(year) ? 29 : 28 : 30 + (month + (month >> 3) & 1);
    }

    public static boolean isValid(long year, int month, int day) {
        return month >= 1 && month <= 12 && day >= 1 && day <= monthLength(year, month);
    }

    /// The same day of a later (or earlier) month, or that month's last day.
    public static int addMonths(int days, long months) {
        long packed = pack(days);
        long total = (packed >> 9) * 12 + (packed >> 5 & 15) - 1 + months;
        long year = Math.floorDiv(total, 12L);
        int month = (int) Math.floorMod(total, 12L) + 1;
        return Math.toIntExact(
                epochDay(year, month, Math.min((int) packed & 31, monthLength(year, month))));
    }

    /// Monday = 0 … Sunday = 6.
    public static int weekday(int days) {
        return Math.floorMod(days + 3, 7);
    }

    /// ISO 8601 week number.
    public static int isoWeek(int days) {
        int thursday = days - weekday(days) + 3;
        return (thursday - ofYearStart(year(thursday))) / 7 + 1;
    }

    /// The year that the ISO week belongs to.
    public static int isoYear(int days) {
        return year(days - weekday(days) + 3);
    }

    static int cumulative(int month) {
        return CUMULATIVE[month - 1];
    }
}
