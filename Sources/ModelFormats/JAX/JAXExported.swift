import ModelBytes
import ModelContainers

/// The table `Exported`, and the module in it.
struct JAXExported {
    let table: FlatBufferTable
    let module: MLIRBytecode
    let name: String
    let platforms: [String]
    let serializationVersion: Int
    let callingConvention: Int
    let devices: Int
    private let limits: Limits

    init(_ subject: InspectedArtifact) throws(InspectionError) {
        guard let source = subject.source else { throw InspectionError(.unsupported, "is a directory") }
        try self.init(try FlatBuffer(source, limits: subject.limits).root(), limits: subject.limits)
    }

    private init(_ table: FlatBufferTable, limits: Limits) throws(InspectionError) {
        self.limits = limits
        self.table = table
        guard let name = try table.string(1), !name.isEmpty else {
            throw InspectionError(.malformed, "its function has no name")
        }
        self.name = name
        serializationVersion = Int(try table.unsigned(0, width: 2) ?? 0)
        callingConvention = Int(try table.unsigned(14, width: 2) ?? 0)
        // The field was too narrow once.
        let wide = try table.unsigned(18, width: 4)
        let narrow = try table.unsigned(6, width: 2)
        devices = Int(wide ?? narrow ?? 1)
        guard let bytes = try table.bytes(13, entry: "mlir_module_serialized") else {
            throw InspectionError(.malformed, "it has no module")
        }
        module = try MLIRBytecode(bytes, limits: limits)
        guard module.producer.hasPrefix("StableHLO") else {
            throw InspectionError(
                .malformed, "its module was not written by StableHLO, but by \(module.producer.prefix(64))")
        }
        var platforms: [String] = []
        try table.forEachString(9) { text throws(InspectionError) in
            if platforms.count < 64 { platforms.append(text) }
        }
        self.platforms = platforms
    }

    /// The function's derivative, its derivative, and so on, each within the one before; `jax.grad` of a function that was read
    /// runs them.
    func derivatives() throws(InspectionError) -> [JAXExported] {
        var found: [JAXExported] = []
        var next = try table.table(17)
        while let table = next {
            guard found.count < 64 else { throw InspectionError(.limit, "more than 64 derivatives within each other") }
            found.append(try JAXExported(table, limits: limits))
            next = try table.table(17)
        }
        return found
    }

    /// What goes in or out, by the names of the leaves. Since 0.10 each different type stands there once.
    func ports(
        _ names: [String], _ slot: Int, indices: Int, _ bounds: JAXConstraints
    ) throws(InspectionError) -> [Port] {
        var types: [Port] = []
        let isIndexed = try table.has(indices)
        try table.forEachTable(isIndexed ? 19 : slot) { value throws(InspectionError) in
            types.append(try port(value, bounds))
            try limits.mlirItems.check(types.count)
        }
        var order = Array(types.indices)
        if isIndexed {
            order = []
            try table.forEachInt32(indices) { index throws(InspectionError) in order.append(index) }
        }
        var ports: [Port] = []
        for (place, index) in order.enumerated() {
            guard types.indices.contains(index) else {
                throw InspectionError(.malformed, "argument \(place) is of type \(index) of \(types.count)")
            }
            var port = types[index]
            port.name = place < names.count ? names[place] : "\(place)"
            ports.append(port)
        }
        return ports
    }

    private func port(_ value: FlatBufferTable, _ bounds: JAXConstraints) throws(InspectionError) -> Port {
        guard (try value.unsigned(0, width: 1) ?? 0) == 0 else { return Port(name: "", type: "token") }
        var shape: [Int] = []
        var dynamic: [DynamicDimension] = []
        try value.forEachString(1) { text throws(InspectionError) in
            if let size = Int(text), size >= 0 {
                shape.append(size)
            } else {
                let range = bounds[text]
                dynamic.append(
                    DynamicDimension(dimension: shape.count, symbol: text, min: range?.min, max: range?.max))
                shape.append(-1)
            }
        }
        let type = Int(try value.unsigned(2, width: 1) ?? 0)
        return Port(
            name: "", shape: shape, dataType: Self.types.indices.contains(type) ? Self.types[type] : nil,
            dynamic: dynamic.isEmpty ? nil : dynamic)
    }

    /// `DType` in serialization.fbs, by its number.
    private static let types = [
        "bool", "int8", "int16", "int32", "int64", "uint8", "uint16", "uint32", "uint64", "float16", "float32",
        "float64",
        "complex64", "complex128", "bfloat16", "int4", "uint4", "float8_e4m3b11fnuz", "float8_e4m3fn",
        "float8_e4m3fnuz",
        "float8_e5m2", "float8_e5m2fnuz", "float0", "float8_e4m3", "float8_e3m4", "float8_e8m0fnu", "float4_e2m1fn",
        "key<fry>", "key<rbg>", "key<unsafe_rbg>",
    ]
}

/// The trees that arguments and results are given in, flat: a name for each leaf, as JAX's own messages have it.
struct JAXTrees {
    enum Side { case inputs, outputs }
    private let limits: Limits
    private var leaves: [String] = []
    /// Names of the types that somebody has to register.
    private(set) var custom: [String] = []

    init(limits: Limits) { self.limits = limits }

    mutating func leaves(
        _ exported: FlatBufferTable, _ slot: Int, of side: Side
    ) throws(InspectionError) -> [String] {
        leaves = []
        guard let tree = try exported.table(slot) else { return [] }
        if side == .outputs {
            try walk(tree, "result", depth: 0)
            return leaves
        }
        // A tuple of the arguments and a dictionary of those that are named.
        var part = 0
        try tree.forEachTable(1) { child throws(InspectionError) in
            try walk(child, part == 0 ? "args" : "kwargs", depth: 1)
            part += 1
        }
        return leaves
    }

    private mutating func walk(_ tree: FlatBufferTable, _ path: String, depth: Int) throws(InspectionError) {
        guard depth < 128 else { throw InspectionError(.limit, "a tree of arguments more than 128 levels deep") }
        let kind = try tree.unsigned(0, width: 1) ?? 0
        if kind == 0 {
            leaves.append(path)
            try limits.mlirItems.check(leaves.count)
            return
        }
        var names: [String] = []
        try tree.forEachString(2) { name throws(InspectionError) in names.append(name) }
        if kind == 5, let name = try tree.string(3), !custom.contains(name), custom.count < 64 { custom.append(name) }
        var place = 0
        var children: [(FlatBufferTable, String)] = []
        try tree.forEachTable(1) { child throws(InspectionError) in
            children.append((child, place < names.count ? "['\(names[place])']" : "[\(place)]"))
            place += 1
        }
        for (child, name) in children { try walk(child, path + name, depth: depth + 1) }
    }
}
