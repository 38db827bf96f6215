package io.troupe.planner.error;

import java.util.LinkedHashMap;
import java.util.Map;

/// A failure that a user reads: Spark's error condition, SQLSTATE and message parameters, and the
/// PySpark exception class that the client raises for it. The message text already holds the
/// parameters; it names the offender and the remedy.
public final class TroupeException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /// PySpark's exception classes (`pyspark.errors`).
    public enum Kind {
        AnalysisException,
        ParseException,
        IllegalArgumentException,
        ArithmeticException,
        UnsupportedOperationException,
        ArrayIndexOutOfBoundsException,
        DateTimeException,
        NumberFormatException,
        SparkRuntimeException,
        SparkUpgradeException,
        SparkNoSuchElementException,
        QueryExecutionException,
        PythonException,
        SparkException
    }

    private final Kind kind;
    private final String condition;
    private final String sqlState;
    private final transient Map<String, String> parameters;
    private String site;
    private String pythonTraceback;
    private transient QueryContext query;
    private String detail = "";

    public TroupeException(
            Kind kind,
            String condition,
            String sqlState,
            String text,
            Map<String, String> parameters) {
        super(worded(condition, sqlState, text));
        this.kind = kind;
        this.condition = condition;
        this.sqlState = sqlState;
        this.parameters = new LinkedHashMap<>(parameters);
    }

    /// Spark's unnamed conditions (`_LEGACY_ERROR_TEMP_…`) are not shown.
    private static String worded(String condition, String sqlState, String text) {
        String prefix = condition.startsWith("_LEGACY_ERROR") ? "" : "[" + condition + "] ";
        return prefix + text + (sqlState == null ? "" : " SQLSTATE: " + sqlState);
    }

    public static TroupeException analysis(
            String condition, String sqlState, String text, Map<String, String> parameters) {
        return new TroupeException(Kind.AnalysisException, condition, sqlState, text, parameters);
    }

    public Kind kind() {
        return kind;
    }

    public String condition() {
        return condition;
    }

    public String sqlState() {
        return sqlState;
    }

    public Map<String, String> parameters() {
        return parameters;
    }

    /// The line of the user's script that wrote the failing expression or plan, such as
    /// `job.py:12`; null when unknown.
    public String site() {
        return site;
    }

    public TroupeException at(String site) {
        if (this.site == null) {
            this.site = site;
        }
        return this;
    }

    /// The user's own Python traceback, null unless Python code failed.
    public String pythonTraceback() {
        return pythonTraceback;
    }

    public TroupeException withPythonTraceback(String traceback) {
        this.pythonTraceback = traceback;
        return this;
    }

    /// The part of the SQL text that the error is about; null when it did not come from SQL.
    public QueryContext query() {
        return query;
    }

    /// Points at a part of the SQL text. The innermost, which comes first, stays.
    public TroupeException in(QueryContext part) {
        if (query == null) {
            query = part;
        }
        return this;
    }

    /// Text that follows the message as it stands, such as the place of a syntax error.
    public TroupeException withDetail(String text) {
        detail = text;
        return this;
    }

    /// The message, then the place in the SQL text the way that PySpark prints it for this kind of
    /// error.
    @Override
    public String getMessage() {
        String message = super.getMessage() + detail;
        if (query == null) {
            return message;
        }
        return kind == Kind.AnalysisException
                ? message + "; line " + query.line() + " pos " + query.position()
                : message + "\n" + query.summary();
    }
}
