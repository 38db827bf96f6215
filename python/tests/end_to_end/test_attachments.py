"""What scripts send beside their functions: broadcast values, files, modules, archives."""

from __future__ import annotations

import os
import shutil
import threading
from pathlib import Path

import pytest

from troupe import SparkFiles
from troupe.errors import PySparkRuntimeError, PySparkValueError, PythonException
from troupe.sql import functions as F


@pytest.fixture(scope="module")
def sc(spark):
    return spark.sparkContext


def test_a_broadcast_value_is_read_in_rdds_and_in_functions_of_columns(spark, sc):
    names = sc.broadcast({1: "one", 2: "two"})
    assert sc.parallelize([1, 2, 3], 3).map(lambda n: names.value.get(n)).collect() == ["one", "two", None]

    @F.udf("string")
    def name(n):
        return names.value.get(n)

    @F.pandas_udf("string")
    def series(n):
        return n.map(names.value)

    rows = spark.range(1, 4, 1, 2).select(name("id"), series("id")).collect()
    assert [tuple(row) for row in rows] == [("one", "one"), ("two", "two"), (None, None)]


def test_a_broadcast_value_is_unpickled_once_in_a_process(sc):
    big = sc.broadcast(list(range(100_000)))

    def seen(objects):
        list(objects)
        return [(os.getpid(), id(big.value))]

    found = sc.parallelize(range(8), 8).mapPartitions(seen).collect()
    assert len(set(found)) == len({pid for pid, _ in found})


def test_a_function_that_asks_late_loses_no_batch(spark, sc):
    threshold = sc.broadcast(990)

    def late(batches):
        for number, batch in enumerate(batches):
            if number == 1:
                assert threshold.value == 990
            yield batch

    rows = spark.range(0, 200_000, 1, 1).mapInArrow(late, "id long")
    assert rows.agg(F.sum("id")).first()[0] == sum(range(200_000))


def test_a_broadcast_value_comes_back_after_unpersist_and_not_after_destroy(sc):
    value = sc.broadcast([1, 2])
    value.unpersist()
    assert value.value == [1, 2]
    use = sc.parallelize([0], 1).map(lambda _: value.value)
    value.destroy()
    with pytest.raises(PySparkRuntimeError, match="destroyed"):
        _ = value.value
    with pytest.raises(Exception, match="destroyed"):
        use.collect()


def test_a_broadcast_of_what_cannot_be_sent_says_so(sc):
    with pytest.raises(PySparkRuntimeError, match="broadcast RDDs"):
        sc.broadcast(sc.parallelize([1]))
    with pytest.raises(Exception, match="Could not serialize broadcast"):
        sc.broadcast(threading.Lock())


def test_files_and_folders_are_found_by_name(sc, tmp_path: Path):
    (tmp_path / "numbers.txt").write_text("100")
    (tmp_path / "folder" / "inner").mkdir(parents=True)
    (tmp_path / "folder" / "inner" / "deep.txt").write_text("deep")
    sc.addFile(str(tmp_path / "numbers.txt"))
    with pytest.raises(PySparkValueError, match="recursive"):
        sc.addFile(str(tmp_path / "folder"))
    sc.addFile(str(tmp_path / "folder"), recursive=True)
    assert Path(SparkFiles.get("numbers.txt")).read_text() == "100"

    def read(name):
        return Path(SparkFiles.get(name)).read_text()

    assert sc.parallelize(["numbers.txt", "folder/inner/deep.txt"], 2).map(read).collect() == ["100", "deep"]
    assert [os.path.basename(each) for each in sc.listFiles] == ["numbers.txt", "folder"]
    (tmp_path / "other").mkdir()
    (tmp_path / "other" / "numbers.txt").write_text("200")
    with pytest.raises(PySparkValueError, match="added before"):
        sc.addFile(str(tmp_path / "other" / "numbers.txt"))


def test_modules_that_were_added_are_imported_by_functions(spark, sc, tmp_path: Path):
    (tmp_path / "added_module.py").write_text("def double(x):\n    return 2 * x\n")
    package = tmp_path / "zipped" / "added_package"
    package.mkdir(parents=True)
    (package / "__init__.py").write_text("FACTOR = 3\n")
    shutil.make_archive(str(tmp_path / "packed"), "zip", tmp_path / "zipped")
    sc.addPyFile(str(tmp_path / "added_module.py"))
    sc.addPyFile(str(tmp_path / "packed.zip"))

    @F.udf("long")
    def calculated(x):
        from added_module import double
        from added_package import FACTOR

        return double(x) * FACTOR

    from added_module import double

    assert [row[0] for row in spark.range(3).select(calculated("id")).collect()] == [0, 6, 12]
    assert sc.parallelize([1, 2], 2).map(double).collect() == [2, 4]


def test_archives_are_unpacked(sc, tmp_path: Path):
    (tmp_path / "content").mkdir()
    (tmp_path / "content" / "inside.txt").write_text("inside")
    archive = shutil.make_archive(str(tmp_path / "archived"), "gztar", tmp_path / "content")
    sc.addArchive(archive + "#unpacked")
    found = sc.parallelize([0, 1], 2).map(lambda _: Path(SparkFiles.get("unpacked/inside.txt")).read_text()).collect()
    assert found == ["inside", "inside"]


def test_a_worker_that_dies_takes_no_broadcast_with_it(sc, tmp_path: Path):
    value, died = sc.broadcast("still here"), str(tmp_path / "died")

    def once(objects):
        if not os.path.exists(died):
            Path(died).touch()
            os.kill(os.getpid(), 9)
        return [value.value for _ in objects]

    with pytest.raises(Exception, match="Python worker exited unexpectedly"):
        sc.parallelize([0], 1).mapPartitions(once).collect()
    assert sc.parallelize([0], 1).mapPartitions(once).collect() == ["still here"]


def test_a_file_that_is_gone_fails_the_task_and_not_the_worker(sc):
    value = sc.broadcast("soon gone")
    frame = sc.parallelize([0], 1).map(lambda _: value.value)._objects()
    value.destroy()
    with pytest.raises(PythonException, match="was destroyed"):
        frame.collect()
