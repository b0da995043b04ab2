#!/usr/bin/env python3
"""Holds check.json to the official schemas: is each document of it valid or not?

    check.py CHECK-STAC            exits 1 when a verdict in check.json is not that of check-stac
    check.py CHECK-STAC --write    writes the verdicts of check-stac into check.json

A case is a base document with a patch: ["set", pointer, value] and ["remove", pointer], in this order.
Needs the Python packages jsonschema, referencing and rfc3339-validator; without the last one dates go unchecked.
"""
import copy
import importlib.machinery
import importlib.util
import json
import pathlib
import sys

import rfc3339_validator  # noqa: F401  what jsonschema checks date-time with

PLACE = pathlib.Path(__file__).with_suffix(".json")


def library(path: str):
    sys.dont_write_bytecode = True
    loader = importlib.machinery.SourceFileLoader("check_stac", path)
    module = importlib.util.module_from_spec(importlib.util.spec_from_loader("check_stac", loader))
    loader.exec_module(module)
    return module


def patched(base, patch):
    document = copy.deepcopy(base)
    for operation, pointer, *value in patch:
        *path, last = [token.replace("~1", "/").replace("~0", "~") for token in pointer.split("/")[1:]]
        holder = document
        for token in path:
            holder = holder[int(token) if isinstance(holder, list) else token]
        if operation == "remove":
            del holder[int(last) if isinstance(holder, list) else last]
        elif isinstance(holder, list):
            holder[int(last):int(last) + 1] = value
        else:
            holder[last] = value[0]
    return document


def written(corpus) -> str:
    line = lambda value: json.dumps(value, ensure_ascii=True)
    bases = ",\n".join(f"{line(name)}: {line(base)}" for name, base in corpus["bases"].items())
    cases = ",\n".join(line(case) for case in corpus["cases"])
    return f'{{"bases": {{\n{bases}\n}},\n"cases": [\n{cases}\n]}}\n'


def main() -> int:
    check_stac = library(sys.argv[1])
    corpus = json.loads(PLACE.read_text())
    wrong = 0
    for case in corpus["cases"]:
        document = patched(corpus["bases"][case["base"]], case["patch"])
        valid = not any(True for _ in check_stac.violations(document))
        if case.get("valid") != valid:
            wrong += 1
            print(f"{case['name']}: check-stac says {'valid' if valid else 'invalid'}")
        case["valid"] = valid
    if "--write" in sys.argv:
        PLACE.write_text(written(corpus))
        return 0
    print(f"{len(corpus['cases'])} documents, {wrong} verdicts not those of check-stac", file=sys.stderr)
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
