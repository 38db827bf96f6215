package io.troupe.console.metrics;

/// The OpenMetrics text format, version 1.0.
public final class MetricText {
    static final String TYPE = "application/openmetrics-text; version=1.0.0; charset=utf-8";

    private final StringBuilder text = new StringBuilder();

    /// A value that goes up and down.
    public MetricText gauge(String name, String help, double value) {
        family(name, "gauge", help);
        return sample(name, "", value);
    }

    /// A sum that only grows; its sample's name ends in `_total`.
    public MetricText counter(String name, String help, double value) {
        family(name, "counter", help);
        return sample(name + "_total", "", value);
    }

    /// Begins a family whose samples have labels.
    public MetricText family(String name, String type, String help) {
        text.append("# TYPE ").append(name).append(' ').append(type).append('\n');
        text.append("# HELP ").append(name).append(' ').append(help).append('\n');
        return this;
    }

    /// A sample of the family that was begun last.
    ///
    /// @param labels `name="value"` pairs split by commas, values escaped, or empty
    public MetricText sample(String name, String labels, double value) {
        text.append(name);
        if (!labels.isEmpty()) {
            text.append('{').append(labels).append('}');
        }
        text.append(' ');
        if (value == Math.rint(value) && Math.abs(value) < 1e15) {
            text.append((long) value);
        } else {
            text.append(value);
        }
        text.append('\n');
        return this;
    }

    /// A label.
    public static String label(String name, String value) {
        return name
                + "=\""
                + value.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n")
                + '"';
    }

    String done() {
        return text + "# EOF\n";
    }
}
