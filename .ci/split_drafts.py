"""Checks records (records.ndjson) against the record's schema and writes their drafts as Items and as bare assets."""

import json
import pathlib
import sys

from jsonschema import Draft202012Validator

work = pathlib.Path(sys.argv[1])
schema = json.loads((work / "schema.json").read_text())
Draft202012Validator.check_schema(schema)
validator = Draft202012Validator(schema)
assets = work / "assets"
assets.mkdir()
records = [json.loads(line) for line in (work / "records.ndjson").read_text().splitlines()]
bad = drafts = 0
with (work / "items.ndjson").open("w") as items:
    for number, record in enumerate(records):
        for error in validator.iter_errors(record):
            print(f"{record['path']}: {error.json_path}: {error.message[:300]}")
            bad += 1
        draft = record.get("draft")
        if (draft is not None) != (record["verdict"] == "model"):
            print(f"{record['path']}: a model has a draft, and nothing else has one")
            bad += 1
        if draft is None:
            continue
        drafts += 1
        (assets / f"{number}.json").write_text(json.dumps(draft["asset"]))
        item = {
            "type": "Feature",
            "stac_version": "1.1.0",
            "stac_extensions": [
                "https://stac-extensions.github.io/mlm/v1.5.2/schema.json",
                "https://stac-extensions.github.io/file/v2.1.0/schema.json",
                "https://stac-extensions.github.io/classification/v1.1.0/schema.json",
            ],
            "id": f"draft-{number}",
            "geometry": None,
            "properties": {
                "datetime": None,
                "start_datetime": "1900-01-01T00:00:00Z",
                "end_datetime": "9999-12-31T23:59:59Z",
                **draft["properties"],
            },
            "links": [],
            "assets": {"model": draft["asset"]},
        }
        items.write(json.dumps(item) + "\n")
print(f"{len(records)} records, {drafts} drafts, {bad} violations of the record's schema")
if bad or drafts < 100:
    sys.exit("too few drafts, or records that break their schema")
