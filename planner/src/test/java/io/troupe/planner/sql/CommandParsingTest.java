package io.troupe.planner.sql;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.troupe.planner.command.Command;
import io.troupe.planner.command.RowsCommand;
import io.troupe.planner.command.SettingCommand;
import io.troupe.planner.command.TableCommand;
import io.troupe.planner.command.ViewCommand;
import io.troupe.planner.error.TroupeException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CommandParsingTest {
    private static Command command(String sql) {
        return assertInstanceOf(
                        Statement.Execution.class,
                        SqlParser.parseStatement(sql, ParserSettings.DEFAULT))
                .command();
    }

    @Test
    void readsTheClausesOfCreateTableInAnyOrder() {
        var create =
                (TableCommand.Create)
                        command(
                                "create table if not exists a.t (x int not null, y string default 'a') location '/d' using csv"
                                        + " options (header true) partitioned by (y) comment 'z'");
        assertEquals(List.of("a", "t"), create.name());
        assertEquals("csv", create.definition().format());
        assertEquals(Map.of("header", "true"), create.definition().options());
        assertEquals(List.of("y"), create.definition().partitionBy());
        assertEquals(
                "{\"CURRENT_DEFAULT\":\"'a'\",\"EXISTS_DEFAULT\":\"'a'\"}",
                create.definition().columns().get(1).metadata());
    }

    @Test
    void keepsTheTextOfAView() {
        var view =
                (ViewCommand.Create) command("create or replace temp view v(a) as\n select 1 -- x");
        assertEquals("select 1", view.text());
        assertEquals(ViewCommand.Scope.SESSION, view.scope());
        assertEquals(ViewCommand.Existing.REPLACE, view.existing());
    }

    @Test
    void readsSettingsAsTheyAreWritten() {
        assertEquals(
                new SettingCommand.Set("a.b", "some text, x"), command("set a.b = some text, x;"));
        assertEquals(new SettingCommand.Show(null, true), command("set -v"));
        assertEquals(
                new SettingCommand.Set("spark.sql.session.timeZone", "+05:30"),
                command("set time zone interval '05:30' hour to minute"));
    }

    @Test
    void putsCommonTablesBeforeInsertOverItsQuery() {
        var insert =
                (RowsCommand.Insert)
                        command("with x as (select 1) insert overwrite t select * from x");
        assertInstanceOf(io.troupe.planner.parsed.ParsedPlan.With.class, insert.query());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "drop",
                "insert into t",
                "create tabel x",
                "alter table t",
                "create table t (a int b string)"
            })
    void refusesIncompleteCommands(String sql) {
        TroupeException error = assertThrows(TroupeException.class, () -> command(sql));
        assertEquals("PARSE_SYNTAX_ERROR", error.condition());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "explain formatted select 1",
                "use database d",
                "show tables in d like 'a*'",
                "show create table t",
                "describe extended t",
                "desc function abs",
                "desc query select 1",
                "cache lazy table t as select 1",
                "refresh table t",
                "analyze table t compute statistics",
                "comment on table t is 'abc'",
                "truncate table t",
                "alter table t rename to u",
                "alter table t add columns (a int)",
                "alter table t change column a b int",
                "create function f(x int) returns int return x + 1",
                "drop temporary function if exists f",
                "declare or replace variable y = 'a'",
                "set var x = 1",
                "execute immediate 'select ?' using 1",
                "reset a.b",
                "create database d comment 'x'",
                "drop schema d cascade",
                "show partitions t",
                "alter view v as select 2",
            })
    void reads(String sql) {
        command(sql);
    }
}
