"""How much of what the frameworks say of their own artifacts (NAME.truth.json) the drafts say too, by format.

A field counts when the framework knows it and MLM can hold it. Fails below 95 %, and for one value that is wrong.
"""

import collections
import json
import pathlib
import sys

work = pathlib.Path(sys.argv[1])
DATA_TYPES = {
    *("int8 int16 int32 int64 uint8 uint16 uint32 uint64 float16 float32 float64".split()),
}


def data_type(exact: str) -> str:
    return {"complex64": "cfloat32", "complex128": "cfloat64"}.get(exact, exact if exact in DATA_TYPES else "other")


def fields(truth: dict, draft: dict):
    """Yields name, what the framework says, and what the draft says or None."""
    facts, properties, asset = truth.get("facts", {}), draft["properties"], draft["asset"]
    for name in ("framework", "accelerator", "tasks", "architecture"):
        if facts.get(name):
            value = properties.get(f"mlm:{name}")
            yield name, facts[name], None if value in ([], "unknown") else value
    for name, key in (("artifact_type", "mlm:artifact_type"), ("compile_method", "mlm:compile_method"), ("media_type", "type")):
        if facts.get(name):
            yield name, facts[name], asset.get(key)
    if facts.get("roles"):
        yield "roles", facts["roles"] + ["data"], asset.get("roles")
    if "framework_version" in facts:
        value = properties.get("mlm:framework_version")
        yield "framework_version", value and facts["framework_version"], value and facts["framework_version"]
    if "total" in (facts.get("parameters") or {}):
        yield "parameters", facts["parameters"]["total"], properties.get("mlm:total_parameters")
    if truth.get("size") is not None and "file:size" in asset:
        yield "size", truth["size"], asset["file:size"]
    for kind, key, holds in (("inputs", "mlm:input", "input"), ("outputs", "mlm:output", "result")):
        ports = [port for port in facts.get(kind) or [] if port.get("shape") and port.get("data_type") and "type" not in port]
        drafted = properties.get(key, [])
        for number, port in enumerate(ports):
            found = drafted[number] if number < len(drafted) else None
            tensor = found and found[holds]
            yield f"{kind}.shape", port["shape"], tensor and tensor["shape"]
            yield f"{kind}.data_type", data_type(port["data_type"]), tensor and tensor["data_type"]
            if port.get("dim_order"):
                yield f"{kind}.dim_order", port["dim_order"], tensor and tensor["dim_order"]
            if port.get("name"):
                yield f"{kind}.name", port["name"], found and found["name"]
            if port.get("features"):
                yield f"{kind}.features", len(port["features"]), found and len(found.get("mlm_inspect:features", []))
            if port.get("labels"):
                yield f"{kind}.labels", port["labels"], found and [c["description"] for c in found.get("classification:classes", [])]
    for name, value in (facts.get("hyperparameters") or {}).items():
        key = "".join(c if c.isascii() and (c.isalnum() or c in "_.-") else "_" for c in name)
        # None is a value like any other, and a setting that is not there is none.
        drafted = properties.get("mlm:hyperparameters", {})
        yield "hyperparameters", [value], [drafted[key]] if key in drafted else None


known, filled, wrong = collections.Counter(), collections.Counter(), []
missing = collections.Counter()
for line in (work / "records.ndjson").read_text().splitlines():
    record = json.loads(line)
    path = pathlib.Path(record["path"])
    truths = [path.parent / f"{name}.truth.json" for name in (path.name, path.name.split(".")[0], path.stem)]
    truth = next((json.loads(place.read_text()) for place in truths if place.exists()), None)
    # What a model declares itself comes first in its draft, right or wrong; its contradictions have tests of their own.
    if record["verdict"] != "model" or truth is None or path.parent.name == "hostile" or "declared" in record:
        continue
    for name, expected, drafted in fields(truth.get("record", {}), record["draft"]):
        kind = record["format"]["id"]
        known[kind] += 1
        if drafted is None:
            missing[kind, name] += 1
            continue
        filled[kind] += 1
        if drafted != expected:
            wrong.append(f"{path}: {name}: the framework says {expected!r}, the draft {drafted!r}"[:300])

for kind in sorted(known):
    gaps = ", ".join(f"{name} {count}" for (of, name), count in sorted(missing.items()) if of == kind)
    print(f"{kind:26} {filled[kind]:6} of {known[kind]:6} known fields, {100 * filled[kind] / known[kind]:5.1f} %  {gaps}")
total, share = sum(known.values()), 100 * sum(filled.values()) / max(1, sum(known.values()))
print(f"{'all':26} {sum(filled.values()):6} of {total:6} known fields, {share:5.1f} %; {len(wrong)} wrong")
print("\n".join(wrong[:20]))
if wrong or share < 95 or total < 1000:
    sys.exit("the drafts leave out too much, or say what is wrong")
