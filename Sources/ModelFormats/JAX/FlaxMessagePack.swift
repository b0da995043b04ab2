import ModelBytes
import ModelContainers
import ModelJSON

/// A tree of arrays that Flax has written as MessagePack: parameters, or the whole state of a training.
///
/// Source: flax/serialization.py.
enum FlaxMessagePack: Format {
    static let identities: [FormatIdentity] = [
        FormatIdentity(
            "flax-msgpack", "Flax parameters", artifactType: "flax.serialization.to_bytes", framework: .flax,
            roles: ["mlm:weights"], mediaType: "application/octet-stream; framework=flax",
            extensions: ["msgpack", "flax", "mpk", "ckpt"],
            reads: "the model's parameters (optimizer state apart) with shapes and data types, step")
    ]

    static let lists: Set<Listing.Part> = [.tensors]

    static func sniff(_ subject: InspectedArtifact) -> SniffMatch? {
        guard let source = subject.source, let first = subject.head.first,
            (0x81...0x8F).contains(first) || first == 0xDE || first == 0xDF
        else { return nil }
        // The first key is a text, so that no other file that begins with such a byte is read for this.
        let start = first == 0xDF ? 5 : first == 0xDE ? 3 : 1
        guard let key = subject.head.dropFirst(start).first, (0xA0...0xBF).contains(key) || key == 0xD9 else {
            return nil
        }
        // Up to the first array, which no other MessagePack has in that form.
        var tree = FlaxTree(source, limits: subject.limits)
        do throws(InspectionError) {
            try tree.read(stopAtFirst: true)
        } catch {
            // A value takes a byte at least, so that a file with less than that only claims to have so many.
            guard error.reason == .limit, source.count > subject.limits.msgpackValues.value else { return nil }
            return SniffMatch(.signature, "a map of MessagePack with more values than are read")
        }
        if tree.arrays.isEmpty, tree.cut != nil {
            return SniffMatch(.signature, "a map of MessagePack, nested deeper than is read")
        }
        return tree.arrays.isEmpty
            ? nil : SniffMatch(.structure, "a map of MessagePack with an array as Flax writes it")
    }

    static func probe(_ subject: InspectedArtifact, into result: inout ProbeResult) throws(InspectionError) {
        result.setIdentity(identity("flax-msgpack"))
        guard let source = subject.source else { return }
        let name = PythonText.quoted(subject.artifact.name)
        result.loading = Loading(
            .dataOnly, call: "flax.serialization.msgpack_restore(open(\(name), \"rb\").read())", requires: ["flax"])
        var tree = FlaxTree(source, limits: subject.limits)
        defer {
            tree.list(in: source, for: result.listing)
            fill(tree, &result)
        }
        do throws(InspectionError) {
            try tree.read()
            if let broken = tree.cut ?? tree.mismatch { throw broken }
            try tree.checkEnd()
        } catch {
            result.loading?.leaveIncomplete()
            throw error
        }
        result.confidence = .parsed
    }

    private static func fill(_ tree: borrowing FlaxTree, _ result: inout ProbeResult) {
        let names: [String] = tree.arrays.compactMap { $0.path.first } + tree.scalars.map { $0.name }
        let top = Set(names)
        let isState = top.contains("params") && (top.contains("opt_state") || top.contains("step"))
        var tally = ElementTally()
        var buffers = 0
        for array in tree.arrays {
            // A layer may be called `step`; a counter or a key is an array itself.
            guard let first = array.path.first, first != "opt_state",
                array.path.count > 1 || !["step", "rng"].contains(first)
            else { continue }
            let size = array.bytes
            tally.add(array.path.joined(separator: "/"), shape: array.shape, dataType: array.dataType, bytes: size)
            if first == "batch_stats", let count = TensorSize.elements(array.shape) { buffers += count }
        }
        result.facts.parameters = tally.parameters(
            counting: "arrays" + (isState ? " without opt_state" : "")
                + (buffers > 0 ? ", batch_stats are buffers" : ""))
        if buffers > 0, let total = result.facts.parameters?.total {
            result.facts.parameters?.total = total - buffers
            result.facts.parameters?.buffers = buffers
        }
        if result.facts.parameters != nil { result.note("parameters", .read, "arrays of the tree") }
        if isState {
            result.facts.roles = ["mlm:model", "mlm:weights", "mlm:checkpoint"]
            result.note("roles", .read, "opt_state and step stand beside params")
        }
        if let step = tree.scalars.first(where: { $0.name == "step" }) {
            result.facts.metadata = JSONObject([("step", JSONValue(step.value))])
            result.note("metadata", .read, "step")
        }
    }
}

/// The arrays of such a tree, by their path.
struct FlaxTree: ~Copyable {
    struct Leaf {
        var path: [String]
        var shape: [Int]
        var dataType: String
        var bytes: Int?
        /// Where its numbers begin; nil for one that is in pieces.
        var offset: Int?
    }

    /// Lists all arrays.
    func list(in source: ByteSource, for listing: Listing?) {
        guard let listing, listing.wantsTensors else { return }
        for array in arrays {
            let place = array.offset.map { StoredTensor.Place(in: source, at: $0) } ?? StoredTensor.Place()
            listing.add(
                StoredTensor(
                    name: array.path.joined(separator: "/"), shape: array.shape, dataType: array.dataType,
                    bytes: array.bytes, place: place))
        }
    }

    private(set) var arrays: [Leaf] = []
    /// Whole numbers at the top.
    private(set) var scalars: [(name: String, value: Int)] = []
    /// What lies deeper than is read was passed over; the limit that says so.
    private(set) var cut: InspectionError?
    /// The first array that has not the bytes of its shape.
    private(set) var mismatch: InspectionError?
    private var document: MessagePack
    private let limits: Limits

    init(_ source: ByteSource, limits: Limits) {
        document = MessagePack(source, limits: limits)
        self.limits = limits
    }

    mutating func read(stopAtFirst: Bool = false) throws(InspectionError) {
        guard case .map(let count) = try document.next() else { return }
        try map(count, [], stopAtFirst)
    }

    /// msgpack.unpackb takes one value and nothing behind it.
    func checkEnd() throws(InspectionError) {
        guard document.isAtEnd else { throw document.malformed("bytes follow the tree, which msgpack refuses") }
    }

    /// Reads on until one array is there, or to the end.
    private mutating func map(_ count: Int, _ path: [String], _ stop: Bool) throws(InspectionError) {
        guard try isWithinDepth(path, passingOver: 2 * count) else { return }
        var shape: [Int]?
        for _ in 0..<count {
            if stop, !arrays.isEmpty { return }
            guard case .text(let key) = try document.next() else {
                throw document.malformed("a key that is no text")
            }
            // Beyond 1 GiB an array is in pieces: {"__msgpack_chunked_array__", "shape", "chunks"}.
            if key == "__msgpack_chunked_array__" {
                try document.skipValues()
                shape = []
            } else if key == "shape", shape != nil {
                shape = try sizes()
            } else if key == "chunks", let whole = shape {
                try chunks(whole, path)
            } else {
                try value(path + [key], stop)
            }
        }
    }

    /// Whether the values of this place are to be read; if not, they are passed over.
    private mutating func isWithinDepth(_ path: [String], passingOver count: Int) throws(InspectionError) -> Bool {
        do throws(InspectionError) {
            try limits.msgpackDepth.check(path.count + 1, offset: document.offset)
            return true
        } catch {
            cut = cut ?? error
            try document.skipValues(count)
            return false
        }
    }

    private mutating func value(_ path: [String], _ stop: Bool) throws(InspectionError) {
        switch try document.next() {
        case .map(let count): try map(count, path, stop)
        case .array(let count):
            guard try isWithinDepth(path, passingOver: count) else { return }
            for index in 0..<count {
                if stop, !arrays.isEmpty { return }
                try value(path + [String(index)], stop)
            }
        case .extended(let type, let count): try extended(type, count, path)
        case .integer(let number): if path.count == 1, scalars.count < 256 { scalars.append((path[0], number)) }
        default: break
        }
    }

    /// 1 is an array, 3 a scalar of NumPy: shape, type, bytes.
    private mutating func extended(_ type: Int, _ count: Int, _ path: [String]) throws(InspectionError) {
        let end = document.offset + count
        guard type == 1 || type == 3 else {
            try document.skip(count)
            return
        }
        if let array = try array(path) { arrays.append(array) }
        guard document.offset == end else { throw document.malformed("an array that is not as long as it says") }
    }

    private mutating func array(_ path: [String]) throws(InspectionError) -> Leaf? {
        guard case .array(3) = try document.next() else { throw document.malformed("an array is not of three parts") }
        let shape = try sizes()
        guard case .text(let type) = try document.next(), case .binary(let bytes, let offset) = try document.next()
        else {
            throw document.malformed("an array without type or bytes")
        }
        if let size = JAXElement.bytes(type), let needed = TensorSize.elements(shape + [size]), needed != bytes {
            mismatch = mismatch ?? document.malformed("an array of \(type) and shape \(shape) in \(bytes) bytes")
        }
        return Leaf(path: path, shape: shape, dataType: type, bytes: bytes, offset: offset)
    }

    private mutating func sizes() throws(InspectionError) -> [Int] {
        switch try document.next() {
        case .array(let rank):
            guard rank <= 64 else { throw document.malformed("an array of \(rank) dimensions") }
            var sizes: [Int] = []
            for _ in 0..<rank { sizes.append(try size()) }
            return sizes
        case .map(let rank):
            // A tuple, which becomes a map of "0", "1" …
            guard rank <= 64 else { throw document.malformed("an array of \(rank) dimensions") }
            var sizes: [Int] = []
            for _ in 0..<rank {
                try document.skipValues()
                sizes.append(try size())
            }
            return sizes
        default: throw document.malformed("the shape of an array is no list")
        }
    }

    private mutating func size() throws(InspectionError) -> Int {
        guard case .integer(let size) = try document.next(), size >= 0 else {
            throw document.malformed("a dimension that is no number")
        }
        return size
    }

    /// The pieces of one array, each an array of one dimension.
    private mutating func chunks(_ shape: [Int], _ path: [String]) throws(InspectionError) {
        let first = arrays.count
        try value(path, false)
        guard arrays.count > first else { return }
        let bytes = arrays[first...].reduce(0) { $0 + ($1.bytes ?? 0) }
        let type = arrays[first].dataType
        arrays.removeSubrange(first...)
        arrays.append(Leaf(path: path, shape: shape, dataType: type, bytes: bytes))
    }
}
