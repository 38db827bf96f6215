"""Counts words.

word_count.py [FILE OR FOLDER]

Without an argument it counts the words of a small text of its own.
"""

import os
import sys
import tempfile

from pyspark.sql import SparkSession
from pyspark.sql import functions as F

VERSES = """\
The troupe sets out before the sun, the wagons creak, the road is long;
One plays the drum, one plays the fool, and one has quite forgot the song.
"Wo ist die Bühne?" – "Là, près du château!" – the answer comes from everyone,
And long before the crowd has gone, the troupe sets out: the show is done.
"""


def main():
    if len(sys.argv) > 1:
        source = sys.argv[1]
    else:
        source = os.path.join(tempfile.mkdtemp(prefix="word-count-"), "verses.txt")
        with open(source, "w", encoding="utf-8") as file:
            file.write(VERSES * 50)
    spark = SparkSession.builder.appName("word count").getOrCreate()

    lines = spark.read.text(source)
    words = lines.select(F.explode(F.split(F.lower("value"), r"[^\p{L}']+")).alias("word")).filter("word != ''")
    counts = words.groupBy("word").count()
    counts.orderBy(F.desc("count"), "word").show(15)

    lengths = counts.groupBy(F.length("word").alias("letters")).agg(
        F.count("*").alias("words"),
        F.sum("count").alias("times"),
        F.min("word").alias("first"),
        F.max_by("word", F.struct("count", "word")).alias("commonest"),
    )
    lengths.orderBy("letters").show()
    print(f"{lines.count()} lines, {words.count()} words, {counts.count()} different ones")
    spark.stop()


if __name__ == "__main__":
    main()
