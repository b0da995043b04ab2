import ModelBytes

/// Takes what a probe walks over anyway, one by one: nothing is collected, however many there are.
///
/// A probe that nobody listens to has none, and does no work for it.
public struct Listing {
    /// What an artifact can be asked to list.
    public enum Part: String, CaseIterable, Sendable {
        /// `tensors`: every stored tensor. `nodes`: every operator or layer of a graph.
        case tensors, nodes
    }

    private let tensor: ((StoredTensor) -> Void)?
    private let node: ((GraphNode) -> Void)?
    /// The member of a folder that is walked; nil for the artifact itself.
    private var file: String?
    /// Its name as its bytes have it.
    private var member: String?
    /// The member of an archive whose content is walked.
    private var archived: String?

    /// A listing of tensors.
    public init(tensors: @escaping (StoredTensor) -> Void) {
        tensor = tensors
        node = nil
    }

    /// A listing of operators.
    public init(nodes: @escaping (GraphNode) -> Void) {
        tensor = nil
        node = nodes
    }

    /// What is asked for.
    public var part: Part { tensor == nil ? .nodes : .tensors }

    var wantsTensors: Bool { part == .tensors }
    var wantsNodes: Bool { part == .nodes }

    /// The same for a file of the artifact's folder, or for one beside it.
    func inside(_ path: String?) -> Listing {
        guard let path else { return self }
        var inner = self
        inner.file = file.map { "\($0)/\(path)" } ?? path
        inner.member = path
        return inner
    }

    /// The same for what is in a member of the archive: an archive itself, perhaps.
    func within(_ entry: String) -> Listing {
        var inner = self
        inner.archived = entry
        return inner
    }

    func add(_ tensor: StoredTensor) {
        guard let take = self.tensor else { return }
        // Nearly always it lies in the artifact itself.
        if archived == nil, file == nil { return take(tensor) }
        var tensor = tensor
        if let archived, tensor.place.entry != archived {
            tensor.place.entry = tensor.place.entry.map { "\(archived)!/\($0)" } ?? archived
        }
        guard let file else { return take(tensor) }
        if tensor.place.entry == member { tensor.place.entry = nil }
        tensor.place.file = tensor.place.file.map { "\(file)/\($0)" } ?? file
        take(tensor)
    }

    func add(_ node: GraphNode) { self.node?(node) }
}

/// A tensor of an artifact: what it is, and where its numbers lie.
public struct StoredTensor: Hashable, Sendable {
    /// Where the numbers of a tensor lie.
    public struct Place: Hashable, Sendable {
        /// The file, relative to the artifact's folder; nil when it is the artifact itself.
        public var file: String?
        /// The member of an archive.
        public var entry: String?
        /// The position of the first byte in the file; nil where the container does not say it, and where the numbers are
        /// compressed or in pieces.
        public var offset: Int?

        /// A place, as far as it is known.
        public init(file: String? = nil, entry: String? = nil, offset: Int? = nil) {
            self.file = file
            self.entry = entry
            self.offset = offset
        }

        /// So many bytes into `source`.
        init(in source: ByteSource, at offset: Int = 0, file: String? = nil) {
            let (sum, overflow) = source.range.lowerBound.addingReportingOverflow(offset)
            self.init(file: file, entry: source.entry, offset: source.isInFile && !overflow ? sum : nil)
        }
    }

    /// As the artifact has it; empty where it has none.
    public var name: String
    /// Nil when it is unknown.
    public var shape: [Int]?
    /// Exact: `bfloat16`, `Q4_K`. Nil when it is unknown.
    public var dataType: String?
    /// Bytes that it takes; nil when that is unknown.
    public var bytes: Int?
    /// Where its numbers lie.
    public var place: Place
    /// The first tensor listed whose numbers are among these.
    public var sharedWith: String?

    /// Creates a tensor.
    public init(
        name: String, shape: [Int]?, dataType: String?, bytes: Int?, place: Place = Place(), sharedWith: String? = nil
    ) {
        self.name = name
        self.shape = shape
        self.dataType = dataType
        self.bytes = bytes
        self.place = place
        self.sharedWith = sharedWith
    }

    /// The number of its elements; nil when a size is unknown.
    public var elements: Int? { shape.flatMap { TensorSize.elements($0) } }
}

/// An operator or layer of a graph.
public struct GraphNode: Hashable, Sendable {
    /// Empty where it has none.
    public var name: String
    /// As the format names it: `Conv`, `aten.conv2d.default`, `Dense`.
    public var operation: String
    /// Names of the values that go in, in their order; empty for one that is left out.
    public var inputs: [String]
    /// Names of the values that come out; none where the format does not name them.
    public var outputs: [String]
    /// The function, subgraph or model within that it belongs to; nil for the main graph.
    public var graph: String?

    /// Creates a node.
    public init(name: String, operation: String, inputs: [String], outputs: [String], graph: String? = nil) {
        self.name = name
        self.operation = operation
        self.inputs = inputs
        self.outputs = outputs
        self.graph = graph
    }
}

extension ByteSource {
    /// Whether its bytes stand in a file as they are, and not in memory after they were inflated.
    var isInFile: Bool { !(storage is MemoryBytes) && storage.isCountKnown }
}
