#!/usr/bin/env python3
"""A catalogue of all models below a folder, with pystac: catalogue.py FOLDER OUTPUT

Each model becomes an Item; what its file does not say is asked for once, here, and is the same for all.
"""

import os
import sys

import mlm_inspect
import pystac

GIVEN: mlm_inspect.Given = {"geometry": "world", "start": "..", "end": "..", "license": "Apache-2.0"}


def main() -> None:
    """Scans, drafts and saves."""
    folder, output = sys.argv[1:3]
    catalogue = pystac.Catalog(id=os.path.basename(os.path.abspath(folder)), description=f"Models below {folder}")
    taken = set()
    for record in mlm_inspect.scan(folder, models_only=True):
        path = record["path"]
        if "!/" in path:
            print(f"{path}: is in an archive; unpack it to draft it")
            continue
        if record["loading"]["verdict"] == "dangerous":
            print(f"{path}: left out, since loading it is dangerous")
            continue
        item = mlm_inspect.to_pystac(mlm_inspect.draft(path, asset_href=os.path.abspath(path), **GIVEN))
        # Two models of one name in two folders are two Items.
        number = 1
        while item.id in taken:
            number += 1
            item.id = f"{item.id.rpartition('-')[0] if number > 2 else item.id}-{number}"
        taken.add(item.id)
        catalogue.add_item(item)
        missing = ", ".join(gap["pointer"].rpartition("/")[2] for gap in item.properties["mlm_inspect:todo"])
        print(f"{path}: {item.id}" + (f"; missing: {missing}" if missing else ""))
    catalogue.normalize_and_save(output, catalog_type=pystac.CatalogType.SELF_CONTAINED)


if __name__ == "__main__":
    main()
