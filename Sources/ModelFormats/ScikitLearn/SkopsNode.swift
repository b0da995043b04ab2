import ModelBytes
import ModelContainers
import ModelJSON

/// A value in `schema.json` of a skops archive: its class, and a loader that says how its content is written.
///
/// Source: skops/io/_general.py and _numpy.py.
struct SkopsNode: ObjectValue {
    private let state: JSONObject
    private let content: JSONValue?
    private let loader: String
    private let archive: SkopsArchive

    init?(_ json: JSONValue, _ archive: SkopsArchive) {
        guard let state = json.object, let loader = state["__loader__"]?.string else { return nil }
        self.state = state
        self.loader = loader
        self.archive = archive
        content = state["content"]
    }

    private func node(_ json: JSONValue?) -> SkopsNode? { json.flatMap { SkopsNode($0, archive) } }

    var classPath: (module: String, name: String)? {
        switch loader {
        case "DictNode", "ListNode", "TupleNode", "SetNode", "JsonNode", "NdArrayNode", "TypeNode", "FunctionNode": nil
        default: path
        }
    }

    private var path: (module: String, name: String)? {
        guard let module = state["__module__"]?.string, let name = state["__class__"]?.string else { return nil }
        return (module, name)
    }

    var attributes: [(name: String, value: SkopsNode)]? {
        guard classPath != nil, let inner = node(content), inner.loader == "DictNode" else { return nil }
        return inner.entries
    }

    var itemCount: Int? { loader == "ListNode" || loader == "TupleNode" ? content?.array?.count : nil }

    var firstItem: SkopsNode? { itemCount.flatMap { _ in node(content?.array?.first) } }

    var items: [SkopsNode]? {
        guard let itemCount, itemCount <= 1_024 else { return nil }
        return content?.array?.compactMap { node($0) }
    }

    var entries: [(name: String, value: SkopsNode)]? {
        guard loader == "DictNode", let members = content?.object else { return nil }
        return members.prefix(1_024).compactMap { member in node(member.value).map { (member.key, $0) } }
    }

    var plain: JSONValue? {
        switch loader {
        case "JsonNode":
            // JSON as text; NaN and Infinity are Python's own and are no values here.
            guard let text = content?.string, text.utf8.count <= 1 << 16 else { return nil }
            return try? JSONValue.parse(Array(text.utf8))
        case "NdArrayNode":
            guard state["__class__"]?.string != "ndarray" else { return nil }
            return file.flatMap { archive.number($0) }
        default: return nil
        }
    }

    var imported: String? {
        guard let (module, name) = path else { return nil }
        switch loader {
        case "TypeNode": return "\(module).\(name)"
        case "FunctionNode": return "\(module).\(content?.string ?? name)"
        default: return nil
        }
    }

    private var file: NumPyFile? {
        guard loader == "NdArrayNode", state["type"]?.string == "numpy", let name = state["file"]?.string else {
            return nil
        }
        return archive.array(name)
    }

    var array: ObjectArray? {
        guard loader == "NdArrayNode", state["__class__"]?.string == "ndarray" else { return nil }
        if let file {
            return ObjectArray(
                shape: file.shape, dataType: file.type?.dataType, itemSize: file.type?.itemSize ?? 0, count: file.count
            ) { limit throws(InspectionError) in try file.values(upTo: limit) }
        }
        guard state["type"]?.string == "json", let sizes = node(state["shape"])?.items else { return nil }
        var shape: [Int] = []
        for size in sizes {
            guard let size = size.plain?.int, size >= 0 else { return nil }
            shape.append(size)
        }
        guard let count = TensorSize.elements(shape) else { return nil }
        let elements = content?.array ?? []
        let archive = archive
        return ObjectArray(shape: shape, dataType: nil, itemSize: 0, count: count) { limit throws(InspectionError) in
            guard shape.count == 1, elements.count == shape[0], elements.count <= limit else { return nil }
            let values = elements.compactMap { SkopsNode($0, archive)?.plain }
            return values.count == elements.count ? values : nil
        }
    }

    var numberType: (name: String, size: Int)? {
        guard state["__class__"]?.string != "ndarray", let type = file?.type, let name = type.dataType else {
            return nil
        }
        return (name, type.itemSize)
    }
}
