"""Writes ONNX models with numbers that no framework counts as parameters: tables of indices, masks, what values are compared with.

By torch 2.13.0 in one environment, and by tf2onnx 1.16.1 of a Keras model with TensorFlow 2.15.1 in another; each writes what it
has the framework of. The count in the truth is the framework's own.
"""

import json
from importlib import util

import onnx

from common import place, pretty, run_all, skip, start
from onnx_truth import count_parameters, write_onnx_truth


def write(path, how, count, written_by):
    assert count_parameters(onnx.load(path))["total"] == count, "the initializers that could be learned are the parameters"
    write_onnx_truth(path, how, written_by=written_by, producer_version=False)
    truth = path.with_name(path.name.split(".")[0] + ".truth.json")
    known = json.loads(truth.read_text())
    known["record"]["facts"]["parameters"] = {"total": count}
    truth.write_text(pretty(known) + "\n")


def torch_model():
    import torch

    class Attention(torch.nn.Module):
        """Attention with a bias by position, as Swin has it, and pictures made larger."""

        def __init__(self):
            super().__init__()
            self.words = torch.nn.Embedding(11, 8)
            self.bias = torch.nn.Parameter(torch.randn(7, 1))
            self.convolution = torch.nn.Conv2d(1, 2, 3)
            self.register_buffer("position", torch.arange(22).reshape(11, 2) % 7)
            self.register_buffer("mask", torch.ones(4, 4, dtype=torch.bool).tril())

        def forward(self, tokens, image):
            words = self.words(tokens)
            scores = words @ words.transpose(1, 2)
            scores = torch.where(self.mask, scores, scores - self.bias[self.position[tokens]].sum(2)).softmax(-1)
            return scores @ words, torch.nn.functional.interpolate(self.convolution(image), scale_factor=2.0)

    torch.manual_seed(0)
    return torch, Attention().eval()


def relative_position():
    if not util.find_spec("torch"):
        return skip("no torch")
    torch, model = torch_model()
    count = sum(parameter.numel() for parameter in model.parameters())
    inputs = (torch.zeros(1, 4, dtype=torch.int64), torch.zeros(1, 1, 6, 6))
    for name, dynamo in (("dynamo", True), ("script", False)):
        path = place("onnx", f"counts_position_{name}.onnx")
        options = {"external_data": False, "verbose": False} if dynamo else {}
        torch.onnx.export(
            model, inputs, path, dynamo=dynamo, input_names=["tokens", "image"], output_names=["words", "larger"], **options)
        how = "a table of positions and a mask are buffers, the scales of a Resize are settings"
        write(path, how, count, {"torch": torch.__version__})


def compared():
    if not util.find_spec("tf2onnx"):
        return skip("no tf2onnx")
    import tensorflow as tf
    import tf2onnx

    tf.keras.utils.set_random_seed(0)
    bytes_ = tf.keras.Input((6,), dtype="int32", name="bytes")
    values = tf.range(9, dtype=tf.int32)
    chosen = tf.cast(tf.equal(bytes_[:, :, None], values[None, None, :]), tf.float32)
    hidden = tf.keras.layers.Conv1D(4, 3, bias_initializer="ones", name="convolution")(chosen)
    output = tf.keras.layers.Dense(3, activation="softmax", bias_initializer="ones", name="kind")(tf.keras.layers.Flatten()(hidden))
    model = tf.keras.Model(bytes_, output)
    path = place("onnx", "counts_compared.onnx")
    tf2onnx.convert.from_keras(model, opset=15, output_path=str(path))
    write(path, "bytes are compared with each of nine numbers, as Magika does it", model.count_params(),
          {"tf2onnx": tf2onnx.__version__, "tensorflow": tf.__version__})


if __name__ == "__main__":
    arguments = start(__doc__, neutral=True)
    run_all([relative_position, compared], arguments.names)
