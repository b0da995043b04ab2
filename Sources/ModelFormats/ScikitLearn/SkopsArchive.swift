import ModelBytes
import ModelContainers
import ModelJSON

/// The `.npy` entries of a skops archive, each opened once.
final class SkopsArchive {
    private let layout: ArchiveLayout
    private var files: [String: NumPyFile] = [:]
    /// Why an array could not be read; the first one.
    private(set) var failure: InspectionError?

    init(_ layout: ArchiveLayout) { self.layout = layout }

    /// The only element of an array without dimensions, as a single number is written.
    func number(_ file: NumPyFile) -> JSONValue? {
        do throws(InspectionError) {
            return try file.values(upTo: 1)?.first
        } catch {
            failure = failure ?? error
            return nil
        }
    }

    func array(_ name: String) -> NumPyFile? {
        if let known = files[name] { return known }
        do throws(InspectionError) {
            guard let source = try layout.open(name) else {
                failure =
                    failure
                    ?? InspectionError(
                        .malformed, "schema.json names it, but the archive has no such entry", entry: name)
                return nil
            }
            let file = try NumPyFile(source)
            files[name] = file
            return file
        } catch {
            failure = failure ?? error
            return nil
        }
    }
}

/// The classes and functions that `schema.json` names, which `skops.io.load` would look up.
struct SkopsTypes {
    private(set) var names: Set<String> = []

    /// All nodes below `root`; a JSON document has no cycles, and its depth and size were limited when it was read. Of more
    /// names than are listed those that do harm are kept.
    init(_ root: JSONValue, limits: Limits) {
        var waiting = [root]
        while let value = waiting.popLast() {
            if let elements = value.array { waiting += elements }
            guard let object = value.object else { continue }
            if let module = object["__module__"]?.string, let name = object["__class__"]?.string {
                let isFunction = object["__loader__"]?.string == "FunctionNode"
                if isFunction { function(object["content"], module, limits) }
                // Older releases wrote the name of the function as the content, and its kind as the class.
                if !isFunction || name != "function" || object["content"] == nil { add(module, name, limits) }
            }
            for member in object { waiting.append(member.value) }
        }
    }

    /// Protocol 0 names the module beside the function.
    private mutating func function(_ content: JSONValue?, _ module: String, _ limits: Limits) {
        if let name = content?.string { add(module, name, limits) }
        if let module = content?["module_path"]?.string, let name = content?["function"]?.string {
            add(module, name, limits)
        }
    }

    private mutating func add(_ module: String, _ name: String, _ limits: Limits) {
        let path = module.isEmpty ? name : "\(module).\(name)"
        let most = limits.listedValues.value
        guard names.count < most || names.count < 2 * most && Self.danger(path) != nil else { return }
        names.insert(path)
    }

    /// Why it does harm to load this; nil when it is on no list.
    static func danger(_ path: String) -> String? {
        let parts = path.split(separator: ".").map(String.init)
        let module = ImportPolicy.modern(module: parts.dropLast().joined(separator: "."))
        return PickledImports.policy.danger(module: module, name: parts.last ?? "")
    }
}
