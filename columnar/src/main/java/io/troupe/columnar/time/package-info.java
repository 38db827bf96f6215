/// Dates and times as numbers: civil calendar, zone offsets, text forms and Spark's datetime
/// patterns. Knows no columns.
package io.troupe.columnar.time;
