package io.troupe.columnar.source.listing;

import io.troupe.planner.error.TroupeException;
import io.troupe.planner.error.TroupeException.Kind;
import java.util.Map;

/// The errors of reading and finding files, with Spark's conditions and texts.
public final class FileErrors {
    private static final String READ_STATE = "KD001";

    private FileErrors() {}

    /// A data file that cannot be decoded. `detail` names the place inside the file and what is
    /// wrong there.
    public static TroupeException unreadable(String path, String detail, Throwable cause) {
        if (cause instanceof TroupeException known) {
            return known;
        }
        return caused(
                new TroupeException(
                        Kind.SparkException,
                        "FAILED_READ_FILE.NO_HINT",
                        READ_STATE,
                        "Encountered error while reading file " + uri(path) + ". " + detail,
                        Map.of("path", uri(path))),
                cause);
    }

    public static TroupeException missing(String path, Throwable cause) {
        return caused(
                new TroupeException(
                        Kind.SparkException,
                        "FAILED_READ_FILE.FILE_NOT_EXIST",
                        READ_STATE,
                        "Encountered error while reading file "
                                + uri(path)
                                + ". File does not exist. It is possible the underlying files have been updated. "
                                + "You can explicitly invalidate the cache in Spark by running 'REFRESH TABLE tableName' "
                                + "command in SQL or by recreating the Dataset/DataFrame involved.",
                        Map.of("path", uri(path))),
                cause);
    }

    /// A Parquet column whose stored type cannot become the type that the query's schema asks for.
    public static TroupeException columnMismatch(
            String path, String column, String expected, String actual) {
        return new TroupeException(
                Kind.SparkException,
                "FAILED_READ_FILE.PARQUET_COLUMN_DATA_TYPE_MISMATCH",
                READ_STATE,
                "Encountered error while reading file "
                        + uri(path)
                        + ". Data type mismatches when reading Parquet column ["
                        + column
                        + "]. Expected Spark type "
                        + expected
                        + ", actual Parquet type "
                        + actual
                        + ".",
                Map.of(
                        "path",
                        uri(path),
                        "column",
                        "[" + column + "]",
                        "expectedType",
                        expected,
                        "actualType",
                        actual));
    }

    public static TroupeException footer(String path, String detail, Throwable cause) {
        return caused(
                new TroupeException(
                        Kind.SparkException,
                        "FAILED_READ_FILE.CANNOT_READ_FILE_FOOTER",
                        READ_STATE,
                        "Encountered error while reading file "
                                + uri(path)
                                + ". Could not read footer. Please ensure that the file is in either ORC or Parquet format. If not, please"
                                + " convert it to a valid format. If the file is in the valid format, please check if it is corrupt. If it"
                                + " is, you can choose to either ignore it or fix the corruption. ("
                                + detail
                                + ")",
                        Map.of("path", uri(path))),
                cause);
    }

    public static TroupeException cannotInfer(String format) {
        return TroupeException.analysis(
                "UNABLE_TO_INFER_SCHEMA",
                "42KD9",
                "Unable to infer schema for " + format + ". It must be specified manually.",
                Map.of("format", format));
    }

    public static TroupeException unsupportedFileSystem(String path, String scheme) {
        return new TroupeException(
                Kind.SparkException,
                "FAILED_READ_FILE.UNSUPPORTED_FILE_SYSTEM",
                READ_STATE,
                "Encountered error while reading file "
                        + path
                        + ". The file system "
                        + scheme
                        + " is not supported; copy the data to a local or mounted folder and use its path.",
                Map.of("path", path, "fileSystemClass", scheme, "method", "open"));
    }

    public static TroupeException pathNotFound(String path) {
        return TroupeException.analysis(
                "PATH_NOT_FOUND",
                "42K03",
                "Path does not exist: " + uri(path) + ".",
                Map.of("path", uri(path)));
    }

    /// The path as Spark writes it: a `file:` URI.
    public static String uri(String path) {
        return path.startsWith("/") ? "file:" + path : path;
    }

    private static TroupeException caused(TroupeException failure, Throwable cause) {
        if (cause != null) {
            failure.initCause(cause);
        }
        return failure;
    }
}
