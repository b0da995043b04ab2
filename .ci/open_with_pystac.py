"""Opens what `mlm-inspect draft` wrote with pystac, as those do who use a catalogue, and follows every link and asset."""

import json
import pathlib
import sys

import pystac

work = pathlib.Path(sys.argv[1])
bad = []


def check(good: bool, what: str) -> None:
    if not good:
        bad.append(what)


drafted = [pystac.Item.from_dict(json.loads(line)) for line in (work / "drafted.ndjson").read_text().splitlines()]
check(len(drafted) >= 100, f"only {len(drafted)} Items were drafted")

unet = pystac.Item.from_file(str(work / "unet.json"))
check(not any(key.startswith("mlm_inspect:") for key in unet.properties), "a final Item has mlm_inspect:*")
check(unet.geometry is not None and len(unet.bbox) == 4, "the final Item has no place")
check(unet.datetime is None and unet.common_metadata.start_datetime is not None, "the final Item has no time")
check(pathlib.Path(unet.assets["model"].get_absolute_href()).is_file(), "the asset of the final Item is not there")

several = pystac.ItemCollection.from_file(str(work / "several.json"))
check(len(several) == 2, "the ItemCollection does not have two Items")

collection = pystac.Collection.from_file(str(work / "collection" / "collection.json"))
items = list(collection.get_items())
check(len(items) >= 100, f"the Collection has only {len(items)} Items")
check(len({item.id for item in items}) == len(items), "two Items of the Collection have one id")
for item in items:
    check(item.get_collection() is collection, f"{item.id} does not lead back to its Collection")
    check(item.get_parent() is collection, f"{item.id} has another parent")
    for key, asset in item.assets.items():
        href = asset.get_absolute_href()
        check(href is not None and pathlib.Path(href).exists(), f"{item.id}: asset {key} is not at {href}")

print(f"pystac: {len(drafted)} Items, an Item ready to publish, and a Collection of {len(items)}")
if bad:
    sys.exit("\n".join(bad))
