"""Writes an adapter of AdapterHub's library with tiny random weights, and what the library says of it.

Needs requirements-adapterhub.txt.
"""

import json
import os

os.environ["HF_HUB_OFFLINE"] = "1"

import adapters
import torch
import transformers
from common import place, run_all, start, write_truth


def bottleneck():
    """An adapter with a head that classifies, both as torch's pickles."""
    torch.manual_seed(0)
    config = transformers.BertConfig(
        hidden_size=8, num_hidden_layers=1, num_attention_heads=2, intermediate_size=8, vocab_size=32,
        max_position_embeddings=16)
    model = adapters.BertAdapterModel(config)
    model.add_adapter("cover", config="seq_bn")
    model.add_classification_head("cover", num_labels=3, id2label={0: "forest", 1: "water", 2: "urban"})
    path = place("adapterhub", "bottleneck")
    path.mkdir(parents=True, exist_ok=True)
    model.save_adapter(str(path), "cover")
    again = adapters.BertAdapterModel(config)
    name = again.load_adapter(str(path))
    total = sum(each.numel() for key, each in again.named_parameters() if f"adapters.{name}." in key)
    # `get_labels` has them in the order of the file; this says which is which.
    labels = [again.get_labels_dict(name)[index] for index in range(3)]
    write_truth(
        path, written_by={"adapters": adapters.__version__, "transformers": transformers.__version__},
        how="BertAdapterModel.save_adapter of a bottleneck with a head",
        record={
            "verdict": "model", "format": {"id": "adapterhub"},
            "facts": {
                "framework": "Hugging Face", "architecture": "BertAdapterModel", "parameters": {"total": total},
                "producer": {"name": "adapters", "version": adapters.__version__}, "tasks": ["classification"],
                "outputs": [{"name": "logits", "shape": [-1, 3], "labels": labels}],
            },
            "findings": [{"severity": "warning", "code": "adapterhub.adapter"}],
            "loading": {"verdict": "data-only"}})


def hostile():
    """Weights that are a pickle which runs a command."""
    path = place("hostile", "adapterhub_system")
    path.mkdir(parents=True, exist_ok=True)
    (path / "adapter_config.json").write_text(json.dumps({"model_class": "BertAdapterModel", "config": {"r": 8}}))
    (path / "pytorch_adapter.bin").write_bytes(b"\x80\x02cposix\nsystem\n(X\x04\x00\x00\x00truetR.")
    write_truth(
        path, written_by={}, how="an adapter whose weights are a pickle that calls posix.system",
        record={"format": {"id": "adapterhub"}, "loading": {"verdict": "dangerous"}})


FUNCTIONS = [bottleneck, hostile]

if __name__ == "__main__":
    run_all(FUNCTIONS, start(__doc__.splitlines()[0]).names)
