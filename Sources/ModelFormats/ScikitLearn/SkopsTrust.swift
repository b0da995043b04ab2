import ModelBytes
import ModelJSON

/// The types that `skops.io.load` asks to be trusted: the answer of `skops.io.get_untrusted_types`.
///
/// Source: skops 0.16, the list that each node in skops/io/_general.py, _numpy.py, _scipy.py and _sklearn.py trusts.
struct SkopsTrust {
    /// As `trusted=` takes them.
    private(set) var untrusted: Set<String> = []

    init(_ root: JSONValue, limits: Limits) {
        var waiting = [root]
        while let value = waiting.popLast(), untrusted.count < limits.listedValues.value {
            if let elements = value.array { waiting += elements }
            guard let object = value.object else { continue }
            if let loader = object["__loader__"]?.string { look(object, loader) }
            for member in object { waiting.append(member.value) }
        }
    }

    private mutating func look(_ object: JSONObject, _ loader: String) {
        guard let module = object["__module__"]?.string, let name = object["__class__"]?.string,
            loader != "JsonNode", loader != "CachedNode"
        else { return }
        if loader == "MethodNode", let content = object["content"]?.object, let function = content["func"]?.string,
            let owner = content["obj"]?.object, let ownerModule = owner["__module__"]?.string,
            let ownerName = owner["__class__"]?.string
        {
            untrusted.insert("\(ownerModule).\(ownerName).\(function)")
        }
        if !Self.isTrusted(module: module, name: name, loader) { untrusted.insert("\(module).\(name)") }
    }

    private static func isTrusted(module: String, name: String, _ loader: String) -> Bool {
        trusted[loader]?.contains("\(module).\(name)") == true
    }

    private static func names(_ registry: [String: String]) -> Set<String> {
        Set(registry.flatMap { module, names in names.split(separator: " ").map { "\(module).\($0)" } })
    }

    private static let dataTypes: Set<String> = Set(
        [
            "bool", "bytes_", "clongdouble", "complex128", "complex64", "datetime64", "float16", "float32", "float64",
            "int16", "int32", "int64", "int8", "longdouble", "longlong", "object_", "str_", "timedelta64", "uint16",
            "uint32", "uint64", "uint8", "ulonglong", "void",
        ].map { "numpy.\($0)" })

    /// What each node trusts.
    private static let trusted: [String: Set<String>] = [
        "ObjectNode": names(SkopsRegistry.objects), "FunctionNode": names(SkopsRegistry.functions),
        "LossNode": names(SkopsRegistry.losses),
        "DictNode": ["builtins.dict", "collections.OrderedDict"],
        "DefaultDictNode": ["collections.defaultdict"],
        "ListNode": ["builtins.list"], "SetNode": ["builtins.set"], "TupleNode": ["builtins.tuple"],
        "SliceNode": ["builtins.slice"], "BytesNode": ["builtins.bytes"], "BytearrayNode": ["builtins.bytearray"],
        "TypeNode": dataTypes.union([
            "builtins.int", "builtins.float", "builtins.str", "builtins.bool", "builtins.list", "builtins.set",
            "builtins.map", "builtins.tuple",
        ]),
        "NdArrayNode": dataTypes.union(["numpy.ndarray"]), "MaskedArrayNode": ["numpy.ma.MaskedArray"],
        "RandomStateNode": ["numpy.random.mtrand.RandomState"],
        "RandomGeneratorNode": ["numpy.random._generator.Generator"],
    ]
}
