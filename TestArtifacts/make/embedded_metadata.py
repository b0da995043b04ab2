"""Writes models that carry MLM metadata as stac-model spells it: `.pt2`, TorchScript, ONNX, safetensors.

Needs torch 2.13.0, stac-model, kornia, onnx, safetensors. The truth of `declared` is what PyYAML reads.
"""

import importlib.metadata
import json

import onnx
import safetensors.torch
import torch
import yaml
from onnx import TensorProto, helper
from torch.export.pt2_archive import _package

import common
import torch_export_truth
import torch_script
from networks import small_net
from torch_export import MLM_PROPERTIES, Normalize
from torch_truth import VERSIONS, declare_vision_operators

declare_vision_operators()

import stac_model.torch.export as stac  # noqa: E402
from stac_model.schema import MLModelProperties  # noqa: E402
from stac_model.torch.utils import model_properties_to_metadata  # noqa: E402

STAC_MODEL = {"stac-model": importlib.metadata.version("stac-model")}


def properties(**changes):
    return MLModelProperties(**{**yaml.safe_load(MLM_PROPERTIES), **changes})


def declared(text, where):
    """What PyYAML reads, sets as lists."""
    def plain(value):
        if isinstance(value, dict):
            return {key: plain(item) for key, item in value.items()}
        if isinstance(value, (set, tuple, list)):
            return [plain(item) for item in (sorted(value) if isinstance(value, set) else value)]
        return value
    return {"where": where, "properties": plain(yaml.load(text, yaml.UnsafeLoader)["properties"])}


def add_truth(path, declared, **changes):
    """Adds what is declared to a truth that was written."""
    place = path.with_name(path.name.split(".")[0] + ".truth.json")
    truth = json.loads(place.read_text())
    truth["record"]["declared"] = declared
    truth["written_by"].update(STAC_MODEL)
    truth["record"].update(changes)
    place.write_text(common.pretty(truth) + "\n")


def mlm_wrong_channels():
    torch.manual_seed(91)
    wrong = properties()
    path = common.place("torch-export", "mlm_wrong_channels.pt2")
    model, _ = stac.export([-1, 3, 16, 16], small_net(91), None, "cpu", torch.float32)
    wrong.input[0].input.shape = [-1, 4, 16, 16]
    stac.package(path, model, None, wrong)
    loaded = _package.load_pt2(path)
    torch_export_truth.write(
        path, "packed by stac_model with 4 channels declared, though the model takes 3", loaded.exported_programs["model"])
    add_truth(path, declared(model_properties_to_metadata(wrong), "mlm_wrong_channels/extra/mlm-metadata"))


def mlm_metadata_script():
    torch.manual_seed(92)
    path = common.place("torchscript", "mlm_metadata.pt")
    module = torch.jit.script(small_net(92))
    text = model_properties_to_metadata(properties())
    torch.jit.save(module, str(path), _extra_files={"mlm-metadata": text})
    torch_script.write(path, "torch.jit.save with stac-model's YAML as an extra file", module, architecture="Net")
    add_truth(path, declared(text, "mlm_metadata/extra/mlm-metadata"))


def mlm_metadata_onnx():
    path = common.place("onnx", "mlm_metadata.onnx")
    graph = helper.make_graph(
        [helper.make_node("Relu", ["x"], ["y"])], "relu",
        [helper.make_tensor_value_info("x", TensorProto.FLOAT, ["N", 3, 16, 16])],
        [helper.make_tensor_value_info("y", TensorProto.FLOAT, ["N", 3, 16, 16])])
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 18)])
    fields = {
        "mlm:name": "rectifier", "mlm:tasks": '["regression"]', "mlm:framework": "PyTorch", "mlm:pretrained": "false",
    }
    helper.set_model_props(model, fields)
    onnx.checker.check_model(model)
    onnx.save_model(model, path)
    common.write_truth(
        path, written_by={"onnx": onnx.__version__}, how="metadata_props with a key for each field of MLM",
        record={
            "verdict": "model", "format": {"id": "onnx"},
            "declared": {
                "where": "metadata_props: mlm:…",
                "properties": {"mlm:name": "rectifier", "mlm:tasks": ["regression"], "mlm:framework": "PyTorch",
                               "mlm:pretrained": False}},
        })


def mlm_metadata_safetensors():
    path = common.place("safetensors", "mlm_metadata.safetensors")
    text = json.dumps({"properties": json.loads(properties().model_dump_json(by_alias=True))})
    safetensors.torch.save_file({"w": torch.ones(3, 3)}, path, metadata={"format": "pt", "mlm-metadata": text})
    common.write_truth(
        path, written_by={**VERSIONS, **STAC_MODEL}, how="__metadata__ with stac-model's properties as JSON",
        record={
            "verdict": "model", "format": {"id": "safetensors"},
            "declared": {"where": "__metadata__: mlm-metadata", "properties": json.loads(text)["properties"]},
        })


FUNCTIONS = [mlm_wrong_channels, mlm_metadata_script, mlm_metadata_onnx, mlm_metadata_safetensors]

if __name__ == "__main__":
    common.run_all(FUNCTIONS, common.start(__doc__, neutral=True).names)
