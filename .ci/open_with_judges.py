"""Opens Items with stac-pydantic, stac-model and pystac's MLM extension: open_with_judges.py DRAFTS FINALS

Each reads every field of a model that it knows. Of drafts pystac is not asked for bands: it demands a list that only a final Item
has.
"""

import json
import pathlib
import sys
import warnings

import pystac
from pystac.extensions.mlm import AssetDetailedMLMExtension, AssetGeneralMLMExtension, MLMExtension
from stac_model.schema import MLModelProperties
from stac_pydantic import Item


def by_stac_pydantic(item: dict, is_final: bool) -> None:
    Item.model_validate(item)


def by_stac_model(item: dict, is_final: bool) -> None:
    MLModelProperties(**item["properties"])


def by_pystac(item: dict, is_final: bool) -> None:
    item = pystac.Item.from_dict(item)
    model = MLMExtension.ext(item)
    for field in ("mlm_name", "architecture", "tasks", "framework", "framework_version", "total_parameters", "hyperparameters",
                  "accelerator", "pretrained"):
        getattr(model, field)
    for one in model.input:
        fields = [one.name, one.input.shape, one.input.dim_order, one.input.data_type, one.value_scaling, one.resize_type]
        assert len(fields[1]) == len(fields[2])
        if is_final:
            assert one.bands is not None
    for one in model.output:
        assert one.name and len(one.result.shape) == len(one.result.dim_order) and one.tasks is not None
        _ = one.classes
    for asset in item.assets.values():
        if "mlm:model" in (asset.roles or []):
            for kind in (AssetGeneralMLMExtension, AssetDetailedMLMExtension):
                _ = kind.ext(asset).artifact_type


def main() -> int:
    warnings.simplefilter("ignore")
    bad = 0
    for path, is_final in zip(map(pathlib.Path, sys.argv[1:3]), (False, True)):
        items = [json.loads(line) for line in path.read_text().splitlines()]
        for item in items:
            for judge in (by_stac_pydantic, by_stac_model, by_pystac):
                try:
                    judge(json.loads(json.dumps(item)), is_final)
                except Exception as error:  # noqa: BLE001  whatever a judge throws is its verdict
                    bad += 1
                    if bad <= 20:
                        print(f"{path.stem}: {item['id']} {judge.__name__}: {type(error).__name__}: {str(error)[:300]}")
        print(f"{len(items)} {path.stem} opened by stac-pydantic, stac-model and pystac")
        if len(items) < 100:
            print("too few of them")
            bad += 1
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main())
