package io.troupe.driver.logging;

import java.util.Locale;
import java.util.Map;
import java.util.logging.ConsoleHandler;
import java.util.logging.Formatter;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/// What this process logs, and how: one line each on stderr, warnings and worse unless the user
/// asks for another level.
public final class LogLevel {
    private static final Map<String, Level> LEVELS =
            Map.of(
                    "ALL", Level.ALL,
                    "TRACE", Level.FINEST,
                    "DEBUG", Level.FINE,
                    "INFO", Level.INFO,
                    "WARN", Level.WARNING,
                    "ERROR", Level.SEVERE,
                    "FATAL", Level.SEVERE,
                    "OFF", Level.OFF);

    private static final Logger ROOT = Logger.getLogger("");

    /// Warns of every lost connection; what is lost is told by our own messages. Held here, as the
    /// JDK forgets the levels of loggers that nobody refers to.
    private static final Logger PEKKO = Logger.getLogger("org.apache.pekko");

    private LogLevel() {}

    /// Sets the form of log lines. Called once, when the process starts.
    public static void install() {
        for (Handler handler : ROOT.getHandlers()) {
            ROOT.removeHandler(handler);
        }
        ConsoleHandler console = new ConsoleHandler();
        console.setFormatter(new OneLine());
        console.setLevel(Level.ALL);
        ROOT.addHandler(console);
        set("WARN");
    }

    /// @param name one of Spark's: ALL, TRACE, DEBUG, INFO, WARN, ERROR, FATAL, OFF
    /// @throws IllegalArgumentException naming another
    public static void set(String name) {
        Level level = LEVELS.get(name.toUpperCase(Locale.ROOT));
        if (level == null) {
            throw new IllegalArgumentException(
                    "There is no log level " + name + "; there are " + LEVELS.keySet() + ".");
        }
        ROOT.setLevel(level);
        PEKKO.setLevel(level.intValue() < Level.WARNING.intValue() ? level : Level.SEVERE);
    }

    private static final class OneLine extends Formatter {
        @Override
        public String format(LogRecord entry) {
            String logger = String.valueOf(entry.getLoggerName());
            String cause = entry.getThrown() == null ? "" : ": " + entry.getThrown();
            return entry.getLevel().getName().replace("WARNING", "WARN").replace("SEVERE", "ERROR")
                    + " "
                    + logger.substring(logger.lastIndexOf('.') + 1)
                    + " - "
                    + formatMessage(entry)
                    + cause
                    + "\n";
        }
    }
}
