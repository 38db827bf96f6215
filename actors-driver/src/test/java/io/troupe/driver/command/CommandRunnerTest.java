package io.troupe.driver.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.troupe.planner.error.TroupeException;
import io.troupe.planner.expression.Attribute;
import io.troupe.planner.sql.SqlParser;
import io.troupe.planner.sql.Statement;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CommandRunnerTest {
    @TempDir Path folder;

    private Warehouse warehouse;
    private RecordingSession session;
    private CommandRunner runner;

    @BeforeEach
    void open() {
        warehouse = new Warehouse(folder);
        session = new RecordingSession(warehouse);
        runner = new CommandRunner(session, warehouse);
    }

    private Answer.Rows run(String sql) {
        Statement.Execution statement =
                (Statement.Execution) SqlParser.parseStatement(sql, session.parserSettings());
        return (Answer.Rows) runner.run(statement.command());
    }

    private String refused(String sql) {
        return assertThrows(TroupeException.class, () -> run(sql)).condition();
    }

    private static List<Object> row(Object... cells) {
        return Arrays.asList(cells);
    }

    @Test
    void describesATableAsSparkDoes() {
        run(
                "create table t (a int not null comment 'c', b string default 'z', p int) using parquet partitioned by (p)");
        Answer.Rows answer = run("desc t");
        assertEquals(
                "struct<col_name:string,data_type:string,comment:string>",
                answer.schema().simpleString());
        assertEquals(
                List.of(
                        row("a", "int", "c"),
                        row("b", "string", null),
                        row("p", "int", null),
                        row("# Partition Information", "", ""),
                        row("# col_name", "data_type", "comment"),
                        row("p", "int", null),
                        row("", "", ""),
                        row("# Column Default Values", "", ""),
                        row("b", "string", "'z'")),
                answer.rows());
    }

    @Test
    void writesTheStatementThatMakesATable() {
        run(
                "create table t (a int comment 'c', p int) using csv partitioned by (p) comment 'tc' tblproperties ('k'='v')");
        assertEquals(
                """
                CREATE TABLE spark_catalog.default.t (
                  a INT COMMENT 'c',
                  p INT)
                USING csv
                PARTITIONED BY (p)
                COMMENT 'tc'
                TBLPROPERTIES (
                  'k' = 'v')
                """,
                run("show create table t").rows().getFirst().getFirst());
    }

    @Test
    void findsTablesAndViewsOfAnEarlierApplication() {
        run("create database d comment 'x'");
        run("create table d.t (a int, s struct<x: array<int>>) using parquet");
        run("create view v (y) as select 1 as x");
        run("create function f(x int default 2) returns int return x + 1");
        Warehouse reopened = new Warehouse(folder);
        assertEquals(List.of("d", "default"), reopened.databases());
        assertEquals(warehouse.table("d", "t"), reopened.table("d", "t"));
        assertEquals("select 1 as x", reopened.table("default", "v").viewText());
        assertEquals("x + 1", reopened.function(List.of("spark_catalog", "default", "f")).body());
    }

    @Test
    void fitsInsertedColumnsByPositionNameAndDefault() {
        run("create table t (a int, b string default 'z', c bigint) using parquet");
        run("insert into t (c, a) values (1, 2)");
        assertEquals(
                List.of("a", "b", "c"),
                session.written.getFirst().output().stream().map(Attribute::name).toList());
        assertEquals(
                List.of("int", "string", "bigint"),
                session.written.getFirst().output().stream()
                        .map(column -> column.type().simpleString())
                        .toList());
        run("insert overwrite t by name select 5L as c, 'x' as b");
        assertTrue(session.writes.getLast().overwrite());
        assertEquals(
                "INSERT_COLUMN_ARITY_MISMATCH.NOT_ENOUGH_DATA_COLUMNS",
                refused("insert into t values (1)"));
        assertEquals(
                "INCOMPATIBLE_DATA_FOR_TABLE.CANNOT_SAFELY_CAST",
                refused("insert into t values ('a', 'b', 3)"));
        assertEquals("TABLE_OR_VIEW_NOT_FOUND", refused("insert into nope values (1)"));
    }

    @Test
    void replacesOnlyTheNamedPartition() throws Exception {
        run("create table t (a int, p int) using parquet partitioned by (p)");
        Files.createDirectories(folder.resolve("t/p=5"));
        Files.createDirectories(folder.resolve("t/p=6"));
        session.rows.add(List.of("5"));
        run("insert overwrite t partition (p = 5) select 1");
        assertFalse(Files.exists(folder.resolve("t/p=5")));
        assertTrue(Files.exists(folder.resolve("t/p=6")));
        assertFalse(session.writes.getFirst().overwrite());
        assertEquals(List.of(row("p=6")), run("show partitions t").rows());
    }

    @Test
    void dropsManagedFoldersOnly() {
        run("create table t (a int) using parquet");
        run("create table e (a int) using parquet location '" + folder.resolve("outside") + "'");
        run("drop table t");
        run("drop table e");
        assertFalse(Files.exists(folder.resolve("t")));
        assertTrue(Files.exists(folder.resolve("outside")));
        assertEquals("TABLE_OR_VIEW_NOT_FOUND", refused("drop table t"));
        run("drop table if exists t");
    }

    @Test
    void refusesWhatExistsAlready() {
        run("create table t (a int) using parquet");
        assertEquals(
                "TABLE_OR_VIEW_ALREADY_EXISTS", refused("create table t (a int) using parquet"));
        run("create table if not exists t (b int) using parquet");
        run("create temp view v as select 1");
        assertEquals(
                "TEMP_TABLE_OR_VIEW_ALREADY_EXISTS", refused("create temp view v as select 1"));
        assertEquals("SCHEMA_ALREADY_EXISTS", refused("create database default"));
        assertEquals("WRONG_COMMAND_FOR_OBJECT_TYPE", refused("drop view t"));
        assertEquals("DATA_SOURCE_NOT_FOUND", refused("create table u (a int) using nosuch"));
        assertEquals("UNSUPPORTED_FEATURE.TABLE_OPERATION", refused("delete from t"));
    }

    @Test
    void listsTablesOfTheDatabaseThenTemporaryViews() {
        run("create table t (a int) using parquet");
        run("create temp view v as select 1 as a");
        assertEquals(
                List.of(row("default", "t", false), row("", "v", true)), run("show tables").rows());
        assertEquals(List.of(row("default", "t", false)), run("show tables like 't*'").rows());
        run("create database d");
        run("use d");
        assertEquals(List.of(row("", "v", true)), run("show tables").rows());
        assertEquals(List.of(row("spark_catalog", "d")), run("show current namespace").rows());
        run("drop database d");
        assertEquals("default", session.catalog().currentDatabase());
    }

    @Test
    void renamesAndAltersTables() {
        run("create table t (a int) using parquet");
        run("alter table t rename to u");
        assertNull(warehouse.table("default", "t"));
        assertTrue(Files.exists(folder.resolve("u")));
        run("alter table u add columns (b double comment 'x')");
        run("alter table u alter column a comment 'y'");
        run("alter table u set tblproperties ('k'='v')");
        assertEquals(List.of(row("a", "int", "y"), row("b", "double", "x")), run("desc u").rows());
        assertEquals(List.of(row("k", "v")), run("show tblproperties u").rows());
        assertEquals(
                "NOT_SUPPORTED_CHANGE_COLUMN", refused("alter table u alter column a type bigint"));
    }

    @Test
    void putsTheBodyOfASqlFunctionInPlaceOfItsCalls() {
        run("create temporary function f(x int) returns int return x + 1");
        Statement.Query query =
                (Statement.Query) SqlParser.parseStatement("select f(3)", session.parserSettings());
        Attribute column = session.analyze(query.plan()).output().getFirst();
        assertEquals("f(3)", column.name());
        assertEquals("int", column.type().simpleString());
        assertEquals(
                List.of(
                        row("Function: f"),
                        row("Type:     SCALAR"),
                        row("Input:    x INT"),
                        row("Returns:  INT")),
                run("desc function f").rows());
        assertThrows(
                TroupeException.class, () -> run("create function bad(x int) return x + nope"));
        run("drop temporary function f");
        assertEquals("ROUTINE_NOT_FOUND", refused("drop temporary function f"));
    }

    @Test
    void keepsSessionVariables() {
        session.rows.add(List.of(5));
        run("declare x int default 5");
        Statement.Query query =
                (Statement.Query)
                        SqlParser.parseStatement("select x, session.x", session.parserSettings());
        assertEquals(2, session.analyze(query.plan()).output().size());
        assertEquals("VARIABLE_ALREADY_EXISTS", refused("declare x int"));
        assertEquals("UNRESOLVED_VARIABLE", refused("set var nope = 1"));
        run("drop temporary variable x");
        assertEquals("VARIABLE_NOT_FOUND", refused("drop temporary variable x"));
    }

    @Test
    void showsAndChangesSettings() {
        assertEquals(List.of(row("a.b", "1")), run("set a.b=1").rows());
        assertEquals(List.of(row("a.b", "1")), run("set a.b").rows());
        run("reset a.b");
        assertEquals(List.of(row("a.b", "<undefined>")), run("set a.b").rows());
    }

    @Test
    void cachesAViewOfItsOwn() {
        run("cache table c as select 1 as a");
        assertNotNull(session.catalog().lookup(List.of("c")));
        assertEquals(1, session.cached.size());
        run("clear cache");
        assertEquals(0, session.cached.size());
    }
}
