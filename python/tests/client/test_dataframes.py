from __future__ import annotations

import gc

import pytest
from client_trees import without_sites

from troupe.errors import (
    AnalysisException,
    ArithmeticException,
    PySparkAttributeError,
    PySparkTypeError,
    PySparkValueError,
)
from troupe.sql import functions as F
from troupe.sql.types import StructType


@pytest.fixture
def df(spark, transport):
    transport.schema = StructType.fromDDL("id bigint, name string, price double")
    return spark.range(3)


def test_each_method_is_one_request_and_the_schema_costs_none(spark, transport, df):
    before = spark._gateway.round_trips
    made = df.filter(df.id > 1).groupBy("name").agg(F.sum("price"), F.max(df["id"])).orderBy(F.desc("name"))
    assert spark._gateway.round_trips - before == 3
    before = spark._gateway.round_trips
    assert made.columns == ["id", "name", "price"]
    assert made.dtypes[0] == ("id", "bigint")
    assert repr(made) == "DataFrame[id: bigint, name: string, price: double]"
    assert repr(made.price * 2 + F.lit(1)) == "Column<'+(*(price, 2), 1)'>"
    assert spark._gateway.round_trips == before


def test_a_request_carries_the_users_line(df, transport):
    df.select("id")
    assert transport.last["site"].rsplit(":", 1)[0].endswith("test_dataframes.py")


NODES = [
    (
        lambda df: df.select("id", F.col("name").alias("n")),
        {
            "n": "project",
            "exprs": [
                {"e": "col", "name": "id"},
                {"e": "alias", "child": {"e": "col", "name": "name"}, "names": ["n"]},
            ],
        },
    ),
    (lambda df: df.filter("id > 1"), {"n": "filter", "condition": {"e": "sql", "text": "id > 1"}}),
    (lambda df: df.limit(5), {"n": "limit", "count": 5}),
    (lambda df: df.dropDuplicates(["id"]), {"n": "dedup", "columns": ["id"]}),
    (lambda df: df.withColumnRenamed("id", "x"), {"n": "withColumnsRenamed", "names": {"id": "x"}}),
    (
        lambda df: df.repartition(4, "id"),
        {"n": "repartition", "partitions": 4, "exprs": [{"e": "col", "name": "id"}], "kind": "hash"},
    ),
    (lambda df: df.coalesce(1), {"n": "repartition", "partitions": 1, "exprs": [], "kind": "coalesce"}),
    (
        lambda df: df.orderBy("id", ascending=False),
        {
            "n": "sort",
            "orders": [{"e": "sort", "child": {"e": "col", "name": "id"}, "asc": False, "nullsFirst": False}],
            "global": True,
        },
    ),
    (lambda df: df.sample(0.5, seed=3), {"n": "sample", "lower": 0.0, "upper": 0.5, "replacement": False, "seed": 3}),
    (
        lambda df: df.groupBy("name").pivot("id", [1]).count(),
        {
            "n": "aggregate",
            "kind": "pivot",
            "grouping": [{"e": "col", "name": "name"}],
            "aggs": [
                {
                    "e": "alias",
                    "child": {"e": "call", "fn": "count", "args": [{"e": "lit", "value": 1, "type": "int"}]},
                    "names": ["count"],
                }
            ],
            "pivot": {"column": {"e": "col", "name": "id"}, "values": [{"e": "lit", "value": 1, "type": "int"}]},
        },
    ),
]


@pytest.mark.parametrize(("method", "expected"), NODES, ids=[str(e["n"]) + str(i) for i, (_, e) in enumerate(NODES)])
def test_a_method_sends_its_node(df, transport, method, expected):
    method(df)
    node = transport.node
    assert node.pop("child") == df._plan_id
    assert node == expected


def test_joins_name_their_kind_and_condition(df, transport, spark):
    other = spark.range(2)
    df.join(other, ["id", "name"], "left_outer")
    assert transport.node == {
        "n": "join",
        "left": df._plan_id,
        "right": other._plan_id,
        "how": "left",
        "on": None,
        "using": ["id", "name"],
    }
    df.join(other, [df.id == other.id, df.name == other.name], "semi")
    assert transport.node["how"] == "left_semi"
    assert transport.node["on"]["fn"] == "and"
    with pytest.raises(AnalysisException, match="UNSUPPORTED_JOIN_TYPE"):
        df.join(other, "id", "sideways")


def test_columns_of_a_dataframe_name_its_plan(df):
    assert without_sites(df.id._expr) == {"e": "col", "name": "id", "plan": df._plan_id}
    assert without_sites(df["*"]._expr) == {"e": "star", "plan": df._plan_id}
    with pytest.raises(PySparkAttributeError, match="ATTRIBUTE_NOT_SUPPORTED"):
        _ = df.missing


def test_plans_are_released_with_the_next_request_once_nothing_refers_to_them(spark, transport):
    frame = spark.range(3)
    column, number = frame.id, int(frame._plan_id)
    del frame
    gc.collect()
    spark.range(1)
    assert number not in transport.last.get("release", [])
    del column
    gc.collect()
    spark.range(1)
    assert number in transport.last["release"]


def test_an_error_of_the_engine_becomes_the_class_that_pyspark_raises(spark, transport, df):
    transport.answers["plan"] = lambda request: {
        "error": {
            "condition": "UNRESOLVED_COLUMN.WITH_SUGGESTION",
            "sqlState": "42703",
            "class": "AnalysisException",
            "message": "[UNRESOLVED_COLUMN.WITH_SUGGESTION] no `foo`; did you mean `id`? SQLSTATE: 42703",
            "parameters": {"objectName": "`foo`"},
            "context": [{"contextType": "DataFrame", "callSite": "job.py:3", "fragment": "col"}],
        }
    }
    with pytest.raises(AnalysisException) as raised:
        df.select("foo")
    error = raised.value
    assert error.getCondition() == "UNRESOLVED_COLUMN.WITH_SUGGESTION"
    assert error.getSqlState() == "42703"
    assert error.getMessageParameters() == {"objectName": "`foo`"}
    assert error.getQueryContext()[0].callSite() == "job.py:3"
    assert str(error).startswith("[UNRESOLVED_COLUMN.WITH_SUGGESTION] no `foo`")


def test_a_failure_inside_a_stream_is_raised_too(spark, channel, df):
    def fail(ticket):
        from troupe.errors.exceptions.captured import from_answer

        yield b""
        raise from_answer(
            {"class": "ArithmeticException", "condition": "DIVIDE_BY_ZERO", "message": "[DIVIDE_BY_ZERO] no"}
        )

    channel.fetch = fail
    with pytest.raises(ArithmeticException, match="DIVIDE_BY_ZERO"):
        df.collect()


def test_show_prints_what_the_engine_gives(df, transport, capsys):
    df.show(5, truncate=False)
    assert capsys.readouterr().out == "+--+\n"
    assert {k: transport.last[k] for k in ("n", "truncate", "vertical")} == {"n": 5, "truncate": 0, "vertical": False}
    with pytest.raises(PySparkTypeError, match="NOT_EXPECTED_TYPE"):
        df.show(True)


def test_fill_and_drop_are_plain_projections_and_filters(df, transport):
    df.na.fill(0)
    exprs = transport.node["exprs"]
    assert [e["e"] for e in exprs] == ["alias", "col", "alias"]
    assert exprs[2]["child"]["args"][0]["fn"] == "nanvl"
    df.na.drop(subset=["price"])
    assert transport.node["condition"]["fn"] == "and"
    df.na.replace("a", "b")
    assert [e["e"] for e in transport.node["exprs"]] == ["col", "alias", "col"]


def test_wrong_arguments_fail_before_the_jvm_is_asked(spark, df):
    before = spark._gateway.round_trips
    for call, condition in [
        (lambda: df.sort(), "CANNOT_BE_EMPTY"),
        (lambda: df.dropna(how="some"), "VALUE_NOT_ANY_OR_ALL"),
        (lambda: df.withColumn("x", 1), "NOT_EXPECTED_TYPE"),
        (lambda: df.filter(1), "NOT_EXPECTED_TYPE"),
        (lambda: df.drop(1), "NOT_EXPECTED_TYPE"),
        (lambda: df.replace({"a": 1}), "MIXED_TYPE_REPLACEMENT"),
        (lambda: df.randomSplit([-1.0]), "VALUE_NOT_POSITIVE"),
        (lambda: df.explain(True, "cost"), "CANNOT_SET_TOGETHER"),
    ]:
        with pytest.raises((PySparkTypeError, PySparkValueError)) as raised:
            call()
        assert raised.value.getCondition() == condition
    assert spark._gateway.round_trips == before


def test_writers_send_modes_options_and_partitions(df, transport):
    df.write.mode("overwrite").partitionBy("name").option("header", True).csv("/data/x", sep=";")
    sent = transport.last
    assert (sent["op"], sent["format"], sent["path"], sent["mode"]) == ("write", "csv", "/data/x", "overwrite")
    assert sent["partitionBy"] == ["name"]
    assert sent["options"] == {"header": "true", "sep": ";"}


def test_readers_send_schemas_and_options(spark, transport):
    spark.read.csv("/data/x", "a int, b string", header=True)
    node = transport.node
    assert (node["format"], node["paths"], node["options"]) == ("csv", ["/data/x"], {"header": "true"})
    assert [f["name"] for f in node["schema"]["fields"]] == ["a", "b"]
    spark.read.parquet("/a", "/b")
    assert transport.node["paths"] == ["/a", "/b"]


def test_sql_takes_named_and_positional_parameters(spark, transport):
    spark.sql("select :x", {"x": 1})
    assert transport.last["args"] == {"x": {"e": "lit", "value": 1, "type": "int"}}
    spark.sql("select {v} as v", v="it's")
    assert transport.last["text"] == "select 'it\\'s' as v"
