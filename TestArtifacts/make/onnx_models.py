"""Writes the ONNX models that PyTorch and ONNX Runtime make, ONNX Runtime's own format too, with their truths.

Written with torch 2.13.0 (both exporters), onnx 1.23.2, onnxscript 0.7.2, onnxruntime 1.32.0.
"""

import logging
import math
import warnings

import numpy
import onnx
import onnxruntime
import torch
from onnxruntime.quantization import CalibrationDataReader, QuantFormat, quantize_dynamic, quantize_static
from onnxruntime.tools.convert_onnx_models_to_ort import OptimizationStyle, convert_onnx_models_to_ort
from onnxruntime.tools.ort_format_model.ort_flatbuffers_py.fbs.InferenceSession import InferenceSession
from torch import nn

from common import SCRATCH, place, run_all, start, write_truth
from onnx_truth import data_type_name, write_onnx_truth

BY_TORCH = {"torch": torch.__version__}
BY_RUNTIME = {**BY_TORCH, "onnxruntime": onnxruntime.__version__}
BATCH = torch.export.Dim("batch")


# ---------------------------------------------------------------- networks


def neutral(model_class):
    """Gives the forward method a file name without a machine's path, for the stack traces that the exporter stores."""
    forward = model_class.forward
    forward.__code__ = forward.__code__.replace(co_filename="tiny_models.py")
    return model_class


@neutral
class TinyCnn(nn.Module):
    """A small image classifier."""

    def __init__(self, bands=3, classes=10):
        super().__init__()
        self.conv = nn.Conv2d(bands, 8, 3, padding=1)
        self.norm = nn.BatchNorm2d(8)
        self.fc = nn.Linear(8 * 4 * 4, classes)

    def forward(self, image):
        x = torch.relu(self.norm(self.conv(image)))
        x = nn.functional.avg_pool2d(x, 8)
        return self.fc(x.flatten(1))


@neutral
class TinySegmenter(nn.Module):
    """A fully convolutional network over 13 bands, whatever the size of the image."""

    def __init__(self):
        super().__init__()
        self.encoder = nn.Conv2d(13, 16, 3, stride=2, padding=1)
        self.decoder = nn.ConvTranspose2d(16, 5, 2, stride=2)

    def forward(self, image):
        return self.decoder(torch.relu(self.encoder(image)))


@neutral
class TinyTwoInputs(nn.Module):
    """An image and the months of acquisition in, two tensors out."""

    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(4, 8, 3, padding=1)
        self.months = nn.Embedding(12, 8)

    def forward(self, image, month):
        features = self.conv(image) + self.months(month)[:, :, None, None]
        return features, features.mean((2, 3))


def seeded(model_class, *arguments):
    """A network with reproducible weights, ready to be exported."""
    torch.manual_seed(0)
    return model_class(*arguments).eval()


def export(model, arguments, path, **options):
    """Exports with the dynamo exporter, weights inside unless said otherwise."""
    options = {"external_data": False, "verbose": False, **options}
    torch.onnx.export(model, arguments, path, dynamo=True, **options)


def onnx_path(name):
    return place("onnx", f"{name}.onnx")


def scratch_cnn():
    """A plain export of TinyCnn as the input of other tools."""
    path = SCRATCH / "tiny_cnn.onnx"
    names = {"input_names": ["image"], "output_names": ["logits"]}
    export(seeded(TinyCnn), (torch.randn(2, 3, 32, 32),), path, dynamic_shapes=({0: BATCH},), **names)
    return path


# ---------------------------------------------------------------- PyTorch


def torch_dynamo_cnn():
    path = onnx_path("torch_dynamo_cnn")
    names = {"input_names": ["image"], "output_names": ["logits"]}
    export(seeded(TinyCnn), (torch.randn(2, 3, 32, 32),), path, dynamic_shapes=({0: BATCH},), **names)
    write_onnx_truth(path, "torch.onnx.export with dynamo=True of a small CNN, dynamic batch", written_by=BY_TORCH)


def torch_script_cnn():
    path = onnx_path("torch_script_cnn")
    torch.onnx.export(
        seeded(TinyCnn),
        (torch.randn(1, 3, 32, 32),),
        path,
        dynamo=False,
        input_names=["image"],
        output_names=["logits"],
        dynamic_axes={"image": {0: "batch"}, "logits": {0: "batch"}},
    )
    write_onnx_truth(
        path, "the TorchScript exporter (dynamo=False) of a small CNN, batch norm folded", written_by=BY_TORCH
    )


def torch_script_ir_inputs():
    path = onnx_path("torch_script_ir_inputs")
    options = {"dynamo": False, "opset_version": 11, "keep_initializers_as_inputs": True}
    torch.onnx.export(seeded(TinyCnn, 4), (torch.randn(1, 4, 32, 32),), path, **options)
    write_onnx_truth(
        path, "the TorchScript exporter at opset 11 with initializers as graph inputs too", written_by=BY_TORCH
    )


def torch_dynamic_size():
    path = onnx_path("torch_dynamic_size")
    sizes = {0: BATCH, 2: 2 * torch.export.Dim("half_height"), 3: 2 * torch.export.Dim("half_width")}
    names = {"input_names": ["image"], "output_names": ["mask"]}
    export(seeded(TinySegmenter), (torch.randn(2, 13, 64, 64),), path, dynamic_shapes=(sizes,), **names)
    write_onnx_truth(
        path, "batch, height and width dynamic: dim_param names, some of them formulas", written_by=BY_TORCH
    )


def torch_two_inputs():
    path = onnx_path("torch_two_inputs")
    arguments = (torch.randn(1, 4, 16, 16), torch.tensor([3]))
    names = {"input_names": ["image", "month"], "output_names": ["features", "pooled"]}
    export(seeded(TinyTwoInputs), arguments, path, **names)
    write_onnx_truth(path, "float image and int64 month in, two outputs, all shapes fixed", written_by=BY_TORCH)


def torch_half():
    path = onnx_path("torch_half")
    export(seeded(TinySegmenter).half(), (torch.randn(1, 13, 32, 32).half(),), path)
    write_onnx_truth(path, "float16 weights, inputs and outputs", written_by=BY_TORCH)


def torch_external():
    path = onnx_path("torch_external")
    export(seeded(TinySegmenter), (torch.randn(1, 13, 32, 32),), path, external_data=True)
    write_onnx_truth(
        path, "the dynamo exporter with external_data=True: large weights in NAME.onnx.data", written_by=BY_TORCH
    )


# ---------------------------------------------------------------- ONNX Runtime


class RandomImages(CalibrationDataReader):
    """A few images for the calibration of a static quantization."""

    def __init__(self):
        generator = numpy.random.default_rng(0)
        images = [generator.random((1, 3, 32, 32), dtype=numpy.float32) for _ in range(2)]
        self.rest = iter([{"image": image} for image in images])

    def get_next(self):
        return next(self.rest, None)


def quantized_dynamic():
    path = onnx_path("quantized_dynamic")
    quantize_dynamic(scratch_cnn(), path)
    write_onnx_truth(
        path, "onnxruntime.quantization.quantize_dynamic: ConvInteger, MatMulInteger", written_by=BY_RUNTIME
    )


def quantized_static_qdq():
    path = onnx_path("quantized_static_qdq")
    quantize_static(scratch_cnn(), path, RandomImages(), quant_format=QuantFormat.QDQ)
    write_onnx_truth(
        path, "onnxruntime.quantization.quantize_static: QuantizeLinear and DequantizeLinear", written_by=BY_RUNTIME
    )


def quantized_static_operators():
    path = onnx_path("quantized_static_operators")
    quantize_static(scratch_cnn(), path, RandomImages(), quant_format=QuantFormat.QOperator)
    write_onnx_truth(
        path, "onnxruntime.quantization.quantize_static: QLinearConv and com.microsoft operators", written_by=BY_RUNTIME
    )


def runtime_optimized():
    path = onnx_path("runtime_optimized")
    options = onnxruntime.SessionOptions()
    options.optimized_model_filepath = str(path)
    options.graph_optimization_level = onnxruntime.GraphOptimizationLevel.ORT_ENABLE_EXTENDED
    onnxruntime.InferenceSession(scratch_cnn(), options, providers=["CPUExecutionProvider"])
    write_onnx_truth(
        path, "the optimized model that onnxruntime saves: FusedConv, many opset imports", written_by=BY_RUNTIME
    )


# ---------------------------------------------------------------- ORT format


def convert(name, style, how):
    """Converts to the ORT format, opens it with ONNX Runtime and writes its truth."""
    source = SCRATCH / "to_ort" / "model.onnx"
    source.parent.mkdir(exist_ok=True)
    model = onnx.load(scratch_cnn())
    onnx.helper.set_model_props(model, {"names": "{0: 'water', 1: 'land'}", "stride": "32"})
    onnx.save_model(model, source)
    convert_onnx_models_to_ort(source, optimization_styles=[style])
    suffix = ".with_runtime_opt.ort" if style == OptimizationStyle.Runtime else ".ort"
    path = place("onnx-ort", f"{name}.ort")
    path.write_bytes(source.with_suffix(suffix).read_bytes())
    write_truth(path, written_by=BY_RUNTIME, how=how, record=ort_record(path), payload=ort_payload(path))


def ort_record(path):
    """What ONNX Runtime tells of a model in its own format."""
    session = onnxruntime.InferenceSession(path, providers=["CPUExecutionProvider"])
    meta = session.get_modelmeta()
    tensors = ort_initializers(path.read_bytes())
    data_types = {}
    for name, elements, _ in tensors:
        data_types[name] = data_types.get(name, 0) + elements
    facts = {
        "parameters": {
            "total": sum(data_types.values()),
            "bytes": sum(len(data) for _, _, data in tensors),
            "data_types": data_types,
            "tensors": len(tensors),
        },
        "inputs": [ort_value(value) for value in session.get_inputs()],
        "outputs": [ort_value(value) for value in session.get_outputs()],
        "producer": {"name": meta.producer_name},
        "metadata": meta.custom_metadata_map,
    }
    version = InferenceSession.GetRootAs(path.read_bytes()).OrtVersion().decode()
    return {"verdict": "model", "format": {"id": "onnx-ort", "version": version}, "facts": facts}


def ort_value(value):
    """Name, shape and data type of a tensor at the edge of a session."""
    data_type = {"tensor(float)": "float32", "tensor(int64)": "int64"}[value.type]
    shape = [size if isinstance(size, int) else -1 for size in value.shape]
    return {"name": value.name, "shape": shape, "data_type": data_type}


def ort_initializers(data):
    """[data type, elements, bytes] of every initializer, by ONNX Runtime's own flatbuffer classes."""
    graph = InferenceSession.GetRootAs(data).Model().Graph()
    tensors = [graph.Initializers(index) for index in range(graph.InitializersLength())]
    return [
        (
            data_type_name(tensor.DataType()),
            math.prod(tensor.Dims(index) for index in range(tensor.DimsLength())),
            tensor.RawDataAsNumpy().tobytes(),
        )
        for tensor in tensors
    ]


def ort_payload(path):
    """The ranges of the large initializers, found by their bytes."""
    data = path.read_bytes()
    ranges = []
    for _, _, content in ort_initializers(data):
        if len(content) >= 1024:
            assert data.count(content) == 1
            ranges.append([data.index(content), len(content)])
    return sorted(ranges)


def ort_fixed():
    convert("ort_fixed", OptimizationStyle.Fixed, "ORT format with all optimizations applied, custom metadata")


def ort_runtime():
    convert("ort_runtime", OptimizationStyle.Runtime, "ORT format with optimizations saved for run time")


FUNCTIONS = [
    torch_dynamo_cnn,
    torch_script_cnn,
    torch_script_ir_inputs,
    torch_dynamic_size,
    torch_two_inputs,
    torch_half,
    torch_external,
    quantized_dynamic,
    quantized_static_qdq,
    quantized_static_operators,
    runtime_optimized,
    ort_fixed,
    ort_runtime,
]


if __name__ == "__main__":
    warnings.simplefilter("ignore")
    logging.disable(logging.WARNING)
    run_all(FUNCTIONS, start(__doc__).names)
