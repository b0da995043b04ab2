// The messages that are read, each by its descriptor: Swift cannot take the address of a C constant.

#include "meta_graph.pb-c.h"
#include "onnx.pb-c.h"
#include "saved_metadata.pb-c.h"
#include "saved_model.pb-c.h"
#include "tensor_bundle.pb-c.h"
#include "trackable_object_graph.pb-c.h"

static inline const ProtobufCMessageDescriptor *cmodelprotos_onnx_model(void) {
    return &onnx__model_proto__descriptor;
}

static inline const ProtobufCMessageDescriptor *cmodelprotos_tensorflow_saved_model(void) {
    return &tensorflow__saved_model__descriptor;
}

static inline const ProtobufCMessageDescriptor *cmodelprotos_tensorflow_meta_graph(void) {
    return &tensorflow__meta_graph_def__descriptor;
}

static inline const ProtobufCMessageDescriptor *cmodelprotos_tensorflow_graph(void) {
    return &tensorflow__graph_def__descriptor;
}

static inline const ProtobufCMessageDescriptor *cmodelprotos_tensorflow_object_graph(void) {
    return &tensorflow__trackable_object_graph__descriptor;
}

static inline const ProtobufCMessageDescriptor *cmodelprotos_tensorflow_bundle_header(void) {
    return &tensorflow__bundle_header_proto__descriptor;
}

static inline const ProtobufCMessageDescriptor *cmodelprotos_tensorflow_bundle_entry(void) {
    return &tensorflow__bundle_entry_proto__descriptor;
}

static inline const ProtobufCMessageDescriptor *cmodelprotos_tensorflow_tensor_slices(void) {
    return &tensorflow__saved_tensor_slices__descriptor;
}

static inline const ProtobufCMessageDescriptor *cmodelprotos_keras_metadata(void) {
    return &keras__saved_metadata__descriptor;
}
