"""Reads the operators that a TensorFlow registers when it is imported (any release from 1.15 to 2.21)."""

import os

os.environ["TF_CPP_MIN_LOG_LEVEL"] = "3"

import tensorflow as tf
from tensorflow.core.framework import op_def_pb2

from registry import Registry, read_versions


def operators():
    try:
        from tensorflow.python.client import pywrap_tf_session as session
    except ImportError:
        from tensorflow.python import pywrap_tensorflow as session
    data = session.TF_GetAllOpList()
    try:
        data = session.TF_GetBuffer(data)
    except TypeError:
        pass
    return {operator.name for operator in op_def_pb2.OpList.FromString(bytes(data)).op}


if __name__ == "__main__":
    registry = Registry(
        "TensorFlow/TensorFlowRegistry.swift", "TensorFlowRegistry",
        "What TensorFlow registers by itself.", "TestArtifacts/make/registry_tensorflow.py")
    registry.add("operators", operators(), "Every operator of any of the releases, whatever it does.")
    registry.write()
    read_versions("tensorflow", tf.__version__)
