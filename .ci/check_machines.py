"""Reads a SARIF log and the rows of --flat with what others read them with: see check-machines."""

import importlib.util
import json
import pathlib
import sys

work = pathlib.Path(sys.argv[1])
rows = work / "rows.ndjson"
records = [json.loads(line) for line in (work / "records.ndjson").read_text().splitlines()]
SETTINGS = max(len(record.get("facts", {}).get("hyperparameters", {})) for record in records)


def sarif():
    from pydantic_sarif.model import StaticAnalysisResultsFormatSarifVersion210JsonSchema as Log

    text = (work / "log.sarif").read_text()
    Log.model_validate_json(text)
    run = json.loads(text)["runs"][0]
    findings = sum(len(record.get("findings", [])) for record in records)
    assert len(run["results"]) >= findings, "a finding is missing"
    rules = [rule["id"] for rule in run["tool"]["driver"]["rules"]]
    assert len(rules) == len(set(rules)), "a rule stands there twice"
    assert all(rules[result["ruleIndex"]] == result["ruleId"] for result in run["results"])
    return f"{len(run['results'])} results by {len(rules)} rules"


def schema():
    import jsonschema

    validator = jsonschema.Draft202012Validator(json.loads((work / "schema.json").read_text()))
    lines = rows.read_text().splitlines()
    for line in lines:
        validator.validate(json.loads(line))
    assert len(lines) == len(records)
    return f"{len(lines)} rows"


def polars():
    import polars

    # By default it looks at 100 rows; that of a table this short tells it nothing of the rest.
    table = polars.read_ndjson(rows, infer_schema_length=None)
    return table.height, table["facts"].struct.field("hyperparameters").list.len().max()


def duckdb():
    import duckdb

    query = f"select count(*), max(len(facts.hyperparameters)) from read_json_auto('{rows}', sample_size = -1)"
    return duckdb.sql(query).fetchall()[0]


def pandas():
    import pandas

    table = pandas.read_json(rows, lines=True)
    return len(table), max(len(facts["hyperparameters"] or []) for facts in table["facts"].dropna())


def pyarrow():
    import pyarrow.compute
    import pyarrow.json

    # It takes the types from the first block.
    options = pyarrow.json.ReadOptions(block_size=rows.stat().st_size + 1)
    table = pyarrow.json.read_json(rows, read_options=options)
    facts = table["facts"].combine_chunks()
    lengths = pyarrow.compute.list_value_length(pyarrow.compute.struct_field(facts, "hyperparameters"))
    return table.num_rows, pyarrow.compute.max(lengths).as_py()


def is_there(module):
    return importlib.util.find_spec(module) is not None


if is_there("pydantic_sarif"):
    print("SARIF:", sarif())
if is_there("jsonschema"):
    print("schema of --flat:", schema())
for reader in (polars, duckdb, pandas, pyarrow):
    if is_there(reader.__name__):
        assert tuple(reader()) == (len(records), SETTINGS), f"{reader.__name__}: {reader()}"
        print(f"{reader.__name__}: {len(records)} rows of --flat, {SETTINGS} settings at most")
