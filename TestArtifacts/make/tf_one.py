"""Writes what TensorFlow 1.15 writes: SavedModels of its builder and of Estimators, frozen graphs, meta graphs."""

import os
import shutil

os.environ["TF_CPP_MIN_LOG_LEVEL"] = "3"

import numpy as np
import tensorflow as tf
from tensorflow.python.framework import graph_util

import tf_truth as truth
from common import SCRATCH, place, run_all, start, write_truth

tf.logging.set_verbosity(tf.logging.ERROR)
WRITTEN_BY = {"tensorflow": tf.__version__}


def network(training=False):
    """A small network on seven bands, with a batch norm; its input and its output."""
    image = tf.placeholder(tf.float32, [None, 16, 16, 7], name="image")
    hidden = tf.layers.conv2d(image, 8, 3, name="first", activation=tf.nn.relu)
    hidden = tf.layers.batch_normalization(hidden, training=training, name="norm")
    scores = tf.layers.dense(tf.reduce_mean(hidden, [1, 2]), 3, name="scores")
    return image, tf.nn.softmax(scores, name="probabilities")


def variables_of(names, checkpoint):
    """Elements of the named variables, from TensorFlow's own reader of the checkpoint."""
    reader = tf.train.load_checkpoint(checkpoint)
    types, shapes = reader.get_variable_to_dtype_map(), reader.get_variable_to_shape_map()
    total = size = 0
    counts = {}
    for name in names:
        elements = int(np.prod(shapes[name], dtype=np.int64))
        total += elements
        size += elements * types[name].size
        counts[types[name].name] = counts.get(types[name].name, 0) + elements
    return {"total": total, "bytes": size, "data_types": counts, "tensors": len(names)}


def tagged(record, meta, key, tags):
    return dict(name="%s: %s" % (",".join(sorted(tags)), key), **truth.signature(meta, key))


def builder_tags():
    path = place("tf-saved-model", "builder_tags")
    with tf.Graph().as_default(), tf.Session() as session:
        image, probabilities = network()
        loss = tf.reduce_mean(probabilities)
        tf.train.AdamOptimizer().minimize(loss, tf.train.get_or_create_global_step())
        session.run(tf.global_variables_initializer())
        names = [variable.op.name for variable in tf.global_variables()]
        model = [n for n in names if "Adam" not in n and "power" not in n and n != "global_step"]
        build = tf.saved_model.builder.SavedModelBuilder(str(path))
        predict = tf.saved_model.predict_signature_def({"image": image}, {"probabilities": probabilities})
        build.add_meta_graph_and_variables(session, ["train"], {"serving_default": predict})
        build.add_meta_graph(["serve"], {"serving_default": predict})
        build.add_meta_graph(["serve", "gpu"], {"by_gpu": predict})
        build.save()
    saved = truth.read(path)
    metas = {tuple(sorted(meta.meta_info_def.tags)): meta for meta in saved.meta_graphs}
    main = metas[("serve",)]
    record = truth.record(
        "tf.saved_model.save", main, "serving_default",
        count=variables_of(model, str(path / "variables" / "variables")))
    record["facts"]["signatures"] = [
        tagged(record, metas[("train",)], "serving_default", ["train"]),
        tagged(record, metas[("gpu", "serve")], "by_gpu", ["serve", "gpu"]),
    ]
    truth.write(path, "a builder of TensorFlow 1 with three tag sets and Adam's slots", record)


def simple_save():
    path = place("tf-saved-model", "simple_save")
    with tf.Graph().as_default(), tf.Session() as session:
        image, probabilities = network()
        session.run(tf.global_variables_initializer())
        tf.saved_model.simple_save(session, str(path), {"image": image}, {"probabilities": probabilities})
        names = [variable.op.name for variable in tf.global_variables()]
    meta = truth.read(path).meta_graphs[0]
    record = truth.record(
        "tf.saved_model.save", meta, "serving_default",
        count=variables_of(names, str(path / "variables" / "variables")))
    truth.write(path, "tf.saved_model.simple_save", record)


def builder_text():
    path = place("tf-saved-model", "builder_text")
    with tf.Graph().as_default(), tf.Session() as session:
        values = tf.placeholder(tf.float64, [None, 3], name="values")
        weights = tf.get_variable("weights", [3, 2], tf.float64)
        result = tf.matmul(values, weights, name="result")
        session.run(tf.global_variables_initializer())
        build = tf.saved_model.builder.SavedModelBuilder(str(path))
        regress = tf.saved_model.build_signature_def(
            {"inputs": tf.saved_model.build_tensor_info(values)},
            {"outputs": tf.saved_model.build_tensor_info(result)}, "tensorflow/serving/regress")
        build.add_meta_graph_and_variables(session, ["serve"], {"regress": regress})
        build.save(as_text=True)
    meta = truth.read(path).meta_graphs[0]
    record = truth.record(
        "tf.saved_model.save", meta, "regress", count=variables_of(["weights"], str(path / "variables" / "variables")),
        tasks=["regression"])
    truth.write(path, "a SavedModel as text, with a signature that regresses", record)


def estimator():
    path = place("tf-saved-model", "estimator")
    scratch = SCRATCH / "estimator"
    shutil.rmtree(str(scratch), ignore_errors=True)
    feature = tf.feature_column.numeric_column("bands", [5])
    model = tf.estimator.LinearClassifier([feature], model_dir=str(scratch / "run"), n_classes=3)
    model.train(
        lambda: tf.data.Dataset.from_tensors(({"bands": np.zeros((4, 5), "float32")}, np.zeros((4, 1), "int64"))), steps=1)
    (scratch / "notes.txt").write_text("notes\n")
    specification = tf.feature_column.make_parse_example_spec([feature])
    serving = tf.estimator.export.build_parsing_serving_input_receiver_fn(specification)
    exported = model.export_saved_model(
        str(scratch / "export"), serving, assets_extra={"notes.txt": str(scratch / "notes.txt")})
    shutil.copytree(exported.decode(), str(path))
    meta = truth.read(path).meta_graphs[0]
    names = [
        name for name in tf.train.load_checkpoint(str(path / "variables" / "variables")).get_variable_to_shape_map()
        if name != "global_step"
    ]
    others = sorted(set(meta.signature_def) - {"serving_default"})
    record = truth.record(
        "tf.saved_model.save", meta, "serving_default", others,
        count=variables_of(names, str(path / "variables" / "variables")), tasks=["classification"])
    truth.write(path, "a LinearClassifier of an Estimator, with an extra asset", record)


# ---------------------------------------------------------------- graphs


def frozen(with_shapes):
    with tf.Graph().as_default(), tf.Session() as session:
        image, probabilities = network()
        session.run(tf.global_variables_initializer())
        definition = session.graph.as_graph_def(add_shapes=with_shapes)
        return graph_util.convert_variables_to_constants(session, definition, ["probabilities"])


def graph_record(definition, inputs, outputs, count, **facts):
    record = {
        "verdict": "model",
        "format": {"id": "tf-frozen-graph"},
        "facts": {
            "framework": "TensorFlow", "artifact_type": "tf.io.write_graph", "roles": ["mlm:model", "mlm:compiled"],
            "inputs": inputs, "outputs": outputs,
        },
    }
    if count:
        record["facts"]["parameters"] = count
    record["facts"].update(facts)
    return record


def constants(definition):
    """The float constants that a graph computes with: TensorFlow loads the graph and says their shapes."""
    graph = tf.Graph()
    with graph.as_default():
        tf.import_graph_def(definition, name="")
    found = [op for op in graph.get_operations() if op.type == "Const" and op.outputs[0].dtype.is_floating]
    return [(op.name, op.outputs[0].shape.as_list(), op.outputs[0].dtype) for op in found]


def weight_count(definition, names):
    found = [item for item in constants(definition) if item[0] in names]
    assert len(found) == len(names), (names, [item[0] for item in constants(definition)])
    total = sum(int(np.prod(shape, dtype=np.int64)) for _, shape, _ in found)
    return {"total": total, "bytes": total * 4, "data_types": {"float32": total}, "tensors": len(found)}


WEIGHTS = ["first/kernel", "first/bias", "norm/gamma", "norm/beta", "norm/moving_mean", "norm/moving_variance",
           "scores/kernel", "scores/bias"]


def frozen_graph():
    path = place("tf-frozen-graph", "frozen_graph.pb")
    definition = frozen(False)
    tf.io.write_graph(definition, str(path.parent), path.name, as_text=False)
    record = graph_record(
        definition, [{"name": "image", "shape": [-1, 16, 16, 7], "data_type": "float32"}],
        [{"name": "probabilities", "data_type": "float32"}], weight_count(definition, WEIGHTS))
    data = path.read_bytes()
    write_truth(path, written_by=WRITTEN_BY, how="variables converted to constants", record=record,
                payload=truth.constant_ranges(data, [definition]))


def frozen_graph_shapes():
    path = place("tf-frozen-graph", "frozen_graph_shapes.pb")
    definition = frozen(True)
    tf.io.write_graph(definition, str(path.parent), path.name, as_text=False)
    record = graph_record(
        definition, [{"name": "image", "shape": [-1, 16, 16, 7], "data_type": "float32"}],
        [{"name": "probabilities", "shape": [-1, 3], "data_type": "float32"}], weight_count(definition, WEIGHTS))
    data = path.read_bytes()
    write_truth(path, written_by=WRITTEN_BY, how="the same with the shapes of all outputs", record=record,
                payload=truth.constant_ranges(data, [definition]))


def graph_text():
    path = place("tf-graphdef-text", "graph_text.pbtxt")
    definition = frozen(True)
    tf.io.write_graph(definition, str(path.parent), path.name, as_text=True)
    record = graph_record(
        definition, [{"name": "image", "shape": [-1, 16, 16, 7], "data_type": "float32"}],
        [{"name": "probabilities", "shape": [-1, 3], "data_type": "float32"}], weight_count(definition, WEIGHTS))
    record["format"]["id"] = "tf-graphdef-text"
    write_truth(path, written_by=WRITTEN_BY, how="a frozen graph as text", record=record)


def unfrozen_graph():
    path = place("tf-frozen-graph", "unfrozen_graph.pb")
    with tf.Graph().as_default() as graph:
        network()
        tf.io.write_graph(graph.as_graph_def(), str(path.parent), path.name, as_text=False)
    record = graph_record(None, [{"name": "image", "shape": [-1, 16, 16, 7], "data_type": "float32"}], None, None)
    del record["facts"]["outputs"], record["facts"]["roles"]
    record.update({"verdict": "not-a-model", "cause": "architecture-only"})
    write_truth(path, written_by=WRITTEN_BY, how="a graph whose variables have no values", record=record)


def meta_graph():
    path = place("tf-meta-graph", "meta_graph.meta")
    with tf.Graph().as_default(), tf.Session() as session:
        network(training=True)
        session.run(tf.global_variables_initializer())
        prefix = str(SCRATCH / "meta" / "model")
        os.makedirs(str(SCRATCH / "meta"), exist_ok=True)
        tf.train.Saver().save(session, prefix)
        trainable = sum(int(np.prod(v.shape.as_list())) for v in tf.global_variables())
        count = len(tf.global_variables())
    shutil.copy(prefix + ".meta", str(path))
    record = {
        "verdict": "not-a-model",
        "cause": "architecture-only",
        "format": {"id": "tf-meta-graph"},
        "facts": {
            "framework": "TensorFlow", "framework_version": tf.__version__,
            "inputs": [{"name": "image", "shape": [-1, 16, 16, 7], "data_type": "float32"}],
            "parameters": {"total": trainable, "tensors": count},
        },
    }
    write_truth(path, written_by=WRITTEN_BY, how="the graph of a checkpoint, without its values", record=record)


if __name__ == "__main__":
    arguments = start(__doc__, neutral=True)
    run_all(
        [builder_tags, simple_save, builder_text, estimator, frozen_graph, frozen_graph_shapes, graph_text,
         unfrozen_graph, meta_graph], arguments.names)
