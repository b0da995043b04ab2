import MLMInspect

/// Tensors summed up by the modules that their names lead through: only sums are kept.
struct TensorTree {
    /// A module, and what lies in it and below.
    struct Module {
        /// All parts of its name; empty for the whole model.
        let name: String
        /// The last of them.
        let title: String
        let depth: Int
        var tensors = 0
        /// Without those that share their numbers with others. Nil when one is not known.
        var elements: Int? = 0
        var bytes: Int? = 0
        fileprivate var children: [String: Int] = [:]
        fileprivate var order: [Int] = []
    }

    private var modules = [Module(name: "", title: "", depth: 0)]
    private let depth: Int

    /// How many modules are listed; further ones are summed up in the module around them.
    private static let mostModules = 65_536

    /// `depth` 1 is the modules at the top; nil goes to the last of them.
    init(depth: Int?) { self.depth = depth ?? .max }

    mutating func add(_ tensor: StoredTensor) {
        // Torch and ONNX part names by dots; TensorFlow, Keras and Flax by slashes, with dots within the parts.
        let separator: Character = tensor.name.contains("/") ? "/" : "."
        let parts = tensor.name.split(separator: separator).dropLast()
        var index = 0
        modules[index].add(tensor)
        for part in parts.prefix(depth) {
            guard let child = child(String(part), of: index, separator) else { return }
            index = child
            modules[index].add(tensor)
        }
    }

    private mutating func child(_ part: String, of index: Int, _ separator: Character) -> Int? {
        if let known = modules[index].children[part] { return known }
        guard modules.count < Self.mostModules else { return nil }
        let parent = modules[index]
        let name = parent.name.isEmpty ? part : "\(parent.name)\(separator)\(part)"
        modules.append(Module(name: name, title: part, depth: parent.depth + 1))
        modules[index].children[part] = modules.count - 1
        modules[index].order.append(modules.count - 1)
        return modules.count - 1
    }

    /// Each module before those in it, in the order in which they came.
    func forEach(_ body: (Module) throws -> Void) rethrows {
        var waiting = [0]
        while let index = waiting.popLast() {
            try body(modules[index])
            waiting += modules[index].order.reversed()
        }
    }
}

extension TensorTree.Module {
    fileprivate mutating func add(_ tensor: StoredTensor) {
        tensors += 1
        guard tensor.sharedWith == nil else { return }
        elements = Self.sum(elements, tensor.elements)
        bytes = Self.sum(bytes, tensor.bytes)
    }

    private static func sum(_ first: Int?, _ second: Int?) -> Int? {
        guard let first, let second else { return nil }
        let (sum, overflow) = first.addingReportingOverflow(second)
        return overflow ? nil : sum
    }
}

extension ListColumn<TensorTree.Module> {
    /// In a table the name is that of the module alone, moved to the right by its depth.
    static func modules(_ format: ListFormat) -> [ListColumn<TensorTree.Module>] {
        [
            ListColumn("module", width: 24) { module in
                guard format == .text else { return .text(module.name) }
                let title = module.depth == 0 ? "all" : module.title
                return .text(String(repeating: "  ", count: min(module.depth, 32)) + title)
            },
            ListColumn("tensors", width: 9, isRight: true) { .number($0.tensors) },
            ListColumn("elements", width: 15, isRight: true) { ListCell(known: $0.elements) },
            ListColumn("bytes", width: 16, isRight: true) { ListCell(known: $0.bytes) },
        ]
    }
}
