import ModelContainers
import ModelJSON

/// What is known of a tensor between two layers.
struct KerasTensor {
    /// -1 for a size that can vary; nil when even the rank is unknown.
    var shape: [Int]?
    var dataType: String?
    /// The model's input that this still is, with nothing between them that changes what its dimensions are.
    var source: Int?
    /// Nothing has changed its values yet.
    var isRaw = false
    /// Names of the dimensions, as the layer that made it defines them.
    var order: [String]?

    /// No size beyond this is taken from a configuration, so that sums of products of two cannot overflow.
    static let largestSize = 1 << 30
    static let highestRank = 32

    static let unknown = KerasTensor()

    var isFloat: Bool { dataType.map { $0.hasPrefix("float") || $0 == "bfloat16" } ?? false }

    /// The product of sizes: -1 when one of them varies; nil beyond `largestSize`.
    static func product(_ sizes: some Sequence<Int>) -> Int? {
        var product = 1
        var varies = false
        for size in sizes {
            if size < 0 {
                varies = true
                continue
            }
            let (result, overflow) = product.multipliedReportingOverflow(by: size)
            if overflow || result > largestSize { return nil }
            product = result
        }
        return varies ? -1 : product
    }
}

/// The data type that a layer computes in, from its `dtype`: a name, a policy, or a policy's object.
///
/// Source: keras/src/dtype_policies/dtype_policy.py, `_parse_name`: `mixed_float16` computes in float16, a quantised
/// `int8_from_mixed_bfloat16` as what it was quantised from.
enum KerasDataType {
    static func computed(_ value: JSONValue?) -> String? {
        guard let value else { return nil }
        if let name = value.string { return computed(name: name) }
        let config = value["config"]
        return (config?["source_name"]?.string ?? config?["name"]?.string).flatMap(computed(name:))
    }

    private static func computed(name: String) -> String? {
        let parts = name.split(separator: "_")
        let tail = parts.lastIndex(of: "from").map { parts[($0 + 1)...] } ?? parts[...]
        let plain = tail.first == "mixed" ? tail.dropFirst() : tail
        let spelt = plain.joined(separator: "_")
        return known.contains(spelt) ? spelt : nil
    }

    /// `ALLOWED_DTYPES` of keras/src/backend/common/dtypes.py and what tf.keras has besides.
    private static let known: Set<String> = [
        "bool", "uint8", "uint16", "uint32", "uint64", "int8", "int16", "int32", "int64", "float16", "float32",
        "float64",
        "bfloat16", "string", "complex64", "complex128", "float8_e4m3fn", "float8_e5m2",
    ]
}
