"""Writes the checkpoints of TensorFlow, with their truths.

Written with tensorflow 2.21.0 (Keras 3), by tensorflow 2.15.1 (Keras 2) where TENSORFLOW_2 names a Python that has it, and
by tensorflow 1.15.5 where TENSORFLOW_1 does. What each of them counts is printed by the process that wrote the checkpoint;
shards are searched for the values that `tf.train.load_checkpoint` gives, which is where payload lies.
"""

import json
import os
import shutil
import subprocess
import sys

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")

import tensorflow as tf

from common import PAYLOAD_MINIMUM, SCRATCH, place, run_all, skip, start, write_truth

OBJECTS = "variables that the graph of objects has outside of optimizers, metrics, random generators and counters"
NAMES = "variables without those that optimizers and averages keep for them, and without counters"

# What every process that writes a checkpoint begins with.
COMMON = """
import json, os, sys
os.environ["TF_CPP_MIN_LOG_LEVEL"] = "3"
import numpy, tensorflow as tf
target = sys.argv[1]


def tell(variables, **more):
    types, total, size = {}, 0, 0
    for variable in variables:
        data_type = tf.as_dtype(variable.dtype).base_dtype
        count = int(numpy.prod(variable.shape.as_list() if hasattr(variable.shape, "as_list") else list(variable.shape)))
        types[data_type.name] = types.get(data_type.name, 0) + count
        total += count
        size += count * data_type.size
    parameters = {"total": total, "bytes": size, "data_types": types, "tensors": len(variables)}
    print(json.dumps({"version": tf.__version__, "parameters": parameters, **more}))
"""


# ---------------------------------------------------------------- truth


def payload(prefix, folder):
    """By shard: where the values of the large tensors lie."""
    reader = tf.train.load_checkpoint(str(prefix))
    shards = sorted(path for path in folder.iterdir() if path.name.startswith(prefix.name + ".data-"))
    found = {}
    for name, shape in reader.get_variable_to_shape_map().items():
        value = reader.get_tensor(name)
        if not hasattr(value, "tobytes") or value.nbytes < PAYLOAD_MINIMUM:
            continue
        for shard in shards:
            start = shard.read_bytes().find(value.tobytes())
            if start >= 0:
                found.setdefault(shard.name, []).append([start, value.nbytes])
    return {name: sorted(ranges) for name, ranges in found.items()}


def run(code, target, python=sys.executable):
    command = [python, "-c", COMMON + code, str(target)]
    # TensorFlow 2 sets it for itself, and it would make TensorFlow 1 behave like it.
    environment = {key: value for key, value in os.environ.items() if key != "TF2_BEHAVIOR"}
    result = subprocess.run(command, cwd=SCRATCH, capture_output=True, text=True, env=environment)
    if result.returncode != 0:
        raise RuntimeError(result.stderr.strip()[-2000:])
    return json.loads(result.stdout.strip().splitlines()[-1])


def write(name, code, how, *, rule=OBJECTS, prefix="ckpt", python=sys.executable, loading="data-only", **facts):
    """A folder with a checkpoint in it, which the code writes to target/PREFIX."""
    if python is None:
        return skip("no Python with that TensorFlow is named")
    folder = place("tf-checkpoint", name)
    folder.mkdir()
    told = run(code, folder / prefix, python)
    latest = tf.train.latest_checkpoint(str(folder))
    assert latest or (folder / f"{prefix}.index").exists(), name
    if latest:
        prefix = latest.rsplit("/", 1)[-1]
        # An absolute path in it stays one, of a machine that nobody has.
        state = folder / "checkpoint"
        state.write_text(state.read_text().replace(str(folder.parent.parent), "/home/user/models"))
    finish(folder, told, how, rule, payload(folder / prefix, folder), loading, facts)


def finish(path, told, how, rule, ranges, loading, facts):
    facts = {"framework": "TensorFlow", "parameters": {**told["parameters"], "counting": rule}, **facts}
    if not told["parameters"]["tensors"]:
        del facts["parameters"]
    record = {
        "verdict": "model",
        "format": {"id": "tf-checkpoint"},
        "facts": facts,
        "loading": {"verdict": loading},
    }
    write_truth(path, written_by={"tensorflow": told["version"]}, how=how, record=record, payload=ranges)


def alone(name, code, how, *, rule=OBJECTS, python=sys.executable, **facts):
    """An index that is named itself, its shards beside it."""
    if python is None:
        return skip("no Python with that TensorFlow is named")
    index = place("tf-checkpoint", f"{name}.index")
    for old in index.parent.glob(f"{name}.*"):
        old.unlink()
    told = run(code, index.with_suffix(""), python)
    (index.parent / "checkpoint").unlink(missing_ok=True)
    finish(index, told, how, rule, payload(index.with_suffix(""), index.parent), "data-only", facts)


WEIGHTS = {"roles": ["mlm:model", "mlm:weights"]}
TRAINING = {"roles": ["mlm:model", "mlm:weights", "mlm:checkpoint"]}
SAVED = {"artifact_type": "tf.train.Checkpoint.save", **TRAINING}
TWO, ONE = os.environ.get("TENSORFLOW_2"), os.environ.get("TENSORFLOW_1")

# ---------------------------------------------------------------- TensorFlow 2

KERAS = """
layers = tf.keras.layers
tf.keras.utils.set_random_seed(0)
model = tf.keras.Sequential([
    tf.keras.layers.InputLayer((16,)), layers.Dense(32), layers.BatchNormalization(), layers.Dropout(0.5), layers.Dense(4),
])
"""
TRAINED = KERAS + """
optimizer = tf.keras.optimizers.Adam(0.01)
model.compile(optimizer, "mse", metrics=["mae"])
model.fit(numpy.random.rand(8, 16), numpy.random.rand(8, 4), verbose=0)
"""
CHECKPOINT = TRAINED + """
tf.train.Checkpoint(model=model, optimizer=optimizer, step=tf.Variable(7, dtype=tf.int64)).save(target)
assert sum(int(numpy.prod(weight.shape)) for weight in model.weights) == model.count_params()
tell(model.weights)
"""


def keras_3_adam():
    how = "tf.train.Checkpoint of a Keras 3 model with Adam after a step: weights are saved under the optimizer's name"
    write("keras_3_adam", CHECKPOINT, how, metadata={"save_counter": 1}, **SAVED)


def keras_3_lists():
    code = """
class Net(tf.keras.Model):
    def __init__(self):
        super().__init__()
        self.first = tf.keras.layers.Dense(32)
        self.rest = [tf.keras.layers.Dense(16), tf.keras.layers.Dense(4)]
    def call(self, value):
        return self.rest[1](self.rest[0](self.first(value)))
tf.keras.utils.set_random_seed(0)
model = Net()
optimizer = tf.keras.optimizers.SGD(tf.keras.optimizers.schedules.CosineDecay(0.1, 10), momentum=0.9)
model.compile(optimizer, "mse")
model.fit(numpy.random.rand(8, 16), numpy.random.rand(8, 4), verbose=0)
tf.train.Checkpoint(net=model, opt=optimizer).save(target)
tell(model.weights)
"""
    how = "layers of Keras 3 in a list, which the checkpoint has through the optimizer alone; a schedule of learning rates"
    write("keras_3_lists", code, how, metadata={"save_counter": 1}, **SAVED)


def keras_2_adam():
    how = "tf.train.Checkpoint of a Keras 2 model with Adam after a step"
    write("keras_2_adam", CHECKPOINT, how, python=TWO, metadata={"save_counter": 1}, **SAVED)


def legacy_adam():
    code = TRAINED.replace("optimizers.Adam", "optimizers.legacy.Adam") + CHECKPOINT.removeprefix(TRAINED)
    how = "the optimizer of Keras before 2.11, whose state is in slots"
    write("legacy_adam", code, how, python=TWO, **SAVED)


def keras_weights():
    code = TRAINED + "model.save_weights(target, save_format='tf')\ntell(model.weights)\n"
    how = "tf.keras.Model.save_weights in TensorFlow's format, of a trained model: its optimizer is saved as well"
    facts = {"artifact_type": "tf.keras.Model.save_weights", **TRAINING}
    write("keras_weights", code, how, python=TWO, prefix="weights", **facts)


def keras_weights_untrained():
    code = KERAS + "model.save_weights(target, save_format='tf')\ntell(model.weights)\n"
    facts = {"artifact_type": "tf.keras.Model.save_weights", **WEIGHTS}
    alone("keras_weights_untrained", code, "the same of a model that was never trained, named by its index", python=TWO, **facts)


MODULE = """
class Net(tf.Module):
    def __init__(self):
        self.kernel = tf.Variable(numpy.random.default_rng(0).random((32, 32), dtype=numpy.float32))
        self.parts = [tf.Variable(tf.ones((4,), tf.bfloat16)), tf.Variable(tf.zeros((3, 2), tf.float64))]
        self.tied = self.kernel
net = Net()
"""


def manager():
    code = MODULE + """
manager = tf.train.CheckpointManager(tf.train.Checkpoint(net=net), os.path.dirname(target), max_to_keep=2)
for _ in range(3):
    manager.save()
tell([net.kernel, *net.parts])
"""
    how = "a CheckpointManager that keeps two of three: the file checkpoint names the latest"
    write("manager", code, how, metadata={"save_counter": 3}, **SAVED)


def write_alone():
    code = MODULE + "tf.train.Checkpoint(net=net).write(target)\ntell([net.kernel, *net.parts])\n"
    how = "tf.train.Checkpoint.write: no counter, no file that names it; named by its index"
    alone("write_alone", code, how, artifact_type="tf.train.Checkpoint.write", **WEIGHTS)


def sharded():
    code = MODULE + """
net.more = [tf.Variable(numpy.random.default_rng(i).random((16, 32), dtype=numpy.float32)) for i in range(3)]
policy = tf.train.experimental.MaxShardSizePolicy(max_shard_size=4096)
options = tf.train.CheckpointOptions(experimental_sharding_callback=policy)
tf.train.Checkpoint(net=net).save(target, options=options)
tell([net.kernel, *net.parts, *net.more])
"""
    write("sharded", code, "several shards, of 4 KiB at most; one variable may be cut in two", **SAVED)


def missing_shard():
    code = MODULE + "tf.train.Checkpoint(net=net).save(target)\ntell([])\n"
    folder = place("tf-checkpoint", "missing_shard")
    folder.mkdir()
    told = run(code, folder / "ckpt")
    for shard in folder.glob("*.data-*"):
        shard.unlink()
    finish(folder, told, "the shard was left behind", OBJECTS, [], "incomplete", {"framework": "TensorFlow"})


def lookup_table():
    code = MODULE + """
init = tf.lookup.experimental.MutableHashTable(tf.string, tf.int64, -1)
init.insert(["a", "b"], [1, 2])
tf.train.Checkpoint(net=net, table=init).save(target)
tell([net.kernel, *net.parts])
"""
    write("lookup_table", code, "a table of words is saved as well, and is no parameter", **SAVED)


# ---------------------------------------------------------------- TensorFlow 1

GRAPH = """
tf.compat.v1.set_random_seed(0)
x = tf.compat.v1.placeholder(tf.float32, (None, 16), name="x")
hidden = tf.compat.v1.layers.dense(x, 32, name="hidden")
hidden = tf.compat.v1.layers.batch_normalization(hidden, name="norm")
loss = tf.reduce_mean(tf.compat.v1.layers.dense(hidden, 4, name="out") ** 2)
step = tf.compat.v1.train.get_or_create_global_step()
weights = tf.compat.v1.get_collection(tf.compat.v1.GraphKeys.MODEL_VARIABLES) or [
    v for v in tf.compat.v1.global_variables() if v is not step]
"""
STEP = """
session = tf.compat.v1.Session(config=tf.compat.v1.ConfigProto(device_count={"CPU": 2}))
session.run(tf.compat.v1.global_variables_initializer())
session.run(train, {x: numpy.ones((2, 16))})
"""
ADAM = GRAPH + "train = tf.compat.v1.train.AdamOptimizer(0.1).minimize(loss, global_step=step)\n" + STEP
BY_SAVER = {"artifact_type": "tf.train.Saver.save", "rule": NAMES, "framework_version": "1.15.5"}


def tf1_adam():
    code = ADAM + "tf.compat.v1.train.Saver().save(session, target, global_step=step)\ntell(weights)\n"
    how = "tf.train.Saver in a session, with Adam and a global step"
    write("tf1_adam", code, how, python=ONE, metadata={"global_step": 1}, **BY_SAVER, **TRAINING)


def tf1_momentum_average():
    code = GRAPH + """
optimizer = tf.compat.v1.train.MomentumOptimizer(0.1, 0.9)
with tf.control_dependencies([optimizer.minimize(loss, global_step=step)]):
    train = tf.train.ExponentialMovingAverage(0.9).apply(tf.compat.v1.trainable_variables())
""" + STEP + "tf.compat.v1.train.Saver().save(session, target)\ntell(weights)\n"
    how = "Momentum, and moving averages of the weights"
    write("tf1_momentum_average", code, how, python=ONE, prefix="model.ckpt", **BY_SAVER, **TRAINING)


def tf1_sharded():
    code = GRAPH.replace('tf.compat.v1.layers.dense(hidden, 4, name="out")', 'more(hidden)').replace("x = ", """
def more(value):
    with tf.device("/cpu:1"):
        return tf.compat.v1.layers.dense(value, 40, name="out")
x = """, 1) + "train = tf.compat.v1.train.GradientDescentOptimizer(0.1).minimize(loss)\n" + STEP + """
tf.compat.v1.train.Saver(weights, sharded=True).save(session, target)
tell(weights)
"""
    write("tf1_sharded", code, "two shards, for variables on two devices", python=ONE, **BY_SAVER, **WEIGHTS)


def tf1_partitioned():
    code = """
with tf.compat.v1.variable_scope("net", partitioner=tf.compat.v1.fixed_size_partitioner(3)):
    table = tf.compat.v1.get_variable("table", (90, 16), initializer=tf.random_normal_initializer(seed=1))
    bias = tf.compat.v1.get_variable("bias", (4,), partitioner=None)
session = tf.compat.v1.Session()
session.run(tf.compat.v1.global_variables_initializer())
tf.compat.v1.train.Saver().save(session, target)
whole = type("Whole", (), {"dtype": table.dtype, "shape": table.shape})
tell([whole, bias if not hasattr(bias, "_variable_list") else type("Bias", (), {"dtype": bias.dtype, "shape": bias.shape})])
"""
    write("tf1_partitioned", code, "a variable in three parts, saved as slices of one", python=ONE, **BY_SAVER, **WEIGHTS)


def tf1_keras():
    code = """
model = tf.keras.Sequential([tf.keras.layers.Dense(32, input_shape=(16,)), tf.keras.layers.Dense(4)])
model.compile(tf.keras.optimizers.Adam(0.01), "mse")
model.fit(numpy.ones((4, 16)), numpy.ones((4, 4)), verbose=0)
session = tf.compat.v1.keras.backend.get_session()
tf.compat.v1.train.Saver().save(session, target)
tell(model.weights)
"""
    how = "tf.train.Saver of a Keras model in a graph: the optimizer's state is below training/Adam"
    write("tf1_keras", code, how, python=ONE, prefix="model", **BY_SAVER, **TRAINING)


def tf1_first_format():
    if ONE is None:
        return skip("TENSORFLOW_1 names no Python with tensorflow 1.15")
    code = ADAM + """
saver = tf.compat.v1.train.Saver(write_version=tf.compat.v1.train.SaverDef.V1)
saver.save(session, target, write_meta_graph=False)
tell(weights)
"""
    path = place("tf-checkpoint", "tf1_first_format.ckpt")
    told = run(code, path, ONE)
    (path.parent / "checkpoint").unlink()
    data, ranges = path.read_bytes(), []
    reader = tf.compat.v1.train.NewCheckpointReader(str(path))
    for name in reader.get_variable_to_shape_map():
        value = reader.get_tensor(name)
        if value.nbytes >= PAYLOAD_MINIMUM and data.find(value.tobytes()) >= 0:
            ranges.append([data.find(value.tobytes()), value.nbytes])
    how = "the format before TensorFlow 1.0: names and values in one table"
    facts = {"artifact_type": "tf.train.Saver.save", **TRAINING}
    finish(path, told, how, NAMES, sorted(ranges), "data-only", facts)


def state_file():
    code = MODULE + "tf.train.Checkpoint(net=net).save(target)\ntell([])\n"
    folder = SCRATCH / "state"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    told = run(code, folder / "ckpt")
    path = place("tf-checkpoint", "state_file")
    shutil.copy(folder / "checkpoint", path)
    record = {"verdict": "not-a-model", "cause": "companion", "format": {"id": "tf-checkpoint"}}
    write_truth(path, written_by={"tensorflow": told["version"]}, how="the file checkpoint alone", record=record)


def saved_model_variables():
    code = MODULE + """
net.run = tf.function(lambda x: x @ net.kernel, input_signature=[tf.TensorSpec((None, 32))])
tf.saved_model.save(net, target)
tell([])
"""
    folder = SCRATCH / "saved"
    shutil.rmtree(folder, ignore_errors=True)
    told = run(code, folder)
    index = place("tf-checkpoint", "saved_model_variables.index")
    shutil.copy(folder / "variables" / "variables.index", index)
    shard = "data-00000-of-00001"
    shutil.copy(folder / "variables" / f"variables.{shard}", index.with_suffix(f".{shard}"))
    record = {"verdict": "not-a-model", "cause": "companion", "format": {"id": "tf-checkpoint"}}
    how = "the variables of a SavedModel, without its graph"
    write_truth(index, written_by={"tensorflow": told["version"]}, how=how, record=record)


FUNCTIONS = [
    keras_3_adam, keras_3_lists, keras_2_adam, legacy_adam, keras_weights, keras_weights_untrained, manager, write_alone, sharded,
    missing_shard, lookup_table, tf1_adam, tf1_momentum_average, tf1_sharded, tf1_partitioned, tf1_keras,
    tf1_first_format, state_file, saved_model_variables,
]

if __name__ == "__main__":
    names = start(__doc__).names
    run_all(FUNCTIONS, names)
