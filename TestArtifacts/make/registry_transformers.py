"""Reads which model classes of transformers take images or tokens alone, by running each on tensors without data.

A class counts when `forward` takes nothing else of another kind (text beside images, sound, points) and its answer has the
shape that the end of its name promises. A class that cannot be run this way is not among them. Names of classes as arguments:
only these.
"""

import importlib
import inspect
import os
import pkgutil
import signal
import sys
import warnings

os.environ["HF_HUB_OFFLINE"] = "1"
warnings.filterwarnings("ignore")

import torch
import torchvision_operators  # before transformers
import transformers
from registry import Registry, read_versions
from transformers import PreTrainedModel, masking_utils

transformers.logging.set_verbosity_error()
# The text that is run here is no packing of several, which only its data could tell.
masking_utils.find_packed_sequence_indices = lambda position_ids: None

# Endings of names, and how the answer looks: its key, its dimensions, and where the classes or the vocabulary are.
IMAGES = {
    "ForImageClassification": ("logits", 2, 1),
    "ForSemanticSegmentation": ("logits", 4, 1),
    "ForObjectDetection": ("logits", 3, None),
    "ForInstanceSegmentation": ("class_queries_logits", 3, None),
    "ForUniversalSegmentation": ("class_queries_logits", 3, None),
    "ForImageSuperResolution": ("reconstruction", 4, None),
    "ForDepthEstimation": ("predicted_depth", 3, None),
}
TOKENS = {
    "ForSequenceClassification": ("logits", 2, 1),
    "ForTokenClassification": ("logits", 3, 2),
    "ForCausalLM": ("logits", 3, 2),
    "LMHeadModel": ("logits", 3, 2),
    "ForMaskedLM": ("logits", 3, 2),
}
# Arguments of `forward` that are what another kind of model takes.
OTHERS = ("pixel_values", "input_features", "input_values", "input_points", "flattened_patches", "image_", "pixel_",
          "speech", "audio", "bbox", "values", "image", "inputs")
CLASSES = 7
SECONDS = 10


def classes():
    """All classes of models by their names."""
    found = {}
    for package in pkgutil.iter_modules(transformers.models.__path__):
        try:
            loaded = importlib.import_module(f"transformers.models.{package.name}.modeling_{package.name}")
        except (ImportError, RuntimeError):
            continue
        for name, value in vars(loaded).items():
            if inspect.isclass(value) and issubclass(value, PreTrainedModel) and value.__module__ == loaded.__name__:
                found[name] = value
    return found


def make(kind, is_small=True):
    """The configuration of a model, of few layers where it can be made of few."""
    config = kind.config_class()
    for name in ("use_pretrained_backbone", "use_timm_backbone"):
        if getattr(config, name, None):
            setattr(config, name, False)
    config.use_cache = False
    if not is_small:
        return config
    texts = [config] + [getattr(config, name) for name in getattr(config, "sub_configs", {}) if getattr(config, name, None)]
    for part in texts:
        for name, value in (("num_hidden_layers", 2), ("n_layer", 2), ("encoder_layers", 2), ("decoder_layers", 2)):
            if isinstance(getattr(part, name, None), int) and not isinstance(getattr(type(part), name, None), property):
                setattr(part, name, min(value, getattr(part, name)))
    return config


def run(kind, device, value, is_small):
    config = make(kind, is_small)
    config.num_labels = CLASSES
    if getattr(config, "pad_token_id", None) is None:
        config.pad_token_id = 0
    with torch.device(device), torch.no_grad():
        return config, kind(config).to(torch.bfloat16).eval()(value(config).to(device))


def size(kind):
    with torch.device("meta"):
        return sum(each.numel() for each in kind(make(kind)).parameters())


def picture(config):
    side = getattr(config, "image_size", None) or 224
    sides = side if isinstance(side, (list, tuple)) else (side, side)
    return torch.zeros(2, getattr(config, "num_channels", 3), *sides, dtype=torch.bfloat16)


def tokens(config):
    end = getattr(config, "eos_token_id", None)
    text = [3, 4, 5, 6, 7, end if isinstance(end, int) else 8]
    return torch.tensor([text, text])


def alarm(*_):
    raise TimeoutError


def answers(kind, value, expected):
    """None where the answer is of another shape, or there is none."""
    key, rank, place = expected
    problem = ""
    for device, is_small in (("meta", True), ("cpu", True), ("meta", False)):
        signal.alarm(SECONDS)
        try:
            if device == "cpu" and size(kind) > 100_000_000:
                continue
            # What needs the data of a tensor runs without memory no more often when it is larger.
            if device == "meta" and not is_small and "item() cannot" in problem:
                continue
            config, out = run(kind, device, value, is_small)
        except BaseException as error:
            if isinstance(error, KeyboardInterrupt):
                raise
            problem = f"{type(error).__name__}: {str(error)[:90]}"
            continue
        finally:
            signal.alarm(0)
        found = out.get(key) if hasattr(out, "get") else None
        if not isinstance(found, torch.Tensor) or found.dim() != rank or found.shape[0] != 2:
            return f"{key} is {getattr(found, 'shape', None)}"
        is_classes = value is picture or "Classification" in kind.__name__
        expected = CLASSES if is_classes else config.get_text_config().vocab_size
        if place is not None and found.shape[place] != expected:
            return f"{key} is {tuple(found.shape)}, not {expected}"
        return ""
    return problem


def others(kind, main):
    names = [name for name in inspect.signature(kind.forward).parameters if name != main and not name.endswith("_mask")]
    return [name for name in names if any(name.startswith(each) for each in OTHERS) and "inputs_embeds" not in name]


def read(*only):
    found = {"images": set(), "tokens": set()}
    for name, kind in sorted(classes().items()):
        if only and name not in only:
            continue
        for group, endings, main, value in (
            ("images", IMAGES, "pixel_values", picture), ("tokens", TOKENS, "input_ids", tokens)):
            ending = next((each for each in endings if name.endswith(each)), None)
            if ending is None:
                continue
            parameters = list(inspect.signature(kind.forward).parameters)[1:]
            why = "" if kind.main_input_name == main and parameters[0] == main else f"takes {parameters[:2]}"
            why = why or (f"takes {others(kind, main)}" if others(kind, main) else "") or answers(kind, value, endings[ending])
            if why:
                print(f"{name}: {why}", file=sys.stderr)
            else:
                found[group].add(name)
    return found


if __name__ == "__main__":
    signal.signal(signal.SIGALRM, alarm)
    found = read(*sys.argv[1:])
    registry = Registry(
        "HuggingFace/TransformersRegistry.swift", "TransformersRegistry",
        "Model classes of transformers that were run on the one input that is named here, and answered as the end of their "
        "name promises.", "TestArtifacts/make/registry_transformers.py")
    registry.add("images", found["images"], "Those that take `pixel_values` of batch, channel, height and width.")
    registry.add("tokens", found["tokens"], "Those that take `input_ids` of batch and token.")
    registry.write()
    read_versions("transformers", transformers.__version__)
