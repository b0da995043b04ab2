import ModelBytes
import ModelContainers

/// The texts that a list of nodes holds as constants, and which of them an input comes from.
struct TensorFlowStrings {
    private let nodes: [String: ProtobufMessage]
    private let source: ByteSource
    private let limits: Limits

    /// A path is made of a handful of nodes.
    private static let mostSteps = 256
    private static let mostTexts = 64
    private static let longestPath = 4_096

    init(_ nodes: ProtobufList<ProtobufMessage>, in source: ByteSource, limits: Limits) {
        self.nodes = Dictionary(nodes.map { ($0.string("name") ?? "", $0) }, uniquingKeysWith: { first, _ in first })
        self.source = source
        self.limits = limits
    }

    /// Operators whose texts are those that they are given, or some of them.
    private static let passing: Set<String> = [
        "Identity", "IdentityN", "RefIdentity", "Snapshot", "StopGradient", "Reshape", "Squeeze", "ExpandDims", "Pack",
        "Unpack", "ConcatV2", "Slice", "StridedSlice", "Gather", "GatherV2", "Tile", "Fill", "Switch", "Merge",
        "Select", "SelectV2", "PlaceholderWithDefault", "ShardedFilename", "ShardedFilespec",
    ]

    /// Inputs that say which of the others is taken, and are no texts: a saver takes another folder for what lies in a cloud.
    private static let deciding = ["Select": 0, "SelectV2": 0, "Switch": 1]

    /// What a tensor of texts is made of.
    enum Origin {
        /// All of it is constant, and handed on as it is.
        case constants([String])
        /// Something else has a part in it: what the caller gives, a variable, or these arguments of a function, names that
        /// no node has. The constants are those that it may be, or may begin with.
        case given(arguments: Set<String>, [String])
        /// There is more than is followed, or constants are made into something else.
        case unseen
    }

    private struct Step: Hashable {
        let node: String
        /// Whether the text may begin with what the node gives.
        let isFirst: Bool
    }

    /// What the tensor `input` is made of; each node on the way takes one of `steps`.
    func constants(reaching input: String, _ steps: inout Int) -> Origin {
        var (found, joined): ([String], [String]) = ([], [])
        var waiting = [Step(node: TensorFlowTensor(input).node, isFirst: true)]
        var seen: Set<Step> = []
        var arguments: Set<String> = []
        var (isComputed, isGiven) = (false, false)
        while let step = waiting.popLast() {
            guard seen.insert(step).inserted else { continue }
            steps -= 1
            guard seen.count <= Self.mostSteps, steps > 0 else { return .unseen }
            guard let node = nodes[step.node] else {
                isGiven = true
                arguments.insert(step.node)
                continue
            }
            let operation = node.string("op") ?? ""
            if operation == "Const" {
                guard let texts = texts(of: node) else { return .unseen }
                if step.isFirst { found += texts } else { joined += texts }
                continue
            }
            let all = node.strings("input")
            guard all.count <= Self.mostSteps else { return .unseen }
            let inputs = all.filter { !$0.hasPrefix("^") }.map { TensorFlowTensor($0).node }
            if inputs.isEmpty { isGiven = true }
            if operation == "StringJoin" {
                isComputed = isComputed || node.tensorFlowAttribute("separator")?.string("s")?.isEmpty == false
                waiting += inputs.enumerated().map { Step(node: $1, isFirst: step.isFirst && $0 == 0) }
            } else {
                let isPassing = Self.passing.contains(operation)
                isComputed = isComputed || !isPassing && !inputs.isEmpty
                let decides = Self.deciding[operation]
                waiting += inputs.enumerated().lazy.filter { $0.offset != decides }.map {
                    Step(node: $0.element, isFirst: step.isFirst && isPassing)
                }
            }
        }
        if isGiven { return .given(arguments: arguments, found + joined.filter(Self.hasDots)) }
        let texts = found + joined
        // Two dots may come from two texts; the ".part" of a saver is not one of them.
        if !joined.isEmpty, texts.contains(where: { $0.hasSuffix(".") }), texts.contains(where: { $0.hasPrefix(".") }) {
            isComputed = true
        }
        return isComputed ? .unseen : .constants(texts)
    }

    private static func hasDots(_ text: String) -> Bool { text.split(separator: "/").contains("..") }

    /// Nil when there are too many.
    private func texts(of node: ProtobufMessage) -> [String]? {
        guard let tensor = node.tensorFlowAttribute("value")?.message("tensor"),
            tensor.int("dtype") ?? Self.stringType == Self.stringType
        else { return [] }
        guard let ranges = Self.ranges(of: tensor, in: source, limit: Self.mostTexts) else { return nil }
        return ranges.compactMap { range in
            // Bytes that cannot be fetched name no path; the message they stand in was read already.
            guard let bytes = try? source.bytes(at: range.lowerBound, count: min(range.count, Self.longestPath)) else {
                return nil
            }
            return String(decoding: bytes, as: UTF8.self)
        }
    }

    // MARK: graphs in constants

    /// Where texts of `node` are that begin as a GraphDef does. Returns whether there are more than were looked at.
    static func collectGraphs(
        of node: ProtobufMessage, in source: ByteSource, limits: Limits, into found: inout [ByteSource]
    ) -> Bool {
        var isCut = false
        for attribute in node.messages("attr") {
            guard let value = attribute.message("value") else { continue }
            if value.has("s"), let bytes = value.bytes("s"), bytes.count >= shortestGraph, bytes[0] == 0x0A {
                keep(ByteSource(MemoryBytes(bytes), entry: source.entry), &found)
            }
            guard let tensor = value.message("tensor"), tensor.int("dtype") == stringType else { continue }
            guard let ranges = ranges(of: tensor, in: source, limit: limits.listedValues.value) else {
                isCut = true
                continue
            }
            for range in ranges where range.count >= shortestGraph {
                // As above.
                guard let slice = try? source.slice(at: range.lowerBound, count: range.count, entry: source.entry)
                else {
                    continue
                }
                keep(slice, &found)
            }
        }
        return isCut
    }

    /// A node with a name and an operator of one letter each, and their tags.
    private static let shortestGraph = 8
    /// `DT_STRING` of types.proto.
    private static let stringType = 7

    private static func keep(_ source: ByteSource, _ found: inout [ByteSource]) {
        guard let head = try? source.bytes(at: 0, upTo: 1),
            TensorFlowSniffer.graph(source, head: head) != nil || beginsWithLibrary(source, head)
        else { return }
        found.append(source)
    }

    /// A graph may have its functions before its nodes: a library, of functions, of which the first has a signature.
    private static func beginsWithLibrary(_ source: ByteSource, _ head: [UInt8]) -> Bool {
        guard head.first == 0x12, let library = ProtobufOutline(source, fieldLimit: 1).fields.first,
            let function = ProtobufOutline(source, in: library.payload, fieldLimit: 1).fields.first,
            function.number == 1, function.wireType == .len
        else { return false }
        let fields = ProtobufOutline(source, in: function.payload, fieldLimit: 64).fields
        return fields.contains { $0.number == 1 && $0.wireType == .len }
    }

    // MARK: values of string tensors

    /// Where the texts of a tensor are: `string_val` (8), or `tensor_content` (4), which lists their lengths before them
    /// (tensorflow/core/platform/tensor_coding.cc, DecodeStringList). Nil when there are more than `limit`.
    private static func ranges(of tensor: ProtobufMessage, in source: ByteSource, limit: Int) -> [Range<Int>]? {
        var ranges: [Range<Int>] = []
        for run in tensor.dropped(8) {
            guard ranges.count + run.count <= limit else { return nil }
            if let payload = run.payload {
                ranges.append(payload)
            } else {
                ranges += ProtobufOutline(source, in: run.range, fieldLimit: run.count).fields.map(\.payload)
            }
        }
        for content in tensor.dropped(4).compactMap(\.payload) {
            guard let listed = lengths(content, tensor, source, limit: limit - ranges.count) else { return nil }
            ranges += listed
        }
        return ranges
    }

    private static func lengths(
        _ content: Range<Int>, _ tensor: ProtobufMessage, _ source: ByteSource, limit: Int
    ) -> [Range<Int>]? {
        let shape = tensor.message("tensor_shape")?.tensorFlowShape ?? []
        guard let count = TensorSize.elements(shape) else { return [] }
        guard count <= limit else { return nil }
        guard let bytes = try? source.bytes(at: content.lowerBound, upTo: min(content.count, count * 5)) else {
            return []
        }
        var lengths: [Int] = []
        var value = 0
        var shift = 0
        var position = 0
        while lengths.count < count, position < bytes.count, shift < 35 {
            value |= Int(bytes[position] & 0x7F) << shift
            shift += 7
            if bytes[position] < 0x80 {
                lengths.append(value)
                value = 0
                shift = 0
            }
            position += 1
        }
        guard lengths.count == count else { return [] }
        var start = content.lowerBound + position
        var ranges: [Range<Int>] = []
        for length in lengths {
            guard length <= content.upperBound - start else { return ranges }
            ranges.append(start..<start + length)
            start += length
        }
        return ranges
    }
}
