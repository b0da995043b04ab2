#!/usr/bin/env python3
"""Inspects a list of files with Apache Spark: each partition of paths goes through one mlm-inspect, and all records
become one Parquet table.

    find /data -type f -print0 > files.list
    spark-submit scan_with_spark.py --program /usr/local/bin/mlm-inspect files.list records.parquet

The program and the files must be where the executors are: a shared folder, or an image with both. The names in the list
are parted by zero bytes, since a name may hold a line break; that is also why this is not RDD.pipe, which splits at them.
"""
import argparse
import itertools
import json
import os
import subprocess

from pyspark import TaskContext
from pyspark.sql import SparkSession
from pyspark.sql.types import LongType, StringType, StructField, StructType

# What is asked for most has a column of its own; the whole record is in the last.
SCHEMA = StructType(
    [StructField(name, StringType()) for name in ("path", "verdict", "format", "framework", "loading", "error")]
    + [StructField(name, LongType()) for name in ("parameters", "size")]
    + [StructField("record", StringType())]
)
# 0 done · 1 something dangerous · 2 something could not be read · 3 no model: in each case every path has its record.
DONE = {0, 1, 2, 3}
TRIES = 3


def batches(paths, size):
    """Parts of about `size` paths, cut where no model should be: files of one model lie in one folder, or in folders of it.

    Where that makes a part too large, since all the rest lies below, it is cut all the same, at its first folder rather
    than deeper, where a model may be.
    """
    batch, folders, first = [], set(), None
    for folder, files in itertools.groupby(sorted(paths, key=in_tree), key=os.path.dirname):
        parent = os.path.dirname(folder)
        most = 4 * size if parent == first else 20 * size
        belongs = parent in folders and len(batch) < most
        if len(batch) >= size and not belongs:
            yield batch
            batch, folders, first = [], set(), None
        batch.extend(files)
        first = folder if first is None else first
        folders.add(folder)
    if batch:
        yield batch


def in_tree(path):
    """Orders the files of a folder before the folders in it."""
    folder, name = os.path.split(path)
    return folder.split(b"/"), name


def inspect(program, paths):
    """The rows of these paths. A program that died is tried again by Spark, then its paths are failures in the table."""
    # One worker, since Spark gives one core to a task.
    command = [program, "scan", "--files-from", "-", "-0", "-f", "ndjson", "--all", "--quiet", "--jobs", "1"]
    names = b"".join(path + b"\0" for path in paths)
    result = subprocess.run(command, input=names, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    rows = [row(line) for line in result.stdout.decode().split("\n") if line]
    if result.returncode in DONE:
        return rows
    message = f"mlm-inspect ended with {result.returncode}: {result.stderr.decode(errors='replace').strip()}"
    if TaskContext.get().attemptNumber() + 1 < TRIES:
        raise RuntimeError(message)
    answered = {row[0] for row in rows}
    missing = (os.fsdecode(path).encode(errors="replace").decode() for path in paths)
    return rows + [(path, "failed", None, None, None, message, None, None, None)
                   for path in missing if path not in answered]


def row(line):
    record = json.loads(line)
    facts = record.get("facts", {})
    return (
        record["path"], record["verdict"], record.get("format", {}).get("id"), facts.get("framework"),
        record.get("loading", {}).get("verdict"), record.get("error", {}).get("message"),
        facts.get("parameters", {}).get("total"), record.get("size"), line,
    )


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("list", help="paths, a zero byte after each")
    parser.add_argument("table", help="the folder of the Parquet table to write")
    parser.add_argument("--program", default="mlm-inspect", help="mlm-inspect, as the executors find it")
    parser.add_argument("--batch", type=int, default=500, help="paths for one run of it, at least")
    options = parser.parse_args()

    with open(options.list, "rb") as file:
        paths = [path for path in file.read().split(b"\0") if path]
    work = list(batches(paths, options.batch))
    program = options.program

    spark = SparkSession.builder.appName("mlm-inspect").getOrCreate()
    rows = spark.sparkContext.parallelize(work, max(1, len(work))).mapPartitions(
        lambda part: (row for batch in part for row in inspect(program, batch)))
    spark.createDataFrame(rows, SCHEMA).write.parquet(options.table)
    for verdict, count in sorted(spark.read.parquet(options.table).groupBy("verdict").count().collect()):
        print(f"{verdict}: {count}")
    spark.stop()


if __name__ == "__main__":
    main()
