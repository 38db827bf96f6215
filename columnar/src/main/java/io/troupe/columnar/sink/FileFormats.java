package io.troupe.columnar.sink;

import io.troupe.columnar.operator.QuerySettings;
import io.troupe.columnar.sink.format.FormatWriter;
import io.troupe.columnar.sink.parquet.ParquetWriter;
import io.troupe.columnar.sink.text.CsvWriter;
import io.troupe.columnar.sink.text.JsonWriter;
import io.troupe.columnar.sink.text.TextWriter;
import io.troupe.planner.error.TroupeException;
import io.troupe.planner.type.AtomicType;
import io.troupe.planner.type.StructField;
import io.troupe.planner.type.StructType;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import org.apache.parquet.format.CompressionCodec;

/// Chooses and opens the writer of a format by its options (names in lower case).
final class FileFormats {
    private static final long GROUP_BYTES = 128L << 20;

    private final String format;
    private final StructType schema;
    private final Map<String, String> options;
    private final QuerySettings settings;

    FileFormats(
            String format, StructType schema, Map<String, String> options, QuerySettings settings) {
        this.format = format;
        this.schema = schema;
        this.options = options;
        this.settings = settings;
    }

    /// Fails for schemas that the format cannot hold; called before a job starts and by each task.
    static void check(String format, StructType schema) {
        if (schema.fields().isEmpty() && !format.equals("text")) {
            throw TroupeException.analysis(
                    "EMPTY_SCHEMA_NOT_SUPPORTED_FOR_DATASOURCE",
                    "0A000",
                    "The "
                            + display(format)
                            + " datasource does not support writing empty or nested empty schemas. Please make sure the data schema has at"
                            + " least one or more column(s).",
                    Map.of("format", display(format)));
        }
        switch (format) {
            case "csv" -> CsvWriter.checkTypes(schema);
            case "text" -> TextWriter.checkTypes(schema);
            case "parquet" -> checkParquet(schema);
            case "json" -> {}
            default ->
                    throw TroupeException.analysis(
                            "DATA_SOURCE_NOT_FOUND",
                            "42K02",
                            "Failed to find the data source: "
                                    + format
                                    + ". Make sure the provider name is correct and the package is properly registered and compatible with"
                                    + " your Spark version.",
                            Map.of("provider", format));
        }
    }

    private static String display(String format) {
        return format.equals("parquet") ? "Parquet" : format.toUpperCase(Locale.ROOT);
    }

    private static void checkParquet(StructType schema) {
        for (StructField field : schema.fields()) {
            if (field.type() == AtomicType.VOID || field.type() == AtomicType.CALENDAR_INTERVAL) {
                throw TroupeException.analysis(
                        "UNSUPPORTED_DATA_TYPE_FOR_DATASOURCE",
                        "0A000",
                        "The Parquet datasource doesn't support the column `"
                                + field.name()
                                + "` of the type \""
                                + field.type().sql()
                                + "\".",
                        Map.of(
                                "format",
                                "Parquet",
                                "columnName",
                                "`" + field.name() + "`",
                                "columnType",
                                "\"" + field.type().sql() + "\""));
            }
        }
    }

    /// The ending of file names: `.snappy.parquet`, `.csv.gz` …
    String extension() {
        return switch (format) {
            case "csv" -> CsvWriter.extension(options);
            case "json" -> JsonWriter.extension(options);
            case "text" -> TextWriter.extension(options);
            default ->
                    switch (codec()) {
                        case UNCOMPRESSED -> ".parquet";
                        case GZIP -> ".gz.parquet";
                        case LZ4_RAW -> ".lz4raw.parquet";
                        default -> "." + codec().name().toLowerCase(Locale.ROOT) + ".parquet";
                    };
        };
    }

    private CompressionCodec codec() {
        String name =
                options.getOrDefault(
                        "compression",
                        options.getOrDefault(
                                "parquet.compression",
                                settings.conf()
                                        .getOrDefault(
                                                "spark.sql.parquet.compression.codec", "snappy")));
        return switch (name.toLowerCase(Locale.ROOT)) {
            case "none", "uncompressed" -> CompressionCodec.UNCOMPRESSED;
            case "snappy" -> CompressionCodec.SNAPPY;
            case "gzip" -> CompressionCodec.GZIP;
            case "zstd" -> CompressionCodec.ZSTD;
            case "lz4", "lz4_raw", "lz4raw" -> CompressionCodec.LZ4_RAW;
            default ->
                    throw new TroupeException(
                            TroupeException.Kind.IllegalArgumentException,
                            "CODEC_NOT_AVAILABLE.WITH_AVAILABLE_CODECS_SUGGESTION",
                            "56038",
                            "The codec "
                                    + name
                                    + " is not available. Available codecs are uncompressed, snappy, gzip, zstd, lz4_raw.",
                            Map.of(
                                    "codecName",
                                    name,
                                    "availableCodecs",
                                    "uncompressed, snappy, gzip, zstd, lz4_raw"));
        };
    }

    FormatWriter open(Path file) throws IOException {
        return switch (format) {
            case "csv" -> new CsvWriter(file, schema, options, settings.timeZone());
            case "json" -> new JsonWriter(file, schema, options, settings.timeZone());
            case "text" -> new TextWriter(file, options);
            default -> {
                long group =
                        Long.parseLong(
                                options.getOrDefault(
                                        "parquet.block.size", String.valueOf(GROUP_BYTES)));
                String timestamps =
                        settings.conf()
                                .getOrDefault("spark.sql.parquet.outputTimestampType", "INT96");
                yield new ParquetWriter(
                        file,
                        schema,
                        codec(),
                        group,
                        timestamps.toUpperCase(Locale.ROOT),
                        SchemaText.json(schema));
            }
        };
    }
}
