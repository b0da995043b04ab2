"""Formats that are JSON, and UBJSON and MessagePack, which are built alike."""

import json
import struct

from . import again, file, fill, names


def safetensors(what):
    def add(make):
        @file("safetensors", what, "model.safetensors")
        def whole(size):
            header = make(size)
            return struct.pack("<Q", len(header)) + header + bytes(4)

        return make

    return add


def body(items):
    """Items that each end with a comma."""
    return items[:-1]


TENSOR = b'{"dtype":"F32","shape":[1],"data_offsets":[0,4]}'
safetensors("tensors")(lambda size: b"{" + body(names(size, lambda index: b'"w%b":' % index + TENSOR + b",")) + b"}")
safetensors("empty tensors")(
    lambda size: b"{" + body(names(size, lambda index: b'"w%b":{"dtype":"F32","shape":[0],"data_offsets":[0,0]},' % index)) + b"}"
)
safetensors("tensors of one name")(lambda size: b"{" + body(again(size, b'"w":' + TENSOR + b",")) + b"}")
safetensors("metadata")(lambda size: b'{"__metadata__":{' + body(names(size, lambda index: b'"k%b":"v",' % index)) + b"}}")
safetensors("dimensions")(lambda size: b'{"w":{"dtype":"F32","shape":[' + again(size, b"1,") + b'1],"data_offsets":[0,4]}}')
safetensors("arrays within each other")(lambda size: b'{"w":' + b"[" * size)
safetensors("one long name")(lambda size: b'{"' + b"w" * size + b'":' + TENSOR + b"}")
safetensors("white space")(lambda size: b"{" + b" " * size + b"}")
safetensors("a name of escapes")(lambda size: b'{"' + again(size, b"\\u0041") + b'":' + TENSOR + b"}")
safetensors("an Item in the metadata")(
    lambda size: b'{"__metadata__":{"mlm:input":"[' + again(size, b"{},") + b'{}]"},"w":' + TENSOR + b"}"
)
safetensors("layers of a network")(
    lambda size: b"{" + body(names(size, lambda index: b'"layers.%b.bn.running_mean":' % index + TENSOR + b",")) + b"}"
)


# XGBoost.
def booster(trees=b"", attributes=b"", features=b"", types=b"", model=b"", parameters=b""):
    return (
        b'{"version":[2,1,4],"learner":{"attributes":{' + attributes + b'},"feature_names":[' + features + b'],"feature_types":['
        + types + b'],"gradient_booster":{"model":{"gbtree_model_param":{"num_parallel_tree":"1","num_trees":"1"},"tree_info":[0]'
        + model + b',"trees":[' + trees + b']},"name":"gbtree"},"learner_model_param":{"base_score":"5E-1","num_class":"0",'
        b'"num_feature":"4","num_target":"1"' + parameters + b'},"objective":{"name":"reg:squarederror","reg_loss_param":{"scale_pos_weight":"1"}}}}'
    )


def xgboost(what):
    def add(make):
        file("xgboost", what, "model.json")(make)
        return make

    return add


TREE = (
    b'{"base_weights":[0],"categories":[],"categories_nodes":[],"categories_segments":[],"categories_sizes":[],"default_left":[0],'
    b'"id":0,"left_children":[-1],"loss_changes":[0],"parents":[2147483647],"right_children":[-1],"split_conditions":[0],'
    b'"split_indices":[0],"split_type":[0],"sum_hessian":[1],"tree_param":{"num_deleted":"0","num_feature":"4","num_nodes":"1","size_leaf_vector":"1"}}'
)
xgboost("trees")(lambda size: booster(body(again(size, TREE + b","))))
xgboost("empty trees")(lambda size: booster(body(again(size, b"{},"))))
xgboost("nodes of one tree")(lambda size: booster(TREE.replace(b'"split_conditions":[0', b'"split_conditions":[' + again(size, b"0,") + b"0")))
xgboost("attributes")(lambda size: booster(attributes=body(names(size, lambda index: b'"a%b":"1",' % index))))
xgboost("names of features")(lambda size: booster(features=body(names(size, lambda index: b'"f%b",' % index))))
xgboost("one name of features")(lambda size: booster(features=body(again(size, b'"f",'))))
xgboost("types of features")(lambda size: booster(types=body(again(size, b'"float",')), features=body(again(size // 2, b'"f",'))))
xgboost("parameters")(lambda size: booster(parameters=names(size, lambda index: b',"p%b":"1"' % index)))
xgboost("categories")(
    lambda size: booster(features=b'"a"', types=b'"c"', model=b',"cats":{"enc":[' + body(again(size, b'{"offsets":[0],"values":[65]},'))
                         + b'],"feature_segments":[0,1],"sorted_idx":[]}')
)
xgboost("boosters in boosters")(lambda size: b'{"version":[2,1,4],"learner":{' + again(size, b'"gradient_booster":{"name":"dart","gbtree":{'))
xgboost("members of one key")(lambda size: b'{"version":[2,1,4],' + body(again(size, b'"learner":{"attributes":{}},')) + b"}")
file("xgboost", "a dump of trees", "dump.json")(lambda size: b"[" + body(again(size, b'{"nodeid":0,"leaf":0.5},')) + b"]")
file("xgboost", "a dump of nodes within each other", "dump.json")(
    lambda size: b"[" + again(size, b'{"nodeid":0,"depth":0,"split":"a","split_condition":1,"yes":1,"no":2,"missing":1,"children":[')
)
file("xgboost", "a dump in text", "dump.txt")(lambda size: b"booster[0]:\n" + again(size, b"0:leaf=0.5\nbooster[1]:\n"))
file("xgboost", "a configuration", "config.json")(
    lambda size: b'{"version":[2,1,4],"learner":{"generic_param":{' + body(names(size, lambda index: b'"a%b":"1",' % index)) + b"}}}"
)


def key(name):
    return b"L" + struct.pack(">q", len(name)) + name


def ubj(what):
    def add(make):
        file("xgboost-ubj", what, "model.ubj")(
            lambda size: b"{" + key(b"learner") + b"{" + make(size) + b"}" + key(b"version") + b"[#L" + struct.pack(">q", 3) + b"i\2i\1i\4" + b"}")
        return make

    return add


ubj("attributes")(lambda size: key(b"attributes") + b"{" + names(size, lambda index: key(b"a%b" % index) + b"SL" + struct.pack(">q", 1) + b"1") + b"}")
ubj("names of features")(
    lambda size: key(b"feature_names") + b"[" + names(size, lambda index: b"SL" + struct.pack(">q", 8) + b"f%b" % index) + b"]"
)
ubj("empty names of features, counted")(
    lambda size: key(b"feature_names") + b"[#L" + struct.pack(">q", size // 3) + again(size, b"Si\0")
)
ubj("nothing, a million times")(lambda size: key(b"feature_names") + b"[$Z#L" + struct.pack(">q", 1 << 40))
ubj("arrays within each other")(lambda size: key(b"a") + b"[" * size)
ubj("trees")(
    lambda size: key(b"gradient_booster") + b"{" + key(b"name") + b"SL" + struct.pack(">q", 6) + b"gbtree" + key(b"model") + b"{"
    + key(b"trees") + b"[" + again(size, b"{" + key(b"id") + b"i\0}") + b"]}}"
)
ubj("members that do nothing")(lambda size: b"N" * size)


# What else is JSON.
def keras(what):
    def add(make):
        file("keras-json", what, "model.json")(
            lambda size: b'{"class_name":"Functional","backend":"tensorflow","keras_version":"2.12.0","config":{"name":"m",' + make(size) + b"}}")
        return make

    return add


def layer(index, inputs):
    return (b'{"class_name":"Dense","name":"l%b","config":{"name":"l%b","units":4},"inbound_nodes":' % (index, index)) + inputs + b"},"


ENDS = b'"input_layers":[["l0000000",0,0]],"output_layers":[["l0000000",0,0]],'
FIRST = (
    b'{"class_name":"InputLayer","name":"l","config":{"name":"l","batch_input_shape":[null,4],"dtype":"float32"},"inbound_nodes":[]},'
)
keras("layers in a chain")(
    lambda size: ENDS + b'"layers":[' + body(FIRST + names(size, lambda index: layer(index + 1, b'[[["l%b",0,0,{}]]]' % index))) + b"]"
)
keras("layers that take the two before")(
    lambda size: ENDS + b'"layers":[' + body(FIRST + names(size, lambda index: layer(
        index + 1, b'[[["l%b",0,0,{}],["l%b",0,0,{}]]]' % (index, index)))) + b"]"
)
keras("layers that are inputs")(
    lambda size: b'"layers":[' + body(names(size // 2, lambda index: b'{"class_name":"InputLayer","name":"l%b","config":{"name":"l%b",'
                                            b'"batch_input_shape":[null,4]},"inbound_nodes":[]},' % (index, index)))
    + b'],"input_layers":[' + body(names(size // 6, lambda index: b'["l%b",0,0],' % index)) + b'],"output_layers":[' + body(
        names(size // 6, lambda index: b'["l%b",0,0],' % index)) + b"]"
)
keras("calls of one layer")(
    lambda size: ENDS + b'"layers":[' + body(FIRST + layer(b"a", b"[" + body(again(size, b'[["l",0,0,{}]],')) + b"]")) + b"]"
)
keras("inputs of one call")(
    lambda size: ENDS + b'"layers":[' + body(FIRST + layer(b"a", b"[[" + body(again(size, b'["l",0,0,{}],')) + b"]]")) + b"]"
)
keras("layers of classes of their own")(
    lambda size: b'"layers":[' + body(names(size, lambda index: b'{"class_name":"C%b","config":{}},' % index)) + b"]"
)
keras("models within each other")(
    lambda size: b'"layers":[' + body(again(size, b'{"class_name":"Sequential","config":{"layers":[' * 80 + b"]}}" * 80 + b",")) + b"]"
)
keras("words of a vocabulary")(
    lambda size: b'"layers":[{"class_name":"StringLookup","config":{"name":"a","vocabulary":[' + body(
        names(size, lambda index: b'"w%b",' % index)) + b"]}}]"
)
keras("dimensions of an input")(
    lambda size: b'"layers":[{"class_name":"InputLayer","config":{"name":"a","batch_input_shape":[' + body(again(size, b"1,")) + b"]}}]"
)

file("lightgbm-dump", "trees", "dump.json")(
    lambda size: b'{"name":"tree","version":"v4","num_class":1,"num_tree_per_iteration":1,"label_index":0,"max_feature_idx":1,"feature_names":["a","b"],'
    b'"tree_info":[' + body(again(size, b'{"tree_index":0,"num_leaves":1,"tree_structure":{"leaf_value":1}},')) + b"]}"
)
file("lightgbm-dump", "names of features", "dump.json")(
    lambda size: b'{"name":"tree","version":"v4","num_class":1,"num_tree_per_iteration":1,"label_index":0,"max_feature_idx":1,"feature_names":['
    + body(names(size, lambda index: b'"f%b",' % index)) + b'],"tree_info":[]}'
)
CATBOOST = b'{"model_info":{"model_guid":"a"},"scale_and_bias":[1,[0]],"oblivious_trees":['
file("catboost-json", "trees", "model.json")(
    lambda size: CATBOOST + body(again(size, b'{"leaf_values":[0,1],"leaf_weights":[1,1],"splits":[]},')) + b'],"features_info":{"float_features":[]}}'
)
file("catboost-json", "features", "model.json")(
    lambda size: CATBOOST + b'],"features_info":{"float_features":[' + body(names(
        size, lambda index: b'{"borders":[1],"feature_id":"f%b","feature_index":1,"flat_feature_index":1,"has_nans":false},' % index)) + b"]}}"
)
file("json", "a tokenizer of many words", "tokenizer.json")(
    lambda size: b'{"version":"1.0","added_tokens":[],"model":{"type":"BPE","vocab":{' + body(names(size, lambda index: b'"w%b":1,' % index)) + b"}}}"
)
file("json", "arrays within each other", "a.json")(lambda size: b"[" * size)
file("json", "objects within each other", "a.json")(lambda size: again(size, b'{"a":'))
file("json", "members", "a.json")(lambda size: b"{" + body(names(size, lambda index: b'"a%b":1,' % index)) + b"}")
file("json", "a notebook of cells", "a.ipynb")(lambda size: b'{"cells":[' + body(again(size, b'{"cell_type":"code","source":[]},')) + b'],"nbformat":4}')
file("json", "an index of many shards", "model.safetensors.index.json")(
    lambda size: b'{"metadata":{},"weight_map":{' + body(names(size, lambda index: b'"w%b":"s%b.safetensors",' % (index, index))) + b"}}"
)
file("json", "an index of one shard", "model.safetensors.index.json")(
    lambda size: b'{"metadata":{},"weight_map":{' + body(names(size, lambda index: b'"w%b":"s.safetensors",' % index)) + b"}}"
)
file("esri", "classes", "model.emd")(
    lambda size: b'{"Framework":"arcgis.learn.models._inferencing","ModelConfiguration":"_unet","ModelFile":"a.pth","ModelType":"ImageClassification",'
    b'"ImageHeight":256,"ImageWidth":256,"ExtractBands":[0,1,2],"Classes":[' + body(names(
        size, lambda index: b'{"Value":1,"Name":"c%b","Color":[1,2,3]},' % index)) + b"]}"
)
file("esri", "bands", "model.emd")(
    lambda size: b'{"Framework":"arcgis.learn.models._inferencing","ModelConfiguration":"_unet","ModelFile":"a.pth","ModelType":"ImageClassification",'
    b'"ExtractBands":[' + again(size, b"1,") + b"1]}"
)


# MessagePack, as Flax writes it.
def word(name):
    return b"\xd9" + bytes([len(name)]) + name


def flax(what):
    def add(make):
        file("flax-msgpack", what, "model.msgpack")(lambda size: b"\x81" + word(b"params") + make(size))
        return make

    return add


def counted(size, piece):
    """A map of so many items as have room."""
    content = names(size, piece)
    return b"\xdf" + struct.pack(">I", len(content) // len(piece(NUMBER))) + content


NUMBER = b"0000000"
ARRAY = b"\x93\x91\x01" + word(b"float32") + b"\xc4\x04\0\0\0\0"
TENSOR_EXT = b"\xc7" + bytes([len(ARRAY)]) + b"\x01" + ARRAY
flax("arrays")(lambda size: counted(size, lambda index: word(b"w%b" % index) + TENSOR_EXT))
flax("numbers")(lambda size: counted(size, lambda index: word(b"w%b" % index) + b"\x01"))
flax("items of one key")(lambda size: b"\xdf" + struct.pack(">I", size // 16) + again(size, word(b"w") + TENSOR_EXT))
flax("maps within each other")(lambda size: again(size, b"\x81" + word(b"a")) + b"\x01")
flax("maps of long names within each other")(
    lambda size: b"\xdf" + struct.pack(">I", max(1, size // 50_000)) + names(size, lambda index: word(b"a%b" % index) + (b"\x81" + word(b"b" * 200)) * 200 + TENSOR_EXT)
)
flax("empty arrays")(lambda size: b"\xdd" + struct.pack(">I", size) + b"\x90" * size)
flax("dimensions of one array")(
    lambda size: b"\x81" + word(b"w") + b"\xc9" + struct.pack(">I", size + 20) + b"\x01\x93\xdd" + struct.pack(">I", size)
    + b"\x01" * size + word(b"float32") + b"\xc4\x04\0\0\0\0"
)
flax("arrays in pieces")(
    lambda size: b"\x81" + word(b"w") + b"\x82" + word(b"__msgpack_chunked_array__") + b"\xc3" + word(b"chunks") + counted(
        size, lambda index: word(b"%b" % index) + TENSOR_EXT)
)
