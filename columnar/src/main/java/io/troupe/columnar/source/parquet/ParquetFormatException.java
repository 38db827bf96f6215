package io.troupe.columnar.source.parquet;

/// A file that breaks the Parquet format. The scan adds file, row group and column before a user
/// sees it.
public final class ParquetFormatException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public ParquetFormatException(String message) {
        super(message);
    }

    public ParquetFormatException(String message, Throwable cause) {
        super(message, cause);
    }
}
