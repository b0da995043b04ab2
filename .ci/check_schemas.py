"""Changes STAC documents in small ways, and compares the verdicts of `check --schemas` and check-stac on each.

check_schemas.py BINARY SHARED DRAFTS WORK COUNT
"""

import copy
import functools
import importlib.machinery
import importlib.util
import json
import multiprocessing
import pathlib
import random
import subprocess
import sys

import jsonschema._format as formats

SEED = 20260514
TEXTS = [
    "", " ", "a", "A b", "x\n", "é", "../a b", "./a", "https://example.com/a b", "https://example.com/é", "http://[::1", "//h/p",
    "2020-01-01", "2020-01-01T00:00:00Z", "2020-01-01T00:00:00+00:00", "2020-01-01T00:00:00+02:00", "2020-02-30T00:00:00Z",
    "2020-01-01t00:00:00z", "2020-01-01T00:00:00.123Z", "MIT", "1.2.3", "v1", "cpu", "amd64", "batch", "bands", "mlm:model",
    "12201234", "1.1.0", "1.0.0", "self", "collection", "processing", "scale", "float32", "bfloat16", "null",
]
NUMBERS = [0, 1, -1, 2, 0.5, -0.5, 1.0, 100, 100.5, 360, 10**20, 1e30, 4, 6]
OTHERS = [None, True, False, [], {}, [1], ["a"], [[]], {"a": 1}, {"type": "x"}, [None], [1, 1], ["a", "a"]]


def library(path: pathlib.Path):
    sys.dont_write_bytecode = True
    loader = importlib.machinery.SourceFileLoader("check_stac", str(path))
    module = importlib.util.module_from_spec(importlib.util.spec_from_loader("check_stac", loader))
    loader.exec_module(module)
    return module


def places(value, path=()):
    """Every place but the root: the holder's path, and the key or position in it."""
    if isinstance(value, dict):
        for key, member in value.items():
            yield (*path, key)
            yield from places(member, (*path, key))
    elif isinstance(value, list):
        for position, element in enumerate(value):
            yield (*path, position)
            yield from places(element, (*path, position))


def at(document, path):
    for token in path:
        document = document[token]
    return document


class Changes:
    def __init__(self, documents, addresses, seed):
        self.random = random.Random(seed)
        self.documents = documents
        self.addresses = addresses
        self.donors = {}
        for document in documents:
            for path in places(document):
                self.donors.setdefault(path[-1] if isinstance(path[-1], str) else path[-2], []).append(at(document, path))

    def document(self):
        document = copy.deepcopy(self.random.choice(self.documents))
        for _ in range(self.random.choice([1, 1, 1, 2, 3])):
            self.change(document)
        return document

    def change(self, document):
        pick = self.random
        if pick.random() < 0.12:
            return self.change_extensions(document)
        paths = list(places(document))
        if not paths:
            return
        # Deep places are many; those near the root are asked as often.
        depth = pick.randint(1, max(map(len, paths)))
        path = pick.choice([path for path in paths if len(path) <= depth])
        holder, token = at(document, path[:-1]), path[-1]
        kind = pick.randrange(8)
        if kind == 0:
            del holder[token]
        elif kind == 1:
            holder[token] = copy.deepcopy(pick.choice(OTHERS))
        elif kind == 2:
            holder[token] = pick.choice(NUMBERS)
        elif kind == 3:
            holder[token] = pick.choice(TEXTS)
        elif kind == 4:
            key = token if isinstance(token, str) else path[-2]
            holder[token] = copy.deepcopy(pick.choice(self.donors.get(key, [None])))
        elif kind == 5 and isinstance(holder, dict):
            key = pick.choice([token + "x", token.upper(), token.replace("_", "-"), token.split(":")[0] + ":other"])
            holder[key] = holder.pop(token)
        elif kind == 6 and isinstance(holder, dict):
            key = pick.choice(list(self.donors))
            if isinstance(key, str):
                holder[key] = copy.deepcopy(pick.choice(self.donors[key]))
        elif isinstance(holder, list):
            holder.insert(token, copy.deepcopy(holder[token]))
        elif isinstance(holder[token], str):
            holder[token] = pick.choice([holder[token].upper(), holder[token] + " ", holder[token][:-1], holder[token] + "\n"])
        elif isinstance(holder[token], (int, float)) and not isinstance(holder[token], bool):
            holder[token] = pick.choice([-holder[token], holder[token] + 0.5, str(holder[token]), float(holder[token])])

    def change_extensions(self, document):
        pick = self.random
        declared = document.get("stac_extensions")
        if not isinstance(declared, list):
            declared = document["stac_extensions"] = []
        kind = pick.randrange(4)
        if kind == 0 and declared:
            del declared[pick.randrange(len(declared))]
        elif kind == 1:
            document["stac_version"] = pick.choice(["1.0.0", "1.1.0", "1.1.0", "0.9.0"])
        elif kind == 2 and declared:
            declared[pick.randrange(len(declared))] = pick.choice(self.addresses)
        else:
            declared.append(pick.choice([*pick.sample(self.addresses, 4), "https://example.com/unknown/v1.0.0/schema.json"]))


CHECKER = None


def judged(document):
    """valid, invalid, or, where schemas were missing and nothing else was wrong, valid as far as checked."""
    found = list(CHECKER.violations(document))
    wrong = [f"{where}: {what}" for where, what in found if not what.startswith("no schema here for")]
    if wrong:
        return "invalid", wrong[:5]
    return ("valid as far as checked" if found else "valid"), []


def main() -> int:
    global CHECKER
    binary, shared, drafts, work, count = sys.argv[1], *map(pathlib.Path, sys.argv[2:5]), int(sys.argv[5])
    CHECKER = library(shared / "check-stac")
    # Nearly all of its time goes into the same addresses again and again.
    formats._rfc3987_is_valid_syntax = functools.lru_cache(None)(formats._rfc3987_is_valid_syntax)
    documents = [json.loads(path.read_text()) for path in sorted((shared / "mlm-examples").glob("*.json"))]
    ours = [json.loads(line) for line in drafts.read_text().splitlines()]
    documents = documents * 4 + ours[:: max(1, len(ours) // 40)]
    addresses = sorted(f"https://stac-extensions.github.io/{path.stem.rsplit('-', 1)[0]}/{path.stem.rsplit('-', 1)[1]}/schema.json"
                       for path in (shared / "schemas/extensions").glob("*.json"))
    changes = Changes(documents, addresses, SEED)
    made = [changes.document() for _ in range(count)]
    lines = work / "changed.ndjson"
    lines.write_text("".join(json.dumps(document) + "\n" for document in made))
    run = subprocess.run([binary, "check", "-f", "ndjson", "--compact", "--schemas", shared / "schemas", lines],
                         capture_output=True, text=True)
    answers = [json.loads(line) for line in run.stdout.splitlines()]
    for document in documents:
        judged(document)
    with multiprocessing.get_context("fork").Pool(2) as pool:
        expected = pool.map(judged, made, chunksize=50)
    if len(answers) != count:
        print(f"{len(answers)} answers for {count} documents: {run.stderr[:500]}")
        return 1
    tally, bad = {}, 0
    for number, (answer, (verdict, why)) in enumerate(zip(answers, expected), 1):
        mine = "invalid" if answer["verdict"] == "failed" else answer["verdict"]
        # What Python's regular expressions take and those of ECMA-262 do not is told, and not judged.
        open_rules = answer.get("unchecked", [])
        if mine != "invalid" and open_rules and all("validators" in one["message"] for one in open_rules):
            mine = "valid"
        tally[verdict] = tally.get(verdict, 0) + 1
        if mine != verdict:
            bad += 1
            if bad <= 20:
                said = [f"{one['pointer']}: {one['message']}" for one in answer.get("violations", []) + answer.get("unchecked", [])]
                print(f"document {number}: check-stac says {verdict} {why}, and we {mine} {said[:5]}")
                (work / f"differs-{number}.json").write_text(json.dumps(made[number - 1], indent=1))
    counts = ", ".join(f"{number} {verdict}" for verdict, number in sorted(tally.items()))
    print(f"{count} changed documents: {counts}; {bad} verdicts differ")
    return 1 if bad or len(tally) < 3 else 0


if __name__ == "__main__":
    sys.exit(main())
