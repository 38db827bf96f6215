package io.troupe.columnar.source;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.troupe.planner.catalog.FileRelation;
import io.troupe.planner.error.TroupeException;
import io.troupe.planner.type.ArrayType;
import io.troupe.planner.type.AtomicType;
import io.troupe.planner.type.DataType;
import io.troupe.planner.type.DecimalType;
import io.troupe.planner.type.MapType;
import io.troupe.planner.type.StringType;
import io.troupe.planner.type.StructField;
import io.troupe.planner.type.StructType;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Expected values are those that PySpark 4.2 gave for the same files.
class JsonFormatTest {
    private static final DataType INT = AtomicType.INTEGER;
    private static final DataType STRING = StringType.STRING;

    @TempDir Path folder;
    private final FileSources sources = new FileSources();

    private static StructType schema(Object... parts) {
        List<StructField> fields = new ArrayList<>();
        for (int i = 0; i < parts.length; i += 2) {
            fields.add(new StructField((String) parts[i], (DataType) parts[i + 1], true));
        }
        return new StructType(fields);
    }

    private FileRelation json(String content, StructType schema, String... options)
            throws Exception {
        Path file = folder.resolve("x.json");
        Files.writeString(file, content);
        Map<String, String> map = new HashMap<>();
        for (int i = 0; i < options.length; i += 2) {
            map.put(options[i], options[i + 1]);
        }
        return sources.open("json", List.of(file.toString()), map, schema);
    }

    private static List<Object> row(Object... values) {
        return Arrays.asList(values);
    }

    private String inferred(String content, String... options) throws Exception {
        return json(content, null, options).dataSchema().simpleString();
    }

    @Test
    void schemasAreInferredAsSparkDoes() throws Exception {
        assertEquals(
                "struct<a:bigint,b:bigint,c:double,d:string,e:boolean,f:string,g:array<string>,"
                        + "i:array<struct<x:bigint,y:string>>,j:double,k:double>",
                inferred(
                        "{\"a\":1,\"b\":12345678901,\"c\":1.5,\"d\":\"x\",\"e\":true,\"f\":null,\"g\":[],\"h\":{},"
                                + "\"i\":[{\"x\":1},{\"y\":\"z\"}],\"j\":1e400,\"k\":123456789012345678901234567890123456789012}\n"));
        assertEquals("struct<a:bigint>", inferred("[{\"a\":1},{\"a\":2}]\n{\"a\":3}\n"));
        assertEquals(
                "struct<a:string,b:string,c:array<string>>",
                inferred("{\"a\":1,\"b\":true,\"c\":[1.5]}\n", "primitivesAsString", "true"));
        assertEquals("struct<_corrupt_record:string,a:bigint>", inferred("{\"a\":1}\nnull\n5\n"));
        assertEquals(
                "struct<_corrupt_record:string,a:bigint>",
                inferred("{'a':1}\n{b:2}\n{\"c\":01}\n{\"d\":1,}\n"));
        assertEquals("struct<>", inferred(""));
        assertEquals(
                "struct<c:bigint>",
                inferred("{\"a\":null,\"b\":[],\"c\":1}\n", "dropFieldIfAllNull", "true"));
        assertEquals("struct<a:bigint>", inferred("\n{\"a\":1}\n  \n"));
    }

    @Test
    void conflictingTypesWiden() throws Exception {
        FileRelation merged =
                json(
                        "{\"a\":1,\"b\":[1],\"c\":{\"x\":1},\"d\":1}\n{\"a\":\"s\",\"b\":[\"q\"],\"c\":[1],\"d\":1.5}\n"
                                + "{\"a\":null,\"b\":null,\"c\":null,\"d\":12345678901234567890}\n",
                        null);
        assertEquals(
                "struct<a:string,b:array<string>,c:string,d:double>",
                merged.dataSchema().simpleString());
        assertEquals(
                List.of(
                        row("1", List.of("1"), "{\"x\":1}", 1.0),
                        row("s", List.of("q"), "[1]", 1.5),
                        row(null, null, null, 1.2345678901234567e19)),
                Scans.rows(merged));
    }

    @Test
    void valuesFollowTheirTypes() throws Exception {
        StructType first =
                schema(
                        "a",
                        INT,
                        "b",
                        INT,
                        "c",
                        STRING,
                        "d",
                        STRING,
                        "e",
                        AtomicType.BOOLEAN,
                        "f",
                        AtomicType.DATE,
                        "g",
                        AtomicType.TIMESTAMP,
                        "h",
                        AtomicType.DOUBLE);
        assertEquals(
                List.of(row(null, null, "1", "{\"x\":1}", null, 18262, 1577840523000000L, null)),
                Scans.rows(
                        json(
                                "{\"a\":\"1\",\"b\":1.9,\"c\":1,\"d\":{\"x\":1},\"e\":\"true\",\"f\":\"2020-01-01\","
                                        + "\"g\":\"2020-01-01T01:02:03Z\",\"h\":\"1.5\"}\n",
                                first)));
        StructType second =
                schema(
                        "a",
                        AtomicType.DOUBLE,
                        "b",
                        AtomicType.TIMESTAMP,
                        "c",
                        new DecimalType(5, 2),
                        "d",
                        AtomicType.BINARY,
                        "e",
                        AtomicType.DOUBLE,
                        "f",
                        AtomicType.DATE,
                        "g",
                        new MapType(STRING, INT, true),
                        "h",
                        new ArrayType(INT, true),
                        "i",
                        AtomicType.TIMESTAMP_NTZ);
        assertEquals(
                List.of(
                        row(
                                1.0,
                                1000000L,
                                new BigDecimal("1.26"),
                                List.of((byte) 1, (byte) 2),
                                Double.NaN,
                                null,
                                List.of(Cells.entry("k", 1), Cells.entry("l", null)),
                                null,
                                1577840523000000L)),
                Scans.rows(
                        json(
                                "{\"a\":1,\"b\":1,\"c\":1.255,\"d\":\"AQI=\",\"e\":\"NaN\",\"f\":1,\"g\":{\"k\":1,\"l\":null},"
                                        + "\"h\":[1,\"x\"],\"i\":\"2020-01-01 01:02:03\"}\n",
                                second)));
        assertEquals(
                List.of(row(null, null, null, null)),
                Scans.rows(
                        json(
                                "{\"a\":300,\"b\":70000,\"c\":99999999999,\"d\":1e30}\n",
                                schema(
                                        "a",
                                        AtomicType.BYTE,
                                        "b",
                                        AtomicType.SHORT,
                                        "c",
                                        INT,
                                        "d",
                                        AtomicType.LONG))));
        assertEquals(
                List.of(row("true", "1.50", "[1, 2]", null, "1e2", "q")),
                Scans.rows(
                        json(
                                "{\"a\":true,\"b\":1.50,\"c\":[1, 2],\"d\":null,\"e\":1e2,\"f\":\"q\"}\n",
                                schema(
                                        "a", STRING, "b", STRING, "c", STRING, "d", STRING, "e",
                                        STRING, "f", STRING))));
        assertEquals(
                List.of(row("é\n😀")),
                Scans.rows(json("{\"a\":\"\\u00e9\\n\\ud83d\\ude00\"}\n", null)));
    }

    @Test
    void malformedRecordsFollowTheMode() throws Exception {
        String bad =
                "{\"a\":1,\"b\":\"x\",\"c\":[1,2.5]}\n{\"a\":2.5,\"h\":[]}\nbroken{\n{\"a\":\"s\",\"c\":null,\"b\":{\"z\":1}}\n";
        assertEquals(
                List.of(
                        row(1, "x", null),
                        row(null, null, null),
                        row(null, null, null),
                        row(null, "{\"z\":1}", null)),
                Scans.rows(
                        json(bad, schema("a", INT, "b", STRING, "c", new ArrayType(INT, true)))));
        assertEquals(
                List.of(
                        row(1, null),
                        row(null, "{\"a\":2.5,\"h\":[]}"),
                        row(null, "broken{"),
                        row(null, "{\"a\":\"s\",\"c\":null,\"b\":{\"z\":1}}")),
                Scans.rows(json(bad, schema("a", INT, "_corrupt_record", STRING))));
        assertEquals(
                List.of(row(1)), Scans.rows(json(bad, schema("a", INT), "mode", "DROPMALFORMED")));
        FileRelation strict = json(bad, schema("a", INT), "mode", "FAILFAST");
        assertEquals(
                "FAILED_READ_FILE.NO_HINT",
                assertThrows(TroupeException.class, () -> Scans.rows(strict)).condition());
        assertEquals(
                "MALFORMED_RECORD_IN_PARSING.WITHOUT_SUGGESTION",
                assertThrows(TroupeException.class, () -> json(bad, null, "mode", "FAILFAST"))
                        .condition());
        assertEquals(
                List.of(row(1, null), row(null, "null"), row(null, "5"), row(null, "\"x\"")),
                Scans.rows(
                        json(
                                "{\"a\":1}\nnull\n5\n\"x\"\n",
                                schema("a", INT, "_corrupt_record", STRING))));
        FileRelation only = json("bad\n", null);
        TroupeException refused = assertThrows(TroupeException.class, () -> Scans.rows(only));
        assertEquals("UNSUPPORTED_FEATURE.QUERY_ONLY_CORRUPT_RECORD_COLUMN", refused.condition());
        assertTrue(refused.getMessage().contains("_corrupt_record"));
    }

    @Test
    void keysAreMatchedExactlyAndTheLastOneCounts() throws Exception {
        assertEquals(
                List.of(row(2), row((Object) null)),
                Scans.rows(json("{\"a\":1,\"a\":2}\n{\"A\":3}\n", schema("a", INT))));
        assertEquals(List.of(row(1)), Scans.rows(json("{\"a\":1} {\"a\":2}\n", schema("a", INT))));
        assertEquals(
                List.of(row(1L)),
                Scans.rows(json("/* c */ {\"a\":1}\n", null, "allowComments", "true")));
    }

    @Test
    void documentsMayHaveManyLines() throws Exception {
        assertEquals(
                List.of(row(1L), row(2L)),
                Scans.rows(json("[\n{\"a\":1},\n{\"a\":2}\n]\n", null, "multiLine", "true")));
        assertEquals(
                List.of(row(1L, "x")),
                Scans.rows(json("{\n\"a\":1,\n\"b\":\"x\"}\n", null, "multiLine", "true")));
    }

    @Test
    void nestedValuesBreakingOffLeaveNothingBehind() throws Exception {
        StructType nested =
                schema(
                        "a",
                        new ArrayType(schema("p", INT, "q", new ArrayType(STRING, true)), true),
                        "m",
                        new MapType(STRING, INT, true));
        assertEquals(
                List.of(
                        row(null, null),
                        row(List.of(row(1, List.of("x", "y"))), List.of(Cells.entry("k", 2))),
                        row(null, null),
                        row(List.of(), List.of())),
                Scans.rows(
                        json(
                                "{\"m\":{\"x\":1},\"a\":[{\"p\":9,\"q\":[\"z\",\n"
                                        + "{\"a\":[{\"p\":1,\"q\":[\"x\",\"y\"]}],\"m\":{\"k\":2}}\n"
                                        + "{\"a\":[{\"p\":7}],\"m\":{\"k\":\n"
                                        + "{\"a\":[],\"m\":{}}\n",
                                nested)));
    }
}
