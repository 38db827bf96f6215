"""Bad input of each kind: the error names the offender, and the session works on."""

from __future__ import annotations

from pathlib import Path

import pytest

from troupe.errors import AnalysisException, ArithmeticException, IllegalArgumentException, PySparkException
from troupe.sql import functions as F


@pytest.fixture(autouse=True)
def _the_session_works_on(spark):
    yield
    assert spark.range(3).count() == 3


def test_a_missing_file_is_named(spark, tmp_path: Path):
    with pytest.raises(AnalysisException, match="nothing_here") as caught:
        spark.read.parquet(str(tmp_path / "nothing_here"))
    assert caught.value.getCondition() == "PATH_NOT_FOUND"


def test_a_folder_without_files_is_named_or_its_format(spark, tmp_path: Path):
    with pytest.raises(AnalysisException) as caught:
        spark.read.parquet(str(tmp_path))
    assert caught.value.getCondition() == "UNABLE_TO_INFER_SCHEMA"


def test_a_truncated_parquet_file_is_named(spark, tmp_path: Path):
    spark.range(1000).coalesce(1).write.parquet(str(tmp_path / "t"))
    (file,) = (tmp_path / "t").glob("*.parquet")
    file.write_bytes(file.read_bytes()[:-100])
    with pytest.raises(PySparkException, match=file.name):
        spark.read.parquet(str(tmp_path / "t")).collect()


def test_a_parquet_file_with_damaged_pages_is_named(spark, tmp_path: Path):
    spark.range(100_000).selectExpr("id", "cast(id * 7 as string) s").coalesce(1).write.parquet(str(tmp_path / "t"))
    (file,) = (tmp_path / "t").glob("*.parquet")
    content = bytearray(file.read_bytes())
    content[4:400] = bytes(396)
    file.write_bytes(content)
    with pytest.raises(PySparkException, match=file.name):
        spark.read.parquet(str(tmp_path / "t")).collect()


def test_a_file_of_another_format_is_named(spark, tmp_path: Path):
    file = tmp_path / "notes.parquet"
    file.write_text("these are notes, not columns\n" * 10)
    with pytest.raises(PySparkException, match=r"notes\.parquet"):
        spark.read.parquet(str(file)).collect()


def test_a_schema_that_the_file_does_not_have_names_the_column(spark, tmp_path: Path):
    spark.range(3).selectExpr("cast(id as string) a").write.parquet(str(tmp_path / "t"))
    with pytest.raises(PySparkException, match=r"\ba\b"):
        spark.read.schema("a int").parquet(str(tmp_path / "t")).collect()


def test_an_unknown_column_is_named_with_a_suggestion_and_the_line(spark):
    with pytest.raises(AnalysisException, match="nmae") as caught:
        spark.range(1).withColumn("name", F.lit("x")).select("nmae")
    assert caught.value.getCondition() == "UNRESOLVED_COLUMN.WITH_SUGGESTION"
    assert "`name`" in str(caught.value)


def test_a_type_that_does_not_fit_names_function_and_type(spark):
    with pytest.raises(AnalysisException, match="ARRAY"):
        spark.range(1).select(F.upper(F.array("id")))


def test_division_by_zero_says_what_to_use_instead(spark):
    with pytest.raises(ArithmeticException, match="try_divide"):
        spark.range(1).select(F.lit(1) / F.col("id")).collect()


def test_a_bad_setting_names_key_and_value(spark):
    with pytest.raises(IllegalArgumentException, match="spark.sql.shuffle.partitions"):
        spark.conf.set("spark.sql.shuffle.partitions", "several")


def test_an_unwritable_output_is_named(spark, tmp_path: Path):
    blocker = tmp_path / "file"
    blocker.write_text("in the way")
    with pytest.raises(PySparkException, match="file"):
        spark.range(3).write.parquet(str(blocker / "out"))


def test_a_failed_write_leaves_no_output_and_no_earlier_data_lost(spark, tmp_path: Path):
    path = str(tmp_path / "kept")
    spark.range(5).write.parquet(path)
    with pytest.raises(PySparkException):
        spark.range(5).select(F.lit(1) / (F.col("id") - 3)).write.mode("overwrite").parquet(path)
    assert spark.read.parquet(path).count() == 5
    with pytest.raises(PySparkException):
        spark.range(5).select(F.lit(1) / (F.col("id") - 3)).write.parquet(str(tmp_path / "new"))
    assert not list((tmp_path / "new").glob("*.parquet"))
    assert not (tmp_path / "new" / "_SUCCESS").exists()


def test_a_failing_python_function_shows_the_users_line(spark):
    def fails(x):
        return 10 // (x - 2)

    with pytest.raises(PySparkException) as caught:
        spark.range(4).select(F.udf(fails, "bigint")("id")).collect()
    message = str(caught.value)
    assert "ZeroDivisionError" in message
    assert "return 10 // (x - 2)" in message or "in fails" in message


def test_a_python_function_that_kills_its_process_fails_the_job_with_the_reason(spark):
    def leaves(x):
        import os

        os._exit(7)

    with pytest.raises(PySparkException, match="7"):
        spark.range(4).select(F.udf(leaves, "bigint")("id")).collect()
    assert (
        spark.range(4).select(F.udf(lambda x: sum((x, 1)), "bigint")("id").alias("y")).agg(F.sum("y")).first()[0] == 10
    )


def test_what_a_python_function_prints_harms_nothing(spark):
    def talks(x):
        print("a line", x)
        return x

    rows = spark.range(3).select(F.udf(talks, "bigint")("id").alias("x")).collect()
    assert sorted(row.x for row in rows) == [0, 1, 2]
