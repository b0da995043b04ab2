import ModelBytes
import ModelContainers
import ModelJSON

/// The nodes of a graph: its placeholders, and which of its images have which order of dimensions.
struct TFJSGraph {
    /// Placeholders as they stand there.
    private(set) var placeholders: [JSONValue] = []
    /// Order of dimensions by the name of what goes into an operator of images, and of what comes from one.
    private(set) var taken: [String: [String]] = [:]
    private(set) var made: [String: [String]] = [:]
    /// What an Identity passes on.
    private var passed: [String: String] = [:]
    private let limits: Limits

    private static let images: Set<String> = [
        "Conv2D", "_FusedConv2D", "DepthwiseConv2dNative", "FusedDepthwiseConv2dNative", "MaxPool", "AvgPool",
    ]

    init(_ limits: Limits) { self.limits = limits }

    /// Looks at the node that comes next.
    mutating func add(_ scanner: inout JSONScanner) throws(InspectionError) {
        let node = try scanner.value()
        guard let operation = node["op"]?.string, let name = node["name"]?.string else { return }
        if operation == "Placeholder" {
            try limits.listedValues.check(placeholders.count + 1)
            placeholders.append(node)
        } else if operation == "Identity", let input = node["input"]?[0]?.string {
            passed[name] = Self.node(input)
        } else if Self.images.contains(operation), let input = node["input"]?[0]?.string,
            let order = Self.order(node["attr"]?["data_format"]?["s"]?.string)
        {
            taken[Self.node(input)] = order
            made[name] = order
        }
    }

    /// The name of the node that an output belongs to: `image:0`.
    static func node(_ tensor: String) -> String {
        String(tensor.prefix { $0 != ":" })
    }

    /// The order of dimensions of an output.
    func order(madeBy tensor: String) -> [String]? {
        let name = Self.node(tensor)
        return made[name] ?? passed[name].flatMap { made[$0] }
    }

    /// The texts NHWC and NCHW, in base64 as the JSON of protobuf has bytes.
    private static func order(_ format: String?) -> [String]? {
        switch format {
        case "TkhXQw==": ["batch", "height", "width", "channel"]
        case "TkNIVw==": ["batch", "channel", "height", "width"]
        default: nil
        }
    }
}
