#!/usr/bin/env python3
"""A table of all models below a folder, with pandas: table.py FOLDER [OUTPUT.csv]"""

import sys

import mlm_inspect
import pandas


def row(record: mlm_inspect.Record) -> dict:
    """What is asked of most models; a key is in a record only where its value is known."""
    facts = record.get("facts", {})
    return {
        "path": record["path"],
        "format": record.get("format", {}).get("id"),
        "framework": facts.get("framework"),
        "architecture": facts.get("architecture"),
        "parameters": facts.get("parameters", {}).get("total"),
        "bytes": record.get("size"),
        "loading": record.get("loading", {}).get("verdict"),
        "findings": len(record.get("findings", [])),
    }


def main() -> None:
    """Scans, prints sums, and writes the table."""
    table = pandas.DataFrame(map(row, mlm_inspect.scan(sys.argv[1])))
    table["parameters"] = table["parameters"].astype("Int64")
    print(table.to_string(index=False))
    print(table.groupby(["framework", "loading"], dropna=False)[["parameters", "bytes"]].sum())
    if len(sys.argv) > 2:
        table.to_csv(sys.argv[2], index=False)


if __name__ == "__main__":
    main()
