import ModelBytes
import ModelContainers

/// The small constants of the main graph: initializers and Constant nodes. Their values are fetched when they are asked
/// for; those of weights never are.
struct ONNXConstants {
    /// No image has more channels that are scaled one by one.
    static let mostElements = 64

    private let source: ByteSource
    private let limits: Limits
    private var tensors: [String: ProtobufMessage] = [:]

    init(_ model: ONNXModel) {
        source = model.source
        limits = model.limits
        guard let graph = model.graph else { return }
        for tensor in graph.messages("initializer") where Self.isSmall(tensor) {
            tensors[tensor.string("name") ?? ""] = tensor
        }
    }

    /// Takes over what a Constant node gives.
    mutating func add(_ node: ProtobufMessage) {
        guard let output = node.strings("output").first, let tensor = node.onnxAttribute("value")?.message("t"),
            Self.isSmall(tensor)
        else { return }
        tensors[output] = tensor
    }

    /// Nil when there is no constant of this name.
    func rank(_ name: String) -> Int? { tensors[name].flatMap { ONNXTensor.shape($0)?.count } }

    private static func isSmall(_ tensor: ProtobufMessage) -> Bool {
        guard let elements = ONNXTensor.elements(tensor) else { return false }
        return (1...mostElements).contains(elements) && (tensor.int("data_location") ?? 0) == 0
    }

    /// The values of a constant of floats or integers; nil when it is not one.
    func values(_ name: String) throws(InspectionError) -> [Double]? {
        guard let tensor = tensors[name], let count = ONNXTensor.elements(tensor), let type = tensor.int("data_type"),
            let width = Self.widths[type],
            let payload = tensor.dropped(9).last?.payload ?? (type == 1 ? tensor.dropped(4).last?.payload : nil),
            payload.count == width * count
        else { return nil }
        let bytes = try source.bytes(at: payload.lowerBound, count: payload.count)
        return (0..<count).map { Self.number(bytes[width * $0..<width * ($0 + 1)], type) }
    }

    /// Bytes of a number, of float, int32, int64 and double.
    private static let widths = [1: 4, 6: 4, 7: 8, 11: 8]

    private static func number(_ bytes: ArraySlice<UInt8>, _ type: Int) -> Double {
        let bits = bytes.reversed().reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
        switch type {
        case 1: return Double(Float(bitPattern: UInt32(truncatingIfNeeded: bits)))
        case 6: return Double(Int32(truncatingIfNeeded: bits))
        case 7: return Double(Int64(bitPattern: bits))
        default: return Double(bitPattern: bits)
        }
    }
}
