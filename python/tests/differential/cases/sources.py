"""Files: written and read back, read with options, read wrongly. Each case works in an empty current folder."""

import os
import pathlib

from differential.cases.tables import empty, moments, money, nested, people
from differential.registry import case


def _folder(name):
    """A fresh path for a case's files."""
    folder = pathlib.Path("files_of_cases", f"{name}_{os.getpid()}_{len(_made)}")
    _made.append(folder)
    folder.parent.mkdir(exist_ok=True)
    return str(folder)


_made: list[pathlib.Path] = []


def _text(name, content):
    path = pathlib.Path(_folder(name))
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return str(path)


@case
def parquet_round_trip(spark, F, T):
    path = _folder("pq")
    people(spark).write.parquet(path)
    return spark.read.parquet(path)


@case
def parquet_round_trip_of_all_types(spark, F, T):
    path = _folder("pq")
    frame = (
        nested(spark)
        .join(money(spark), "id", "full")
        .join(moments(spark), "id", "full")
        .withColumn("b", F.encode(F.lit("é"), "UTF-8"))
    )
    frame.write.parquet(path)
    return spark.read.parquet(path)


@case
def parquet_of_nothing(spark, F, T):
    path = _folder("pq")
    empty(spark).write.parquet(path)
    return spark.read.parquet(path)


@case
def parquet_partitioned(spark, F, T):
    path = _folder("pq")
    people(spark).select("id", "dept", "age").write.partitionBy("dept", "age").parquet(path)
    return spark.read.parquet(path)


@case
def parquet_partition_filter(spark, F, T):
    path = _folder("pq")
    spark.range(20).withColumn("p", F.col("id") % 4).write.partitionBy("p").parquet(path)
    return spark.read.parquet(path).filter("p in (1, 3) and id > 5")


@case
def parquet_modes(spark, F, T):
    path = _folder("pq")
    df = spark.range(2)
    df.write.parquet(path)
    df.write.mode("append").parquet(path)
    first = spark.read.parquet(path).count()
    df.write.mode("ignore").parquet(path)
    df.write.mode("overwrite").parquet(path)
    return [first, spark.read.parquet(path).count(), os.path.exists(path + "/_SUCCESS")]


@case
def parquet_compressions(spark, F, T):
    counts = []
    for codec in ("none", "snappy", "gzip", "zstd", "lz4_raw"):
        path = _folder("pq")
        people(spark).write.option("compression", codec).parquet(path)
        counts.append(spark.read.parquet(path).count())
    return counts


@case
def parquet_column_subset_and_schema(spark, F, T):
    path = _folder("pq")
    people(spark).write.parquet(path)
    return spark.read.schema("name string, nothere int, age int").parquet(path)


@case
def parquet_of_truncated_file(spark, F, T):
    path = _folder("pq")
    people(spark).coalesce(1).write.parquet(path)
    file = next(pathlib.Path(path).glob("*.parquet"))
    for crc in pathlib.Path(path).glob(".*.crc"):
        crc.unlink()
    file.write_bytes(file.read_bytes()[:-20])
    return spark.read.schema("id int").parquet(path)


@case
def csv_plain(spark, F, T):
    return spark.read.csv(_text("c.csv", "a,1\nb,2\n"))


@case
def csv_header_and_inference(spark, F, T):
    text = 'id,name,score,day,ok,when\n1,Ada,1.5,2024-01-02,true,2024-01-02 03:04:05\n2,,2,2024-02-03,false,\n3,"q,""x",-1e3,,,2024-01-01T00:00:00\n'
    return spark.read.csv(_text("c.csv", text), header=True, inferSchema=True)


@case
def csv_schema_and_nulls(spark, F, T):
    return (
        spark.read.option("header", True)
        .option("nullValue", "NA")
        .schema("a int, b string, c decimal(5,2)")
        .csv(_text("c.csv", "a,b,c\n1,NA,1.50\nNA,x,\n"))
    )


@case
def csv_separator_and_quotes(spark, F, T):
    return spark.read.options(sep=";", quote="'", header="true").csv(_text("c.csv", "a;b\n'x;y';z\n' q ';\n"))


@case
def csv_multi_line(spark, F, T):
    return spark.read.csv(_text("c.csv", 'a,"two\nlines"\nb,c\n'), multiLine=True)


@case
def csv_bad_rows_permissive(spark, F, T):
    return spark.read.schema("a int, b int, _corrupt_record string").csv(
        _text("c.csv", "1,2\nx,3\n4\n5,6,7\n"), columnNameOfCorruptRecord="_corrupt_record"
    )


@case
def csv_bad_rows_dropped(spark, F, T):
    return spark.read.schema("a int, b int").option("mode", "DROPMALFORMED").csv(_text("c.csv", "1,2\nx,3\n4\n5,6,7\n"))


@case
def csv_bad_rows_fail(spark, F, T):
    return spark.read.schema("a int, b int").option("mode", "FAILFAST").csv(_text("c.csv", "1,2\nx,3\n"))


@case
def csv_comments_blank_lines_and_spaces(spark, F, T):
    return spark.read.csv(
        _text("c.csv", "#no\n a , b \n\nc,d\n"),
        comment="#",
        ignoreLeadingWhiteSpace=True,
        ignoreTrailingWhiteSpace=True,
    )


@case
def csv_date_formats(spark, F, T):
    return spark.read.schema("d date, t timestamp").csv(
        _text("c.csv", "31/12/2024,31.12.2024 23:59\n"), dateFormat="dd/MM/yyyy", timestampFormat="dd.MM.yyyy HH:mm"
    )


@case
def csv_round_trip(spark, F, T):
    path = _folder("csv")
    people(spark).write.option("header", True).csv(path)
    return spark.read.option("header", True).schema(people(spark).schema).csv(path)


@case
def csv_text_as_written(spark, F, T):
    path = _folder("csv")
    moments(spark).union(spark.sql("select 9, null, timestamp'2020-01-01 00:00:00'")).coalesce(1).orderBy(
        "id"
    ).write.csv(path, header=True)
    return "".join(p.read_text() for p in sorted(pathlib.Path(path).glob("*.csv")))


@case
def csv_quotes_as_written(spark, F, T):
    path = _folder("csv")
    spark.createDataFrame([('a"b', "c,d"), ("", None), (" x ", "é\n")], "a string, b string").coalesce(1).write.csv(
        path
    )
    return "".join(p.read_text() for p in sorted(pathlib.Path(path).glob("*.csv")))


@case
def json_lines(spark, F, T):
    text = '{"id": 1, "name": "Ada", "xs": [1, 2], "o": {"a": 1.5}}\n{"id": 2, "name": null, "extra": true}\n{"o": {"b": "x"}}\n'
    return spark.read.json(_text("j.json", text))


@case
def json_with_schema(spark, F, T):
    return spark.read.schema("id bigint, d date, m map<string,int>, missing string").json(
        _text("j.json", '{"id": 1, "d": "2024-01-02", "m": {"a": 1}}\n{"id": "x"}\n')
    )


@case
def json_corrupt_rows(spark, F, T):
    df = spark.read.json(_text("j.json", '{"a": 1}\n{oops\n{"a": 2}\n'))
    return df.cache()


@case
def json_fail_fast(spark, F, T):
    return spark.read.schema("a int").json(_text("j.json", '{"a": 1}\n{oops\n'), mode="FAILFAST")


@case
def json_number_widening(spark, F, T):
    return spark.read.json(
        _text("j.json", '{"a": 1, "b": 1, "c": [1]}\n{"a": 2.5, "b": "x", "c": [2.5]}\n{"a": 9999999999999999999}\n')
    )


@case
def json_multi_line(spark, F, T):
    return spark.read.json(_text("j.json", '[{"a": 1},\n {"a": 2}]'), multiLine=True)


@case
def json_as_written(spark, F, T):
    path = _folder("json")
    nested(spark).coalesce(1).orderBy("id").write.json(path)
    return "".join(p.read_text() for p in sorted(pathlib.Path(path).glob("*.json")))


@case
def json_round_trip(spark, F, T):
    path = _folder("json")
    money(spark).write.json(path)
    return spark.read.schema(money(spark).schema).json(path)


@case
def text_lines(spark, F, T):
    return spark.read.text(_text("t.txt", "one\n\ntwo é\nlast without end"))


@case
def text_whole(spark, F, T):
    return spark.read.text(_text("t.txt", "one\ntwo\n"), wholetext=True)


@case
def text_with_windows_ends(spark, F, T):
    return spark.read.text(_text("t.txt", "one\r\ntwo\r\n"))


@case
def text_round_trip(spark, F, T):
    path = _folder("text")
    people(spark).select("name").filter("name is not null").write.text(path)
    return spark.read.text(path)


@case
def text_refuses_two_columns(spark, F, T):
    people(spark).select("name", "dept").write.text(_folder("text"))


@case
def csv_refuses_arrays(spark, F, T):
    nested(spark).write.csv(_folder("csv"))


@case
def globs_and_lists_of_paths(spark, F, T):
    folder = pathlib.Path(_folder("many"))
    folder.mkdir()
    for n in range(3):
        (folder / f"f{n}.txt").write_text(f"{n}\n")
    (folder / "_hidden.txt").write_text("hidden\n")
    return [
        sorted(r.value for r in spark.read.text(p).collect())
        for p in (f"{folder}/f[01].txt", str(folder), [f"{folder}/f0.txt", f"{folder}/f2.txt"])
    ]


@case
def folder_without_files(spark, F, T):
    folder = pathlib.Path(_folder("none"))
    folder.mkdir()
    return spark.read.parquet(str(folder))


@case
def file_of_another_format(spark, F, T):
    return spark.read.parquet(_text("x.parquet", "this is no parquet file, not at all\n"))


@case
def save_and_load_by_format(spark, F, T):
    path = _folder("fmt")
    people(spark).select("id", "name").write.format("json").mode("errorifexists").save(path)
    return spark.read.format("json").load(path)


@case
def hive_partition_inference(spark, F, T):
    path = _folder("hive")
    spark.sql(
        "select 1 v, 'a b' s, date'2024-01-02' d, cast(null as string) n union all select 2, 'c/d', date'2024-02-03', 'x'"
    ).write.partitionBy("s", "d", "n").parquet(path)
    return spark.read.parquet(path)


@case
def base_path_option(spark, F, T):
    path = _folder("base")
    spark.range(4).withColumn("p", F.col("id") % 2).write.partitionBy("p").json(path)
    return spark.read.option("basePath", path).json(f"{path}/p=1")


@case
def saved_table(spark, F, T):
    spark.sql("drop table if exists case_saved_table")
    spark.range(3).write.saveAsTable("case_saved_table")
    rows = sorted(r.id for r in spark.table("case_saved_table").collect())
    spark.sql("drop table case_saved_table")
    return rows
