"""Writes torch-export/ with torch.export.save and package_pt2 of the current torch (2.13.0)."""

import importlib.metadata
import importlib.util

import torch
from torch import nn
from torch.export import Dim, export
from torch.export.pt2_archive import _package

import common
from networks import UNet, small_net
from torch_export_truth import write
from torch_truth import declare_vision_operators

FORMAT = "torch-export"
MLM_PROPERTIES = """
mlm:name: land-cover-net
mlm:architecture: Net
mlm:framework: pytorch
mlm:framework_version: 2.13.0
mlm:tasks: [classification]
mlm:total_parameters: 1493
mlm:pretrained: false
mlm:pretrained_source: null
mlm:input:
  - name: rgb
    bands: [{name: B04}, {name: B03}, {name: B02}]
    input: {shape: [-1, 3, 16, 16], dim_order: [batch, bands, height, width], data_type: float32}
    pre_processing_function: null
mlm:output:
  - name: classes
    tasks: [classification]
    result: {shape: [-1, 5], dim_order: [batch, class], data_type: float32}
    classification:classes:
      - {value: 0, name: water, description: Open water}
      - {value: 1, name: forest, description: Closed forest}
      - {value: 2, name: field, description: Arable land}
      - {value: 3, name: road, description: Roads}
      - {value: 4, name: roof, description: Roofs}
    post_processing_function: null
"""


def save(name, program, how, keep_example=True, **options):
    """Saves a program under its name and writes its truth."""
    path = common.place(FORMAT, name)
    if not keep_example:
        program.example_inputs = None
    torch.export.save(program, path, **options)
    write(path, how)


def unet():
    torch.manual_seed(80)
    model = UNet().eval()
    program = export(model, (torch.randn(2, 13, 64, 64),), dynamic_shapes={"x": {0: Dim("batch", min=1, max=64)}})
    how = "a small U-Net of 13 bands and 5 classes; the batch varies from 1 to 64; saved without its example input"
    save("unet.pt2", program, how, keep_example=False)


class Fusion(nn.Module):
    """Several inputs, keyword ones among them, and nested outputs."""

    def __init__(self):
        super().__init__()
        self.optical = nn.Conv2d(4, 8, 3, padding=1)
        self.radar = nn.Conv2d(2, 8, 3, padding=1)
        self.head = nn.Linear(8 + 3, 6)

    def forward(self, images, weather, *, mask=None, scale=1.0):
        optical, radar = images
        features = torch.relu(self.optical(optical) + self.radar(radar)) * scale
        if mask is not None:
            features = features * mask
        pooled = torch.cat([features.mean((2, 3)), weather["daily"]], 1)
        return {"logits": self.head(pooled), "features": features}, (pooled, pooled.argmax(1))


def nested_io():
    torch.manual_seed(81)
    images = (torch.randn(2, 4, 8, 8), torch.randn(2, 2, 8, 8))
    named = {"mask": torch.ones(2, 1, 8, 8), "scale": 0.5}
    program = export(Fusion().eval(), (images, {"daily": torch.randn(2, 3)}), named)
    save(
        "nested_io.pt2",
        program,
        "a tuple, a dict, a keyword tensor and a float as inputs; a dict and a tuple as outputs",
    )


class Pyramid(nn.Module):
    """Any image whose sides are multiples of four."""

    def __init__(self):
        super().__init__()
        self.down = nn.Conv2d(3, 8, 4, stride=4)
        self.up = nn.ConvTranspose2d(8, 2, 4, stride=4)

    def forward(self, image):
        return self.up(torch.relu(self.down(image))), self.down(image).flatten(2).mean(2)


def dynamic_size():
    torch.manual_seed(82)
    sides = {0: Dim("batch"), 2: 4 * Dim("rows", min=2, max=256), 3: 4 * Dim("columns", min=2, max=256)}
    program = export(Pyramid().eval(), (torch.randn(2, 3, 16, 24),), dynamic_shapes={"image": sides})
    save(
        "dynamic_size.pt2",
        program,
        "batch, height and width vary, height and width in steps of four: sizes are expressions",
    )


class Buffers(nn.Module):
    """A persistent buffer that is written, one that is not saved, and tensors that are neither."""

    def __init__(self):
        super().__init__()
        self.fc = nn.Linear(16, 16)
        self.norm = nn.BatchNorm1d(16)
        self.register_buffer("calls", torch.zeros((), dtype=torch.int64))
        self.register_buffer("window", torch.hann_window(512), persistent=False)
        self.offset = torch.linspace(0, 1, 300)

    def forward(self, x):
        self.calls.add_(1)
        y = self.norm(self.fc(x)) + self.window[:16] * self.offset[:16]
        return y * torch.tensor([2.0, 0.5]).sum()


def buffers():
    torch.manual_seed(83)
    program = export(Buffers().train(), (torch.randn(4, 16),))
    how = "written and non-persistent buffers, batch norm in training mode, two lifted tensor constants (not counted)"
    save("buffers.pt2", program, how)


class WordModel(nn.Module):
    """An embedding whose weight is also that of the last layer."""

    def __init__(self):
        super().__init__()
        self.encoder = nn.Embedding(40, 16)
        self.inner = nn.Linear(16, 16)
        self.decoder = nn.Linear(16, 40)
        self.decoder.weight = self.encoder.weight

    def forward(self, tokens):
        return self.decoder(torch.tanh(self.inner(self.encoder(tokens))).cumsum(1))


def tokens():
    torch.manual_seed(84)
    shapes = {"tokens": {0: Dim("batch"), 1: Dim("length", min=2, max=128)}}
    program = export(WordModel().eval(), (torch.zeros(2, 6, dtype=torch.int64),), dynamic_shapes=shapes)
    save("tokens.pt2", program, "int64 tokens of varying length; encoder.weight and decoder.weight are one tensor")


def named_pt():
    program = export(small_net(85), (torch.randn(1, 3, 16, 16),))
    save("named_pt.pt", program, "a PT2 archive under the name .pt")


def extra_files():
    program = export(small_net(86), (torch.randn(1, 3, 16, 16),))
    extra = {"labels.txt": "water\nforest\nfield\nroad\nroof\n", "config.json": '{"image_size": 16}'}
    save("extra_files.pt2", program, "with extra_files labels.txt and config.json", extra_files=extra)


class Normalize(nn.Module):
    """What has to happen to an image before the model."""

    def __init__(self):
        super().__init__()
        self.register_buffer("mean", torch.rand(3, 1, 1))

    def forward(self, pixels):
        return pixels.float() / 255 - self.mean


def several():
    torch.manual_seed(87)
    programs = {
        "model": export(small_net(87), (torch.randn(1, 3, 16, 16),)),
        "transforms": export(Normalize(), (torch.zeros(1, 3, 16, 16, dtype=torch.uint8),)),
    }
    path = common.place(FORMAT, "several.pt2")
    _package.package_pt2(path, exported_programs=programs)
    loaded = _package.load_pt2(path).exported_programs
    how = "two programs in one archive, model and transforms; inputs, outputs and counts are those of model"
    write(path, how, loaded["model"])


def decomposed():
    torch.manual_seed(88)
    model = nn.Sequential(nn.Linear(8, 64), nn.BatchNorm1d(64), nn.GELU(), nn.Linear(64, 4)).bfloat16().train()
    rows = {0: Dim("rows", max=1024)}
    program = export(model, (torch.randn(5, 8, dtype=torch.bfloat16),), dynamic_shapes={"input": rows})
    how = "bfloat16, training, after run_decompositions(): the outputs begin with the buffers that are written"
    save("decomposed.pt2", program.run_decompositions(), how)


class Branches(nn.Module):
    """A condition, an int input and an input that is written."""

    def __init__(self):
        super().__init__()
        self.left, self.right = nn.Linear(8, 8), nn.Linear(8, 8)

    def forward(self, x, state, steps: int):
        state.add_(1)
        y = torch.cond(x.sum() > 0, lambda t: self.left(t), lambda t: self.right(t), (x,))
        return y * steps, steps + 1, None


def branches():
    torch.manual_seed(89)
    shapes = {"x": None, "state": None, "steps": Dim.DYNAMIC}
    program = export(Branches(), (torch.randn(2, 8), torch.zeros(3), 4), dynamic_shapes=shapes)
    how = "torch.cond with graphs inside the graph, a symbolic int as input and as output, an input that is written"
    save("branches.pt2", program, how)


def mlm_metadata():
    if not importlib.util.find_spec("stac_model"):
        return common.skip("stac-model is not installed")
    declare_vision_operators()
    import stac_model.torch.export as stac
    import yaml
    from stac_model.schema import MLModelProperties

    torch.manual_seed(90)
    properties = MLModelProperties(**yaml.safe_load(MLM_PROPERTIES))
    path = common.place(FORMAT, "mlm_metadata.pt2")
    stac.save(path, [-1, 3, 16, 16], small_net(90), Normalize(), properties)
    loaded = _package.load_pt2(path)
    how = "packed by stac_model: model and transforms, and MLM properties as YAML in extra/mlm-metadata"
    versions = {"stac-model": importlib.metadata.version("stac-model")}
    write(path, how, loaded.exported_programs["model"], versions=versions)


FUNCTIONS = [
    unet, nested_io, dynamic_size, buffers, tokens, named_pt, extra_files, several, decomposed, branches, mlm_metadata,
]  # fmt: skip

if __name__ == "__main__":
    common.run_all(FUNCTIONS, common.start(__doc__, neutral=True).names)
