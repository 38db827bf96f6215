package io.troupe.planner.type;

/// Legacy interval: the three parts are independent and never normalised into each other.
public record CalendarInterval(int months, int days, long microseconds) {}
