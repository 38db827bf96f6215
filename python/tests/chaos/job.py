"""The job that faults are aimed at: two stages with Python logic, a join, and an answer that any lost or doubled row changes.

    job.py ROUNDS FAULT AT SEED FOLDER

Runs once per line of standard input (ROUNDS lines), printing the answer and a line ``round over``. In the stage AT (``map`` or
``reduce``), at the row that SEED picks, the function tells the FIFO ``FOLDER/reached`` that it is there, and then meets its FAULT:
``none``, ``exit``, ``segv``, ``rubbish`` or ``raise``. A file is the budget: faults other than ``raise`` happen once. From then on
all tasks stand still for as long as somebody else holds the lock ``FOLDER/gate``: a fault from outside meets a job at work.
"""

import ctypes
import fcntl
import os
import sys

from pyspark.sql import SparkSession
from pyspark.sql import functions as F

ROUNDS, FAULT, AT, SEED, FOLDER = int(sys.argv[1]), sys.argv[2], sys.argv[3], int(sys.argv[4]), sys.argv[5]
KEYS, ROWS = 997, 120_000


def meet():
    try:
        os.close(os.open(f"{FOLDER}/spent", os.O_CREAT | os.O_EXCL))
    except FileExistsError:
        if FAULT != "raise":
            return
    else:
        with open(f"{FOLDER}/reached", "w") as told:
            told.write("reached")
    if FAULT == "exit":
        os._exit(9)
    if FAULT == "segv":
        ctypes.string_at(0)
    if FAULT == "rubbish":
        os.write(1, b"not a frame" * 1_000)
    if FAULT == "none":
        stand_still()
    if FAULT == "raise":
        raise ValueError("a value that nobody wants")


def stand_still():
    with open(f"{FOLDER}/gate") as gate:
        fcntl.flock(gate, fcntl.LOCK_SH)


def stage(name, rows):
    trigger = (SEED * 7_919 + rows // 3) % rows

    @F.udf("bigint")
    def function(row, value):
        if name == AT and row == trigger:
            meet()
        elif row % 500 == 0 and os.path.exists(f"{FOLDER}/spent"):
            stand_still()
        return value

    return function


def answer(spark):
    rows = spark.range(0, ROWS, 1, 12).select(
        ((F.col("id") * 7_919 + SEED) % KEYS).alias("k"), stage("map", ROWS)("id", "id").alias("v")
    )
    sums = rows.groupBy("k").agg(F.sum("v").alias("s"), F.count("*").alias("n"))
    names = spark.range(0, KEYS, 1, 6).select(F.col("id").alias("k"), F.hex("id").alias("name"))
    joined = sums.join(names, "k").select("k", stage("reduce", KEYS)("k", "s").alias("s"), "n", "name")
    groups = joined.groupBy((F.col("k") % 10).alias("g"))
    return groups.agg(F.sum("s"), F.sum("n"), F.max("name"), F.count("*")).orderBy("g").collect()


spark = SparkSession.builder.getOrCreate()
for _ in range(ROUNDS):
    sys.stdin.readline()
    try:
        for line in answer(spark):
            print(tuple(line))
    except Exception as failure:
        print(type(failure).__name__, str(failure).replace("\n", " | "))
    print("round over", flush=True)
