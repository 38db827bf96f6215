package io.troupe.driver.schedule;

/// How long tasks have waited while there is no executor at all.
final class Starvation {
    private final long patienceMillis;
    private long since = -1;

    /// @param patienceMillis how long tasks wait
    Starvation(long patienceMillis) {
        this.patienceMillis = patienceMillis;
    }

    /// @param starving whether tasks wait and there is no executor
    /// @return what to tell the user if they waited for too long, else null
    String tick(boolean starving, long now) {
        if (!starving) {
            since = -1;
        } else if (since < 0) {
            since = now;
        } else if (now - since >= patienceMillis) {
            return "no executor could be had for "
                    + (now - since) / 1000
                    + " s. Start nodes with `troupe node`, give them free slots, and check the job's --master";
        }
        return null;
    }
}
