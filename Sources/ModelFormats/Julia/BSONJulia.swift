import ModelBytes
import ModelContainers
import ModelJSON

/// What BSON.jl writes: objects of Julia as BSON, their types by the path of the module.
///
/// Source: BSON.jl, src/write.jl, src/extensions.jl.
enum BSONJulia: Format {
    static let identities: [FormatIdentity] = [
        FormatIdentity(
            "bson", "Julia data (BSON)", artifactType: "BSON.@save", framework: "Julia",
            mediaType: "application/octet-stream; framework=julia", extensions: ["bson"],
            reads: "names of the objects, types by their module, arrays and so parameters, layers of a Chain in order")
    ]

    static let lists: Set<Listing.Part> = [.tensors]

    static func sniff(_ subject: InspectedArtifact) -> SniffMatch? {
        guard let source = subject.source, BSONDocument.mayBe(subject.head, count: source.count) else { return nil }
        var limits = subject.limits
        limits.bsonElements.value = min(limits.bsonElements.value, 100_000)
        let document = try? BSONDocument.read(source, limits: limits)
        if let document, JuliaObjects(document.value, limits).isJulia {
            return SniffMatch(.structure, "a document of BSON with tags of BSON.jl")
        }
        // One that is larger, or broken, is known by how it begins.
        if Self.beginsLikeJulia(subject.head) {
            return SniffMatch(.signature, "a document of BSON with a tag of BSON.jl")
        }
        guard let document, document.cut != nil else { return nil }
        return SniffMatch(.signature, "a document of BSON, nested deeper than is read")
    }

    /// A string `tag` with one of its words.
    private static func beginsLikeJulia(_ head: [UInt8]) -> Bool {
        let key = Array("\u{2}tag\0".utf8)
        guard let start = head.firstRange(of: key)?.upperBound, start + 5 < head.count else { return false }
        let word = head[(start + 4)...].prefix { $0 != 0 }
        return JuliaObjects.tags.contains(String(decoding: word.prefix(32), as: UTF8.self))
    }

    static func probe(_ subject: InspectedArtifact, into result: inout ProbeResult) throws(InspectionError) {
        result.setIdentity(identity("bson"))
        result.markNotAModel(because: "data")
        guard let source = subject.source else { return }
        let name = PythonText.quoted(subject.artifact.name)
        var loading = Loading(.incomplete, call: "BSON.load(\(name))", requires: ["BSON.jl"])
        defer { result.loading = loading }
        let document = try BSONDocument.read(source, limits: subject.limits)
        var objects = JuliaObjects(document.value, subject.limits, listing: result.listing)
        try objects.walk()
        let foreign = objects.types.foreign
        loading.verdict = foreign.isEmpty && objects.code + objects.unread == 0 ? .dataOnly : .needsCode
        loading.requires = ["BSON.jl"] + objects.types.packages.filter { !["Main", "Base", "Core"].contains($0) }
        loading.classes = foreign.isEmpty ? nil : foreign.prefix(256).map { $0 }
        if objects.code > 0 {
            result.report(
                .warning, code: "julia.code",
                "holds \(objects.code) function\(objects.code == 1 ? "" : "s") with code, which BSON.load defines")
        }
        if objects.unread > 0 {
            result.report(
                .warning, code: "julia.unread-type",
                "\(objects.unread) type\(objects.unread == 1 ? " has a name" : "s have names") that cannot be read, so what "
                    + "BSON.load makes of the file is not known")
        }
        objects.fill(&result, isWhole: document.cut == nil)
        if let cut = document.cut {
            loading.leaveIncomplete()
            throw cut
        }
        result.confidence = .parsed
    }
}

/// The objects of such a document.
struct JuliaObjects {
    /// Words that tell what a document stands for.
    static let tags: Set<String> = [
        "struct", "array", "datatype", "tuple", "symbol", "svec", "ref", "backref", "jl_anonymous", "jl_bottom_type",
        "unionall", "jl_typename", "jl_typector", "dict",
    ]

    private(set) var types = JuliaTypes()
    /// Functions that bring their code along.
    private(set) var code = 0
    /// Types whose path cannot be read, such as one with a reference among its words.
    private(set) var unread = 0
    private let root: BSONValue
    private let limits: Limits
    private var shared: [BSONValue]
    private let listing: Listing?
    private var tally = ElementTally()
    private var steps = 0
    private let searches: Searches

    /// Members that were searched for a name: many objects may refer to one document of many.
    private final class Searches {
        var left: Int
        init(_ left: Int) { self.left = left }
    }

    init(_ root: BSONValue, _ limits: Limits, listing: Listing? = nil) {
        self.root = root
        self.listing = listing
        self.limits = limits
        searches = Searches(4 * limits.bsonElements.value)
        shared = root["_backrefs"]?.elements ?? []
    }

    private var objects: [(key: String, value: BSONValue)] {
        (root.members ?? []).filter { $0.key != "_backrefs" }
    }

    /// Whether any of its first objects has a tag of Julia's.
    var isJulia: Bool {
        if root["_backrefs"] != nil { return true }
        var waiting = objects.prefix(64).map(\.value)
        var left = 1_024
        while let next = waiting.popLast(), left > 0 {
            left -= 1
            if let tag = next["tag"]?.text, Self.tags.contains(tag) { return true }
            for member in (next.members ?? []).prefix(16) { waiting.append(member.value) }
            for element in (next.elements ?? []).prefix(16) { waiting.append(element) }
        }
        return false
    }

    /// Goes through everything once; what is referred to more than once stands in a list of its own.
    mutating func walk() throws(InspectionError) {
        // The state of an optimizer is none of the model's parameters, but it may refer to them.
        let training: Set = ["opt", "optimizer", "opt_state", "optim", "state"]
        let inOrder = objects.filter { !training.contains($0.key) } + objects.filter { training.contains($0.key) }
        for object in inOrder {
            let isTraining = training.contains(object.key)
            var visited: Set<Int> = []
            try walk(object.value, isTraining, object.key, &visited)
        }
        // What no object leads to, as in a file that was cut by hand.
        var visited: Set<Int> = []
        for value in shared { try walk(value, true, "_backrefs", &visited) }
        // The document may be an object itself.
        if let tag = root["tag"].map(resolve), tag.text.map(Self.tags.contains) ?? true {
            var visited: Set<Int> = []
            try walk(root, true, "tag", &visited)
        }
        guard searches.left > 0 else { throw limits.bsonElements.reached() }
    }

    private var counted: Set<Int> = []

    private mutating func walk(
        _ start: BSONValue, _ isTraining: Bool, _ name: String, _ visited: inout Set<Int>
    ) throws(InspectionError) {
        var waiting = [start]
        // What is looked through for types and code, but holds no parameters.
        var aside: [BSONValue] = []
        var isTraining = isTraining
        while true {
            if waiting.isEmpty, !aside.isEmpty {
                swap(&waiting, &aside)
                isTraining = true
            }
            guard let value = waiting.popLast() else { return }
            steps += 1
            try limits.bsonElements.check(steps)
            if let elements = value.elements {
                waiting += elements.reversed()
                continue
            }
            guard let members = value.members else { continue }
            searches.left -= members.count
            guard searches.left > 0 else { throw limits.bsonElements.reached(entry: name) }
            // A tag may be referred to as well.
            switch value["tag"].map(resolve)?.text {
            case "backref"? where value["tag"]?.text != nil:
                guard let index = value["ref"]?.int, shared.indices.contains(index - 1) else {
                    throw InspectionError(.malformed, "refers to an object that is not there", entry: name)
                }
                guard visited.insert(index).inserted else { continue }
                let isNew = counted.insert(index).inserted
                guard isNew || isTraining else { continue }
                waiting.append(shared[index - 1])
                continue
            case "datatype"?: note(value["name"])
            case "ref"?: note(value["path"])
            case "jl_anonymous"?:
                code += 1
                // Tables of line numbers and the like.
                aside += members.map(\.value)
                continue
            case "struct"?:
                guard let fields = value["data"]?.elements, let kept = Self.tracked(type(of: value)) else { break }
                if let type = value["type"] { waiting.append(type) }
                for (place, field) in fields.enumerated() {
                    if place == kept { waiting.append(field) } else { aside.append(field) }
                }
                continue
            case "array"?: if !isTraining { count(value, name) }
            default:
                // Julia makes a word of bytes as well.
                switch value["tag"].map(resolve) {
                case .other?, .binary?: unread += 1
                default: break
                }
            }
            waiting += members.reversed().map(\.value)
        }
    }

    /// Of a value that Tracker follows, as Flux did before 0.10: the place of the field with the value itself. The others
    /// hold its gradient, which is as large (Tracker.jl, src/Tracker.jl, `Tracked`; src/lib/array.jl, `TrackedArray`).
    private static func tracked(_ type: String?) -> Int? {
        switch type {
        case "Tracker.TrackedArray"?, "Flux.Tracker.TrackedArray"?: 1
        case "Tracker.Tracked"?, "Flux.Tracker.Tracked"?: -1
        default: nil
        }
    }

    /// Takes down the path of a type, or of a module.
    private mutating func note(_ names: BSONValue?) {
        if let path = Self.path(names) { types.add(path) } else { unread += 1 }
    }

    private static func path(_ names: BSONValue?) -> String? {
        guard let names = names?.elements, !names.isEmpty, names.count <= 32 else { return nil }
        let words = names.compactMap(\.text).filter { !$0.isEmpty && !$0.contains(".") }
        return words.count == names.count ? words.joined(separator: ".") : nil
    }

    private mutating func count(_ array: BSONValue, _ name: String) {
        guard let bytes = array["data"]?.bytes, let shape = array["size"]?.elements?.compactMap(\.int),
            let path = array["type"].map(resolve).flatMap({ Self.path($0["name"]) }),
            let type = path.split(separator: ".").last
        else { return }
        let title = "\(name)[\(tally.tensors)]"
        tally.add(title, shape: shape, dataType: type.lowercased(), bytes: bytes)
        listing?.add(StoredTensor(name: title, shape: shape, dataType: type.lowercased(), bytes: bytes))
    }

    private func resolve(_ value: BSONValue) -> BSONValue {
        searches.left -= value.members?.count ?? 0
        guard searches.left > 0, value["tag"]?.text == "backref", let index = value["ref"]?.int,
            shared.indices.contains(index - 1)
        else { return value }
        searches.left -= shared[index - 1].members?.count ?? 0
        return shared[index - 1]
    }

    /// The type of a struct, as `Flux.Chain`.
    private func type(of value: BSONValue) -> String? {
        let value = resolve(value)
        guard value["tag"]?.text == "struct" else { return nil }
        return value["type"].map(resolve).flatMap { Self.path($0["name"]) }
    }

    /// The layers of a Chain in order, by the names of their types.
    private func layers(_ chain: BSONValue) -> [String] {
        guard let fields = resolve(chain)["data"]?.elements, let first = fields.first else { return [] }
        let inner = resolve(first)
        let layers = inner["data"]?.elements ?? inner.elements ?? []
        return layers.compactMap { layer in
            let layer = resolve(layer)
            let own = layer["tag"]?.text == "datatype" ? Self.path(layer["name"]) : nil
            guard let path = type(of: layer) ?? own else { return nil }
            return path.split(separator: ".").last.map(String.init)
        }
    }

    func fill(_ result: inout ProbeResult, isWhole: Bool) {
        var listed = JSONObject()
        var model: (key: String, value: BSONValue, type: String)?
        for object in objects.prefix(limits.listedValues.value) {
            let type = type(of: object.value)
            listed[object.key] = .string(type ?? Self.word(resolve(object.value)))
            if model == nil, let type, !JuliaTypes.isOwn(type) { model = (object.key, object.value, type) }
        }
        var metadata = JSONObject()
        if !listed.isEmpty { metadata["objects"] = .object(listed) }
        if let model {
            let names = layers(model.value)
            if model.type.hasSuffix("Chain"), !names.isEmpty, names.count <= limits.listedValues.value {
                metadata["layers"] = .array(names.map { .string($0) })
            }
        }
        result.facts.metadata = metadata.isEmpty ? nil : metadata
        if !metadata.isEmpty { result.note("metadata", .read, "names and types of the objects") }
        guard let framework = types.framework else {
            // What was passed over may be a model.
            guard isWhole else { return }
            result.report(
                .note, code: "julia.no-model",
                types.foreign.isEmpty
                    ? "holds arrays and other values of Julia itself" : "none of its types is a model type")
            return
        }
        result.verdict = .model
        result.facts.roles = ["mlm:model"]
        result.facts.framework = framework
        result.note("framework", .derived, "types of its package")
        if let model, let name = model.type.split(separator: ".").last {
            result.facts.architecture = String(name)
            result.note("architecture", .read, "\(model.key): type")
        }
        result.facts.parameters = tally.parameters(
            counting: "elements of all arrays, shared ones once, but those of an optimizer")
        if result.facts.parameters != nil { result.note("parameters", .read, "size and type of the arrays") }
    }

    private static func word(_ value: BSONValue) -> String {
        if let tag = value["tag"]?.text { return tag }
        switch value {
        case .integer, .real: return "number"
        case .text: return "string"
        case .bool: return "Bool"
        case .array: return "array"
        case .document: return "Dict"
        default: return "value"
        }
    }
}
