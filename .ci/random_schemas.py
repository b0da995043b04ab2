"""Holds the engine for JSON Schema to the package jsonschema: random schemas of every keyword, and random values.

random_schemas.py BINARY WORK COUNT

A value is a member of an Item's properties, and its schema one of an extension that only these Items declare.
"""

import json
import pathlib
import random
import subprocess
import sys

from jsonschema import Draft7Validator, FormatChecker

URI = "https://stac-extensions.github.io/random/v1.0.0/schema.json"
KEYS = ["a", "b", "c", "ab"]
KINDS = ["null", "boolean", "integer", "number", "string", "array", "object"]
COUNTS = ["minLength", "maxLength", "minItems", "maxItems", "minProperties", "maxProperties"]
BOUNDS = ["minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum"]
PLAIN = ["type", "enum", "const", *BOUNDS, "multipleOf", *COUNTS, "pattern", "format", "uniqueItems", "required"]
NESTED = ["items", "tuple", "contains", "properties", "patternProperties", "additionalProperties", "propertyNames",
          "dependencies", "allOf", "anyOf", "oneOf", "not", "if", "$ref"]

pick = random.Random(7)


def value(depth=3):
    kind = pick.randrange(9 if depth else 6)
    if kind == 0:
        return pick.choice([None, True, False])
    if kind in (1, 4):
        return pick.choice([0, 1, 2, 3, -1, 1.0, 2.5, 0.5, 100, 10**20, 1e20, -3, 5])
    if kind in (2, 3):
        return pick.choice(["", "a", "ab", "abc", "é", "e\u0301", "2020-01-01", "x y", "😀😀", "1.2.3.4", "/a"])
    if kind == 5:
        return pick.choice([[], {}])
    if kind == 6:
        return [value(depth - 1) for _ in range(pick.randint(0, 3))]
    return {pick.choice(KEYS): value(depth - 1) for _ in range(pick.randint(0, 3))}


def schema(depth=3):
    if pick.random() < 0.06:
        return pick.choice([True, False])
    made = {}
    for _ in range(pick.choice([1, 1, 2, 3])):
        made.update(keyword(pick.choice(PLAIN + NESTED * 2 if depth else PLAIN), depth - 1))
    return made


def keyword(name, depth):
    several = lambda least: [schema(depth) for _ in range(pick.randint(least, 3))]
    if name == "type":
        return {name: pick.choice([pick.choice(KINDS), pick.sample(KINDS, pick.randint(1, 4))])}
    if name == "enum":
        return {name: [value(1) for _ in range(pick.randint(1, 4))]}
    if name == "const":
        return {name: value(1)}
    if name in BOUNDS:
        return {name: pick.choice([0, 1, 2, 2.5, -1, 3])}
    if name == "multipleOf":
        return {name: pick.choice([1, 2, 3, 0.5])}
    if name in COUNTS:
        return {name: pick.randint(0, 3)}
    if name == "pattern":
        return {name: pick.choice(["^a", "b$", "^[a-c]*$", "^(?!x).*$", "."])}
    if name == "format":
        return {name: pick.choice(["date", "date-time", "uri", "ipv4", "regex", "json-pointer"])}
    if name == "uniqueItems":
        return {name: True}
    if name == "required":
        return {name: pick.sample(KEYS, pick.randint(0, 2))}
    if name == "tuple":
        return {"items": several(1), **({"additionalItems": schema(depth)} if pick.random() < 0.5 else {})}
    if name == "properties":
        return {name: {key: schema(depth) for key in pick.sample(KEYS, pick.randint(1, 3))}}
    if name == "patternProperties":
        return {name: {key: schema(depth) for key in pick.sample(["^a", "b", "^[bc]$"], pick.randint(1, 2))}}
    if name == "dependencies":
        return {name: {pick.choice(KEYS): pick.choice([schema(depth), pick.sample(KEYS, pick.randint(0, 2))])}}
    if name in ("allOf", "anyOf", "oneOf"):
        return {name: several(1)}
    if name == "if":
        return {name: schema(depth), "then": schema(depth), **({"else": schema(depth)} if pick.random() < 0.6 else {})}
    if name == "$ref":
        return {"allOf": [{"$ref": f"#/definitions/{pick.randrange(10)}"}]}
    return {name: schema(depth)}


def main() -> int:
    binary, work, count = sys.argv[1], pathlib.Path(sys.argv[2]), int(sys.argv[3])
    definitions = {str(number): schema(0) for number in range(10)}
    schemas = [schema() for _ in range(count)]
    values = [value() for _ in range(count)]
    folder = work / "random/extensions"
    folder.mkdir(parents=True)
    members = {f"random{number}": one for number, one in enumerate(schemas)}
    whole = {"definitions": definitions, "properties": {"properties": {"properties": members}}}
    (folder / "random-v1.0.0.json").write_text(json.dumps(whole))
    item = {"type": "Feature", "stac_version": "1.1.0", "id": "a", "geometry": None, "links": [], "assets": {}, "stac_extensions": [URI]}
    lines = work / "random.ndjson"
    with lines.open("w") as file:
        for number, one in enumerate(values):
            properties = {"datetime": "2025-01-01T00:00:00Z", f"random{number}": one}
            file.write(json.dumps({**item, "properties": properties}) + "\n")
    run = subprocess.run([binary, "check", "-f", "ndjson", "--schemas", work / "random", lines], capture_output=True, text=True)
    answers = [json.loads(line) for line in run.stdout.splitlines()]
    if len(answers) != count:
        print(f"{len(answers)} answers for {count} documents: {run.stderr[:500]}")
        return 1
    bad = invalid = 0
    for one, document, answer in zip(schemas, values, answers):
        rule = {"allOf": [one], "definitions": definitions}
        is_valid = Draft7Validator(rule, format_checker=FormatChecker()).is_valid(document)
        invalid += not is_valid
        if answer["verdict"] != ("valid" if is_valid else "invalid"):
            bad += 1
            print(f"{json.dumps(one)} of {json.dumps(document)}: jsonschema says {is_valid}, and we {answer['verdict']}")
    print(f"{count} random schemas: {invalid} values invalid; {bad} verdicts differ")
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main())
