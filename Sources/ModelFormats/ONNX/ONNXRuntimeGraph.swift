import ModelBytes
import ModelContainers

/// From the tables of `.ort` to the bytes of the ModelProto they were made from, tensors without their values.
///
/// Slots are those of onnxruntime/core/flatbuffers/schema/ort.fbs, version 6; field numbers those of onnx.proto. Recursion
/// is as deep as messages nest, which `limits.protobufDepth` bounds.
struct ONNXRuntimeGraph {
    private(set) var builder: ProtobufBuilder

    init(limits: Limits) { builder = ProtobufBuilder(limits: limits) }

    mutating func model(_ model: FlatBufferTable) throws(InspectionError) {
        if let version = try model.int64(0) { try builder.int(1, version) }
        try model.forEachTable(1) { table throws(InspectionError) in
            try builder.begin(8)
            try text(table, 0, as: 1)
            if let version = try table.int64(1) { try builder.int(2, version) }
            builder.end()
        }
        try text(model, 2, as: 2)
        try text(model, 3, as: 3)
        try text(model, 4, as: 4)
        if let graph = try model.table(7) { try self.graph(graph, as: 7) }
        try model.forEachTable(9) { table throws(InspectionError) in
            try builder.begin(14)
            try text(table, 0, as: 1)
            try text(table, 1, as: 2)
            builder.end()
        }
    }

    private mutating func graph(_ graph: FlatBufferTable, as number: Int) throws(InspectionError) {
        try builder.begin(number)
        try graph.forEachTable(0) { table throws(InspectionError) in try tensor(table, as: 5) }
        try graph.forEachTable(2) { table throws(InspectionError) in try node(table) }
        // Inputs and outputs are names; what they are is said once for all values.
        try ports(graph, 5, as: 11)
        try ports(graph, 6, as: 12)
        try graph.forEachTable(7) { table throws(InspectionError) in
            try builder.begin(15)
            if let values = try table.table(0) { try tensor(values, as: 1) }
            if let indices = try table.table(1) { try tensor(indices, as: 2) }
            try table.forEachInt64(2) { size throws(InspectionError) in try builder.int(3, size) }
            builder.end()
        }
        builder.end()
    }

    private mutating func ports(_ graph: FlatBufferTable, _ slot: Int, as number: Int) throws(InspectionError) {
        var names: [String] = []
        try graph.forEachString(slot) { name in names.append(name) }
        let wanted = Set(names)
        var types: [String: FlatBufferTable] = [:]
        try graph.forEachTable(1) { value throws(InspectionError) in
            guard let name = try value.string(0), wanted.contains(name) else { return }
            types[name] = try value.table(2)
        }
        for name in names {
            try builder.begin(number)
            try builder.text(1, name)
            if let type = types[name] { try self.type(type, as: 2) }
            builder.end()
        }
    }

    private mutating func tensor(_ tensor: FlatBufferTable, as number: Int) throws(InspectionError) {
        try builder.begin(number)
        try text(tensor, 0, as: 8)
        try tensor.forEachInt64(2) { size throws(InspectionError) in try builder.int(1, size) }
        if let type = try tensor.int32(3) { try builder.int(2, type) }
        builder.end()
    }

    private mutating func node(_ node: FlatBufferTable) throws(InspectionError) {
        try builder.begin(1)
        try text(node, 2, as: 7)
        try text(node, 5, as: 4)
        try node.forEachString(8) { name throws(InspectionError) in try builder.text(1, name) }
        try node.forEachString(9) { name throws(InspectionError) in try builder.text(2, name) }
        try node.forEachTable(10) { table throws(InspectionError) in try attribute(table) }
        builder.end()
    }

    private mutating func attribute(_ attribute: FlatBufferTable) throws(InspectionError) {
        try builder.begin(5)
        let name = try attribute.string(0) ?? ""
        try builder.text(1, name)
        switch try attribute.int32(2) {
        case 2: try builder.int(3, try attribute.int64(4) ?? 0)
        case 3: try text(attribute, 5, as: 4)
        case 4:
            if let tensor = try attribute.table(6) { try self.tensor(tensor, as: 5) }
        case 5:
            if let graph = try attribute.table(7) { try self.graph(graph, as: 6) }
        case 7 where ONNXSyntax.integerLists.contains(name):
            try attribute.forEachInt64(9) { value throws(InspectionError) in try builder.int(8, value) }
        case 8: try attribute.forEachString(10) { text throws(InspectionError) in try builder.text(9, text) }
        case 10: try attribute.forEachTable(12) { graph throws(InspectionError) in try self.graph(graph, as: 11) }
        default: break
        }
        builder.end()
    }

    /// A TypeInfo, a union of tensor, sequence and map.
    private mutating func type(_ type: FlatBufferTable, as number: Int) throws(InspectionError) {
        try builder.begin(number)
        if let value = try type.table(2) {
            switch try type.unsigned(1, width: 1) {
            case 1:
                try builder.begin(1)
                if let element = try value.int32(0) { try builder.int(1, element) }
                if let shape = try value.table(1) { try self.shape(shape) }
                builder.end()
            case 2:
                try builder.begin(4)
                if let element = try value.table(0) { try self.type(element, as: 1) }
                builder.end()
            case 3:
                try builder.begin(5)
                if let key = try value.int32(0) { try builder.int(1, key) }
                if let element = try value.table(1) { try self.type(element, as: 2) }
                builder.end()
            default: break
            }
        }
        builder.end()
    }

    private mutating func shape(_ shape: FlatBufferTable) throws(InspectionError) {
        try builder.begin(2)
        try shape.forEachTable(0) { dimension throws(InspectionError) in
            try builder.begin(1)
            if let value = try dimension.table(0) {
                switch try value.unsigned(0, width: 1) {
                case 1: try builder.int(1, try value.int64(1) ?? 0)
                case 2: try text(value, 2, as: 2)
                default: break
                }
            }
            try text(dimension, 1, as: 3)
            builder.end()
        }
        builder.end()
    }

    private mutating func text(_ table: FlatBufferTable, _ slot: Int, as number: Int) throws(InspectionError) {
        guard let text = try table.string(slot) else { return }
        try builder.text(number, text)
    }
}
