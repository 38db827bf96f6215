package io.troupe.columnar.source;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.troupe.planner.catalog.FileRelation;
import io.troupe.planner.error.TroupeException;
import io.troupe.planner.expression.Attribute;
import io.troupe.planner.physical.PhysicalPlan.FileScan;
import io.troupe.planner.stage.LeafInput;
import io.troupe.planner.type.AtomicType;
import io.troupe.planner.type.DataType;
import io.troupe.planner.type.DecimalType;
import io.troupe.planner.type.StringType;
import io.troupe.planner.type.StructField;
import io.troupe.planner.type.StructType;
import java.io.OutputStream;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Expected values are those that PySpark 4.2 gave for the same files.
class TextFormatsTest {
    @TempDir Path folder;
    private final FileSources sources = new FileSources();

    private static final Map<String, DataType> TYPES =
            Map.of(
                    "int", AtomicType.INTEGER,
                    "string", StringType.STRING,
                    "double", AtomicType.DOUBLE,
                    "boolean", AtomicType.BOOLEAN,
                    "date", AtomicType.DATE,
                    "timestamp", AtomicType.TIMESTAMP,
                    "decimal", new DecimalType(5, 2));

    private static StructType schema(String text) {
        List<StructField> fields = new ArrayList<>();
        for (String field : text.split(",")) {
            String[] parts = field.trim().split(" ");
            fields.add(new StructField(parts[0], TYPES.get(parts[1]), true));
        }
        return new StructType(fields);
    }

    private FileRelation csv(String content, String schema, String... options) throws Exception {
        Path file = folder.resolve("x.csv");
        Files.writeString(file, content);
        Map<String, String> map = new HashMap<>();
        for (int i = 0; i < options.length; i += 2) {
            map.put(options[i], options[i + 1]);
        }
        return sources.open(
                "csv", List.of(file.toString()), map, schema == null ? null : schema(schema));
    }

    private static List<Object> row(Object... values) {
        return Arrays.asList(values);
    }

    @Test
    void csvTokensAreThoseOfSpark() throws Exception {
        assertEquals(
                List.of(row("a", null, null, "b")),
                Scans.rows(csv("a,\"\",,b\n", "a string,b string,c string,d string")));
        assertEquals(
                List.of(row("1", "abc"), row("2", "def\"")),
                Scans.rows(csv("1,\"abc\n2,def\"\n", "a string,b string")));
        assertEquals(
                List.of(row("a\"b", "c\\d", "e\\nf", "g\\\"h", "\"i\"j", "k\"l\"")),
                Scans.rows(
                        csv(
                                "\"a\\\"b\",\"c\\\\d\",\"e\\nf\",g\\\"h,\"i\"j,k\"l\"\n",
                                "a string,b string,c string,d string,e string,f string")));
        String spaces = " a , \"b\" ,\"c\" ,d\n";
        assertEquals(
                List.of(row(" a ", " \"b\" ", "c", "d")),
                Scans.rows(csv(spaces, "a string,b string,c string,d string")));
        assertEquals(
                List.of(row("a", "b", "c", "d")),
                Scans.rows(
                        csv(
                                spaces,
                                "a string,b string,c string,d string",
                                "ignoreLeadingWhiteSpace",
                                "true",
                                "ignoreTrailingWhiteSpace",
                                "true")));
        assertEquals(List.of(row("1", "2", "3")), Scans.rows(csv("1||2||3\n", null, "sep", "||")));
        assertEquals(
                List.of(row(1, 2), row(3, 4), row(5, 6)),
                Scans.rows(csv("1,2\r\n3,4\r5,6\n", "a int,b int")));
    }

    @Test
    void csvRecordsMayHaveManyLines() throws Exception {
        assertEquals(
                List.of(row("1", "abc\n2,def"), row("3", "x \"y\" z")),
                Scans.rows(
                        csv(
                                "1,\"abc\n2,def\"\n3,\"x \"\"y\"\" z\"\n",
                                "a string,b string",
                                "multiLine",
                                "true",
                                "escape",
                                "\"")));
    }

    @Test
    void csvValuesFollowTheirTypes() throws Exception {
        assertEquals(
                List.of(row(null, 2, null)), Scans.rows(csv(" 1,+2, 3 \n", "a int,b int,c int")));
        assertEquals(
                List.of(
                        row(
                                Double.NaN,
                                Double.POSITIVE_INFINITY,
                                Double.NEGATIVE_INFINITY,
                                100000.0,
                                1.0,
                                1.5)),
                Scans.rows(
                        csv(
                                "NaN,Inf,-Inf,1e5,1d, 1.5 \n",
                                "a double,b double,c double,d double,e double,f double")));
        assertEquals(
                List.of(row(new BigDecimal("1.26"), null, new BigDecimal("100.00"), null)),
                Scans.rows(
                        csv(
                                "1.255,12345678.9,1e2,x\n",
                                "a decimal,b decimal,c decimal,d decimal")));
        assertEquals(
                List.of(row(true, true, null, null)),
                Scans.rows(csv("true,TRUE,1,yes\n", "a boolean,b boolean,c boolean,d boolean")));
        assertEquals(
                List.of(row(18262, 18262, 18262, 18262, null)),
                Scans.rows(
                        csv(
                                "2020-01-01,2020-1-1,2020-01-01T00:00:00,2020,20200101\n",
                                "a date,b date,c date,d date,e date")));
        assertEquals(
                List.of(
                        row(
                                1577836800000000L,
                                1577840523000000L,
                                1577836800123456L,
                                1577829600000000L,
                                null)),
                Scans.rows(
                        csv(
                                "2020-01-01,2020-01-01 1:2:3,2020-01-01T00:00:00.123456Z,2020-01-01 00:00:00+02:00,x\n",
                                "a timestamp,b timestamp,c timestamp,d timestamp,e timestamp")));
        assertEquals(
                List.of(row(18293, 1580526240000000L)),
                Scans.rows(
                        csv(
                                "01/02/2020,01/02/2020 03:04\n",
                                "a date,b timestamp",
                                "dateFormat",
                                "dd/MM/yyyy",
                                "timestampFormat",
                                "dd/MM/yyyy HH:mm")));
        assertEquals(
                List.of(row(null, 1), row(null, 2), row("x", null)),
                Scans.rows(csv("NA,1\n\"NA\",2\nx,NA\n", "a string,b int", "nullValue", "NA")));
        assertEquals(
                List.of(row(1, 2), row(3, 4)),
                Scans.rows(csv("#c\n1,2\n\n  \n#d\n3,4\n", "a int,b int", "comment", "#")));
    }

    @Test
    void malformedCsvRecordsFollowTheMode() throws Exception {
        String bad = "1,2\nx,3\n4\n5,6,7\n\n\"q\"\"z\",8\n";
        assertEquals(
                List.of(row(1, 2), row(null, 3), row(4, null), row(5, 6), row(null, 8)),
                Scans.rows(csv(bad, "a int,b int")));
        assertEquals(
                List.of(
                        row(1, 2, null),
                        row(null, 3, "x,3"),
                        row(4, null, "4"),
                        row(5, 6, "5,6,7"),
                        row(null, 8, "\"q\"\"z\",8")),
                Scans.rows(csv(bad, "a int,b int,_corrupt_record string")));
        assertEquals(
                List.of(row(1, 2)), Scans.rows(csv(bad, "a int,b int", "mode", "DROPMALFORMED")));
        FileRelation strict = csv(bad, "a int,b int", "mode", "FAILFAST");
        TroupeException failure = assertThrows(TroupeException.class, () -> Scans.rows(strict));
        assertEquals("FAILED_READ_FILE.NO_HINT", failure.condition());
        assertTrue(
                failure.getMessage().contains("record parsing: [null,3]."), failure.getMessage());
    }

    @Test
    void onlyWantedColumnsAreParsed() throws Exception {
        FileRelation relation = csv("1,2\nx,3\n4\n", "a int,b int", "mode", "DROPMALFORMED");
        FileScan scan =
                new FileScan(
                        0,
                        relation,
                        List.of(new Attribute(2, "b", AtomicType.INTEGER, true)),
                        List.of(),
                        List.of());
        assertEquals(
                List.of(row(2), row(3), row((Object) null)),
                Scans.rows(scan, Scans.whole(relation), (condition, input) -> null));
    }

    @Test
    void csvSchemasAreInferredAsSparkDoes() throws Exception {
        FileRelation mixed =
                csv(
                        "a,b,c,d,e,f,g\n1,2020-01-01,true,1,99999999999999999999,1.5,x\n"
                                + "1.5,2020-01-01 10:00:00,x,2020-01-01,1,99999999999999999999,\n",
                        null,
                        "header",
                        "true",
                        "inferSchema",
                        "true");
        assertEquals(
                "struct<a:double,b:timestamp,c:string,d:string,e:decimal(20,0),f:double,g:string>",
                mixed.dataSchema().simpleString());
        assertEquals(
                "struct<a:int,b:double,c:boolean,d:date,e:timestamp,f:string,g:string,h:bigint>",
                csv(
                                "a,b,c,d,e,f,g,h\n1,1.5,true,2020-01-01,2020-01-01 01:02:03,x,,12345678901\n"
                                        + "2,,false,2020-02-01,2020-01-01T01:02:03Z,y,,1\n",
                                null,
                                "header",
                                "true",
                                "inferSchema",
                                "true")
                        .dataSchema()
                        .simpleString());
        assertEquals(
                "struct<a0:string,a1:string,_c2:string,B:string>",
                csv("a,a,,B\n1,2,3,4\n", null, "header", "true").dataSchema().simpleString());
        assertEquals("struct<>", csv("", null, "header", "true").dataSchema().simpleString());
    }

    @Test
    void everyLineBelongsToExactlyOneSplit() throws Exception {
        StringBuilder content = new StringBuilder("h\n");
        for (int i = 0; i < 3000; i++) {
            content.append("line ").append(i).append(i % 3 == 0 ? "\r\n" : "\n");
        }
        FileRelation relation = csv(content.toString(), "h string", "header", "true");
        List<List<Object>> whole = Scans.rows(relation);
        assertEquals(3000, whole.size());
        for (long step : new long[] {1, 7, 100, 1024, 5000}) {
            List<LeafInput.FileSplit> splits = new ArrayList<>();
            long size = relation.files().getFirst().size();
            for (long offset = 0; offset < size; offset += step) {
                splits.add(
                        new LeafInput.FileSplit(
                                relation.files().getFirst(),
                                offset,
                                Math.min(step, size - offset)));
            }
            assertEquals(
                    whole,
                    Scans.rows(
                            Scans.scan(relation),
                            new LeafInput.Files(0, splits),
                            (condition, input) -> null),
                    "step " + step);
        }
    }

    @Test
    void compressedAndRecodedFilesAreReadFromTheirBeginning() throws Exception {
        Path zipped = folder.resolve("z.csv.gz");
        try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(zipped))) {
            out.write("1,ä\n2,b\n".getBytes(StandardCharsets.UTF_8));
        }
        assertEquals(
                List.of(row(1, "ä"), row(2, "b")),
                Scans.rows(
                        sources.open(
                                "csv",
                                List.of(zipped.toString()),
                                Map.of(),
                                schema("a int,b string"))));
        Path latin = folder.resolve("l.csv");
        Files.write(latin, "1,ä\n".getBytes(StandardCharsets.ISO_8859_1));
        assertEquals(
                List.of(row(1, "ä")),
                Scans.rows(
                        sources.open(
                                "csv",
                                List.of(latin.toString()),
                                Map.of("encoding", "ISO-8859-1"),
                                schema("a int,b string"))));
    }

    @Test
    void textAndBinaryFiles() throws Exception {
        Path file = folder.resolve("x.txt");
        Files.writeString(file, "a\nb\r\n\nc");
        assertEquals(
                List.of(row("a"), row("b"), row(""), row("c")),
                Scans.rows(sources.open("text", List.of(file.toString()), Map.of(), null)));
        assertEquals(
                List.of(row("a\nb\r\n\nc")),
                Scans.rows(
                        sources.open(
                                "text",
                                List.of(file.toString()),
                                Map.of("wholetext", "true"),
                                null)));
        List<Object> binary =
                Scans.rows(sources.open("binaryFile", List.of(file.toString()), Map.of(), null))
                        .getFirst();
        assertEquals("file:" + file, binary.get(0));
        assertEquals(7L, binary.get(2));
    }
}
