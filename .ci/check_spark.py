"""Runs the Spark example with two workers, kills an executor halfway, and compares its table with a run of one process.

Called by check-spark with the program and a folder to work in.
"""
import json
import os
import pathlib
import shutil
import signal
import subprocess
import sys
import threading
import time

import pyspark

ROOT = pathlib.Path(__file__).resolve().parent.parent
program, work = sys.argv[1], pathlib.Path(sys.argv[2])
home = os.path.dirname(pyspark.__file__)


def files():
    """The artifacts for tests, and names that are hard to hand over."""
    tree = work / "tree"
    shutil.copytree(ROOT / "TestArtifacts", tree, ignore=shutil.ignore_patterns("make", "*.json"))
    model = ROOT / "TestArtifacts/safetensors"
    one = next(path for path in sorted(model.iterdir()) if path.suffix == ".safetensors")
    odd = tree / "odd"
    odd.mkdir()
    for name in (b"new\nline.safetensors", b"quote\"'.safetensors", b"not-utf8-\xff.safetensors", b" space .safetensors"):
        shutil.copy(one, os.path.join(os.fsencode(odd), name))
    found = [os.path.join(os.fsencode(folder), os.fsencode(name))
             for folder, _, names in os.walk(tree) for name in names]
    return sorted(found) + [os.fsencode(tree / "absent.pt")]


def executors(parent):
    """Processes of executors among the descendants of a process."""
    children = {}
    for entry in pathlib.Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                stat = (entry / "stat").read_text()
                command = (entry / "cmdline").read_bytes()
            except OSError:
                continue
            children.setdefault(int(stat.rsplit(")", 1)[1].split()[1]), []).append((int(entry.name), command))
    waiting, found = [parent], []
    while waiting:
        for child, command in children.get(waiting.pop(), []):
            waiting.append(child)
            if b"java" in command.split(b"\0")[0] and b"CoarseGrainedExecutorBackend" in command:
                found.append(child)
    return found


def tasks_done(table):
    return len(list(pathlib.Path(table).glob("_temporary/0/task_*")))


def run(paths, table, kill):
    """Runs the example; with `kill` one executor is ended once some tasks are done. Returns how many were ended."""
    listing = work / "files.list"
    listing.write_bytes(b"".join(path + b"\0" for path in paths))
    environment = dict(os.environ, SPARK_HOME=home, PYSPARK_PYTHON=sys.executable, SPARK_LOCAL_IP="127.0.0.1")
    command = [
        os.path.join(home, "bin", "spark-submit"), "--master", "local-cluster[2,1,1024]",
        "--conf", "spark.ui.enabled=false", "--conf", f"spark.local.dir={work}/spark",
        str(ROOT / "Benchmarks/spark/scan_with_spark.py"), "--program", program, "--batch", "10", str(listing), str(table),
    ]
    log = open(work / "spark.log", "wb")
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=log, env=environment, cwd=work)
    killed = []

    def killer():
        while process.poll() is None and not killed:
            running = executors(process.pid)
            if tasks_done(table) >= 3 and len(running) == 2:
                os.kill(running[0], signal.SIGKILL)
                killed.append(running[0])
            time.sleep(0.05)

    if kill:
        thread = threading.Thread(target=killer)
        thread.start()
    output = process.communicate()[0].decode()
    if kill:
        thread.join()
    if process.returncode != 0:
        sys.exit((work / "spark.log").read_text()[-4000:])
    return output, len(killed)


def read(table):
    """The records of a table, read by Spark itself."""
    code = ("import sys, json; from pyspark.sql import SparkSession; s = SparkSession.builder.master('local[1]')"
            ".config('spark.ui.enabled', 'false').getOrCreate();"
            "json.dump([r.asDict() for r in s.read.parquet(sys.argv[1]).collect()], sys.stdout)")
    environment = dict(os.environ, SPARK_HOME=home, SPARK_LOCAL_IP="127.0.0.1")
    result = subprocess.run([sys.executable, "-c", code, str(table)], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
                            env=environment, check=True)
    return json.loads(result.stdout)


paths = files()
expected = subprocess.run(
    [program, "scan", "--files-from", "-", "-0", "-f", "ndjson", "--all", "--quiet"],
    input=b"".join(path + b"\0" for path in paths), stdout=subprocess.PIPE).stdout.decode().splitlines()
start = time.monotonic()
output, killed = run(paths, work / "records.parquet", kill=True)
rows = read(work / "records.parquet")
print(f"{len(paths)} paths, {len(rows)} rows, {killed} executor killed, {time.monotonic() - start:.0f} s")
print(output, end="")
if killed != 1:
    sys.exit("no executor was killed: the run proves nothing")
if sorted(row["record"] for row in rows) != sorted(expected):
    missing, more = set(expected) - {row["record"] for row in rows}, {row["record"] for row in rows} - set(expected)
    shown = [[json.loads(record)["path"] for record in sorted(some)[:20]] for some in (missing, more)]
    sys.exit(f"the table is not what one process says: of {len(expected)} records missing {shown[0]}, too many {shown[1]}")
if not any(row["verdict"] == "failed" and row["path"].endswith("absent.pt") for row in rows):
    sys.exit("the failure of absent.pt is no row")

# A program that always dies is a row for each path, not the end of the job.
broken = work / "broken"
broken.write_text("#!/bin/sh\nkill -9 $$\n")
broken.chmod(0o755)
program = str(broken)
run(paths[:20], work / "broken.parquet", kill=False)
rows = read(work / "broken.parquet")
if len(rows) != 20 or any(row["verdict"] != "failed" or "-9" not in row["error"] for row in rows):
    sys.exit(f"a program that dies: {rows[:2]}")
print("a program that dies leaves 20 failures for 20 paths")
