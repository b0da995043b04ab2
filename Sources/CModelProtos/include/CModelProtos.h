// The messages that are read, each by its descriptor: Swift cannot take the address of a C constant.

#include "onnx.pb-c.h"

static inline const ProtobufCMessageDescriptor *cmodelprotos_onnx_model(void) {
    return &onnx__model_proto__descriptor;
}
