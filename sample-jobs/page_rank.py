"""Ranks the pages of a small web by who links to them, with RDDs.

page_rank.py [FILE OR FOLDER] [--rounds 8]

Lines of the input are `page linked-page`. Without an argument a web of 400 pages is made up. Broken lines are counted and left out.
"""

import argparse
import os
import tempfile
from operator import add

from pyspark import SparkConf, SparkContext


def made_up(folder):
    """Pages link to those of low numbers, the first ones most."""
    path = os.path.join(folder, "links.txt")
    with open(path, "w", encoding="utf-8") as file:
        for page in range(1, 401):
            for step in (1, 2, 3, 5, 8):
                file.write(f"page{page} page{(page + step) * page % (7 * step) + 1}\n")
        file.write("no link here\n\npage7\n")
    return path


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("source", nargs="?")
    parser.add_argument("--rounds", type=int, default=8)
    options = parser.parse_args()
    source = options.source or made_up(tempfile.mkdtemp(prefix="page-rank-"))

    sc = SparkContext.getOrCreate(SparkConf().setAppName("page rank"))
    broken = sc.accumulator(0)

    def link(line):
        words = line.split()
        if len(words) != 2:
            broken.add(1)
            return []
        return [(words[0], words[1])]

    links = sc.textFile(source, 4).flatMap(link).distinct().groupByKey(4).mapValues(sorted).cache()
    pages = links.count()
    print(f"{pages} pages link to others, {broken.value} broken lines")

    ranks = links.mapValues(lambda _: 1.0)
    for _ in range(options.rounds):
        given = links.join(ranks, 4).flatMap(lambda found: [(to, found[1][1] / len(found[1][0])) for to in found[1][0]])
        ranks = given.reduceByKey(add, 4).mapValues(lambda rank: 0.15 + 0.85 * rank)

    for page, rank in ranks.takeOrdered(10, key=lambda found: (-round(found[1], 6), found[0])):
        print(f"{page:<8} {rank:.4f}")
    stats = ranks.values().stats()
    print(f"{stats.count()} pages are linked to, the mean rank is {stats.mean():.4f}, the greatest {stats.max():.4f}")
    sc.stop()


if __name__ == "__main__":
    main()
