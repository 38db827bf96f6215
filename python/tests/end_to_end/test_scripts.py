"""SQL scripts, correlated set operations, and the DataFrame and Catalog methods that stand on SQL."""

from __future__ import annotations

import pytest

from troupe.errors import (
    AnalysisException,
    ArithmeticException,
    ParseException,
    PySparkNotImplementedError,
    UnsupportedOperationException,
)
from troupe.sql import functions as F


def _rows(frame):
    return [tuple(row) for row in frame.collect()]


SCRIPTS = {
    "begin declare z int default 1; set z = z + 1; select z; end": [(2,)],
    "begin if 1 > 2 then select 'a'; elseif 2 > 1 then select 'b'; else select 'c'; end if; end": [("b",)],
    "begin declare i = 0; while i < 3 do set i = i + 1; end while; select i; end": [(3,)],
    "begin declare i = 0; repeat set i = i + 1; until i >= 4 end repeat; select i; end": [(4,)],
    "begin declare i = 0; l: loop set i = i + 1; if i < 5 then iterate l; end if; leave l; end loop l; select i; end": [
        (5,)
    ],
    "begin declare s = 0; for r as select id from range(4) do set s = s + r.id; end for; select s; end": [(6,)],
    "begin declare a = 1; inner: begin declare a = 2; set inner.a = 3; end; select a; end": [(1,)],
    "begin case 2 when 1 then select 'one'; when 2 then select 'two'; end case; end": [("two",)],
    "begin declare exit handler for divide_by_zero begin select 'caught'; end; select 1 / 0; select 'after'; end": [
        ("caught",)
    ],
    "begin declare n = 0; declare continue handler for sqlstate '22012' begin set n = 7; end; select 1 / 0; select n; end": [
        (7,)
    ],
    "begin end": [],
}


@pytest.mark.parametrize("script", SCRIPTS)
def test_scripts_answer_with_their_last_query(spark, script):
    assert _rows(spark.sql(script)) == SCRIPTS[script]


@pytest.mark.parametrize(
    ("script", "condition"),
    [
        ("begin leave nowhere; end", "INVALID_LABEL_USAGE.DOES_NOT_EXIST"),
        ("begin a: begin select 1; end b; end", "LABELS_MISMATCH"),
        ("begin select 1; declare x int; end", "INVALID_VARIABLE_DECLARATION.ONLY_AT_BEGINNING"),
        ("begin if 'x' then select 1; end if; end", "INVALID_BOOLEAN_STATEMENT"),
        ("begin select 1", "PARSE_SYNTAX_ERROR"),
    ],
)
def test_scripts_that_are_wrong_say_where(spark, script, condition):
    with pytest.raises((AnalysisException, ParseException)) as raised:
        spark.sql(script)
    assert raised.value.getCondition() == condition


def test_failures_without_a_handler_leave_the_script_and_its_variables_end(spark):
    with pytest.raises(ArithmeticException):
        spark.sql("begin declare only_here = 1; select 1 / 0; end")
    with pytest.raises(AnalysisException):
        spark.sql("select only_here")


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        (
            "select id from range(4) o where exists (select x from values (1), (2) a(x) where x = o.id "
            "intersect select x from values (2), (3) b(x) where x >= o.id) order by 1",
            [(2,)],
        ),
        (
            "select id from range(4) o where exists (select x from values (1), (2) a(x) where x = o.id "
            "except select x from values (2), (3) b(x) where x >= o.id) order by 1",
            [(1,)],
        ),
        (
            "select id, (select max(x) from (select x from values (1), (1), (2) a(x) where x <= o.id intersect all "
            "select x from values (1), (2), (2) b(x))) m from range(3) o order by 1",
            [(0, None), (1, 1), (2, 2)],
        ),
        (
            "select id from range(4) o where exists (select 1 from (select x from values (1) a(x) where x = o.id) l "
            "right join values (1), (2) r(y) on l.x = r.y where y = o.id) order by 1",
            [(1,), (2,)],
        ),
    ],
)
def test_set_operations_and_right_joins_see_the_outer_row(spark, query, expected):
    assert _rows(spark.sql(query)) == expected


def test_transposes_by_the_first_or_a_named_column(spark):
    frame = spark.createDataFrame([("b", 1, 2.5), ("a", 3, 4.5)], "k string, x int, y double")
    turned = frame.transpose()
    assert turned.columns == ["key", "a", "b"]
    assert _rows(turned) == [("x", 3.0, 1.0), ("y", 4.5, 2.5)]
    assert _rows(frame.select("x", "y").transpose("y")) == [("x", 1, 3)]


def test_joins_each_row_with_its_nearest(spark):
    left = spark.createDataFrame([(1, 10.0), (2, 20.0)], "u int, s double")
    right = spark.createDataFrame([("A", 11.0), ("B", 22.0)], "p string, q double")
    nearest = left.nearestByJoin(right, F.abs(left.s - right.q), 1, "exact", "distance")
    assert sorted(_rows(nearest.select("u", "p"))) == [(1, "A"), (2, "B")]


def test_catalog_makes_describes_and_drops(spark):
    spark.catalog.createDatabase("scripts_db", ifNotExists=True)
    spark.sql("create or replace temp view scripts_v as select 1 as a")
    try:
        spark.sql("create table scripts_db.t (a int, p int) using parquet partitioned by (p)")
        spark.sql("insert into scripts_db.t values (1, 7)")
        assert [part.partition for part in spark.catalog.listPartitions("scripts_db.t")] == ["p=7"]
        assert "scripts_v" in [view.name for view in spark.catalog.listViews()]
        assert "CREATE TABLE" in spark.catalog.getCreateTableString("scripts_db.t")
        spark.catalog.truncateTable("scripts_db.t")
        assert spark.table("scripts_db.t").count() == 0
        spark.catalog.dropTable("scripts_db.t")
        assert not spark.catalog.tableExists("scripts_db.t")
    finally:
        spark.catalog.dropDatabase("scripts_db", ifExists=True, cascade=True)
        spark.catalog.dropTempView("scripts_v")


def test_refuses_merging_into_files_and_plotting(spark):
    spark.sql("create or replace temp view merge_target as select 1 as a")
    frame = spark.range(1)
    with pytest.raises(UnsupportedOperationException, match="MERGE INTO TABLE"):
        frame.mergeInto("merge_target", F.lit(True)).whenMatched().delete().merge()
    with pytest.raises(PySparkNotImplementedError, match="toPandas"):
        frame.plot.line(x="id", y="id")


def test_double_quotes_are_names_when_asked_for(spark):
    spark.conf.set("spark.sql.ansi.doubleQuotedIdentifiers", "true")
    try:
        assert spark.sql('select 1 as "a b"').columns == ["a b"]
        assert spark.sql('select "a b" + 1 from values (1) t("a b")').collect()[0][0] == 2
        assert spark.sql("""select 'a' "y" """).columns == ["y"]
        assert spark.sql('select 1 as "say ""x"""').columns == ['say "x"']
        with pytest.raises(AnalysisException, match="UNRESOLVED_COLUMN"):
            spark.sql('select "x"')
    finally:
        spark.conf.unset("spark.sql.ansi.doubleQuotedIdentifiers")
    assert spark.sql('select "x" "y"').columns == ["xy"]
