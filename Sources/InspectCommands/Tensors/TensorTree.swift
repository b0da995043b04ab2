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
        let name = tensor.name.utf8
        // Torch and ONNX part names by dots; TensorFlow, Keras and Flax by slashes, with dots within the parts.
        let separator = name.contains(UInt8(ascii: "/")) ? UInt8(ascii: "/") : UInt8(ascii: ".")
        let size = tensor.sharedWith == nil ? (elements: tensor.elements, bytes: tensor.bytes) : (0, 0)
        modules[0].add(size)
        var index = 0
        var level = 0
        var rest = name[...]
        while rest.last == separator { rest.removeLast() }
        while level < depth, let end = rest.firstIndex(of: separator) {
            defer { rest = rest[rest.index(after: end)...] }
            guard end > rest.startIndex else { continue }
            let part = rest[..<end]
            // Nearly always it is the module of the tensor before.
            if level < last.count, modules[last[level]].title.utf8.elementsEqual(part) {
                index = last[level]
            } else {
                last.removeSubrange(min(level, last.count)...)
                guard let child = child(String(Substring(part)), of: index, separator) else { return }
                index = child
                last.append(child)
            }
            level += 1
            modules[index].add(size)
        }
    }

    /// The modules that lead to the tensor before, from the top.
    private var last: [Int] = []

    private mutating func child(_ part: String, of index: Int, _ separator: UInt8) -> Int? {
        if let known = modules[index].children[part] { return known }
        guard modules.count < Self.mostModules else { return nil }
        let parent = modules[index]
        let name = parent.name.isEmpty ? part : "\(parent.name)\(Character(Unicode.Scalar(separator)))\(part)"
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
    fileprivate mutating func add(_ size: (elements: Int?, bytes: Int?)) {
        tensors += 1
        elements = Self.sum(elements, size.elements)
        bytes = Self.sum(bytes, size.bytes)
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
