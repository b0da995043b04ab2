import ModelBytes
import ModelContainers
import ModelJSON

/// JLD2 and JLD: HDF5 behind a line of text. What has a name in the file is read, and the types that it commits.
///
/// Source: JLD2.jl, src/headers.jl, src/data; JLD.jl, src/JLD.jl.
enum JuliaHDF5: Format {
    private static let media = "application/x-hdf5; framework=julia"

    static let identities: [FormatIdentity] = [
        FormatIdentity(
            "jld2", "Julia data (JLD2)", artifactType: "JLD2.jldsave", framework: "Julia", mediaType: media,
            extensions: ["jld2", "jld"],
            reads: "names of the objects, types by their module, shapes of arrays, Julia that wrote it"),
        FormatIdentity(
            "jld", "Julia data (JLD)", artifactType: "JLD.save", framework: "Julia", mediaType: media,
            extensions: ["jld", "h5"], reads: "names of the objects, types by their module, shapes of arrays, Julia"),
    ]

    /// The words, and the version behind them: those of JLD end in 0.1.x, of JLD2 in its early days 0.2.0.
    private static func header(_ head: [UInt8]) -> (id: String, version: String, julia: String?)? {
        let line = String(decoding: head.prefix(256).prefix { $0 != 0x0A }, as: UTF8.self)
        for words in ["HDF5-based Julia Data Format, version ", "Julia data file (HDF5), version "]
        where line.hasPrefix(words) {
            let rest = line.dropFirst(words.count)
            // JLD2 ends the version with a NUL.
            let version = String(rest.prefix { $0 != " " && $0 != "\0" })
            let julia = rest.firstRange(of: "(Julia ").map {
                String(rest[$0.upperBound...].prefix { $0 != " " && $0 != ")" })
            }
            let isOld = words.hasPrefix("Julia data") && !version.hasPrefix("0.2")
            return (isOld ? "jld" : "jld2", version, julia)
        }
        return nil
    }

    static let lists: Set<Listing.Part> = [.tensors]

    static func sniff(_ subject: InspectedArtifact) -> SniffMatch? {
        guard subject.source != nil, let header = header(subject.head),
            HDF5Signature.offset(in: subject.head) ?? 0 >= 512
        else { return nil }
        return SniffMatch(.structure, "header of \(header.id.uppercased()) \(header.version), and HDF5 behind it")
    }

    static func probe(_ subject: InspectedArtifact, into result: inout ProbeResult) throws(InspectionError) {
        guard let header = header(subject.head) else { return }
        result.setIdentity(identity(header.id))
        result.markNotAModel(because: "data")
        result.version = header.version
        let name = PythonText.quoted(subject.artifact.name)
        let package = header.id == "jld" ? "JLD" : "JLD2"
        var loading = Loading(.incomplete, call: "\(package).load(\(name))", requires: ["\(package).jl"])
        defer { result.loading = loading }
        guard let outline = try subject.hdf5?.get() else { return }
        OutsideHDF5.report(outline, at: nil, into: &result)
        let contents = JuliaContents(outline, julia: header.julia, listing: result.listing)
        let isPlain = contents.types.foreign.isEmpty && contents.unreadTypes == 0 && !contents.imports
        loading.verdict = !isPlain ? .needsCode : !contents.unreadObjects.isEmpty ? .incomplete : .dataOnly
        loading.requires =
            ["\(package).jl"] + contents.types.packages.filter { $0 != "Main" && $0 != "Base" && $0 != "Core" }
        loading.classes = contents.types.foreign.isEmpty ? nil : contents.types.foreign.prefix(256).map { $0 }
        contents.fill(&result, limits: subject.limits)
        result.confidence = .parsed
    }
}

/// What an outline says of the objects of Julia.
private struct JuliaContents {
    private(set) var types = JuliaTypes()
    /// Committed types whose name could not be read.
    private(set) var unreadTypes = 0
    /// Objects with values that are no plain numbers and texts: structures, and references to what need not have a name in the
    /// file. Which type they are of is behind them.
    private(set) var unreadObjects: [String] = []
    /// JLD imports the modules named in `/_require` when it opens the file (JLD.jl, src/JLD.jl, `jldopen`).
    private(set) var imports = false
    private var objects: [(name: String, words: String)] = []
    private var tally = ElementTally()
    private var julia: String?

    init(_ outline: HDF5Outline, julia: String?, listing: Listing?) {
        self.julia = julia
        for object in outline.objects where object.path != "/" {
            let type = (object.attribute("julia type") ?? object.attribute("julia_type"))?.strings?.first
            // What a type is written as, when that is another one: both are made.
            if let written = object.attribute("written_type") {
                if let name = written.strings?.first { types.add(name) } else { unreadTypes += 1 }
            }
            if object.kind == .datatype {
                if let type { types.add(type) } else { unreadTypes += 1 }
                continue
            }
            if object.path == "/_require" { imports = true }
            // JLD's own: which Julia wrote it stands in datasets, whose data nobody reads.
            if object.path.hasPrefix("/_") { continue }
            if let type {
                types.add(type)
            } else if object.attribute("julia type") != nil || object.attribute("julia_type") != nil {
                unreadTypes += 1
            }
            let name = String(object.path.dropFirst())
            guard object.kind == .dataset else { continue }
            switch object.type {
            case .integer, .float, .string: break
            default: unreadObjects.append(name)
            }
            let words = Self.words(object)
            if objects.count < 65_536 { objects.append((name, type ?? words)) }
            if let shape = object.shape, !shape.isEmpty, let number = Self.number(object.type) {
                tally.add(name, shape: shape, dataType: number.name, bytes: object.storedBytes)
                // HDF5 has the dimensions of Julia in reverse.
                listing?.add(
                    StoredTensor(
                        name: name, shape: shape.reversed(), dataType: number.name, bytes: object.storedBytes))
            }
        }
    }

    private static func number(_ type: HDF5Outline.DataType?) -> (name: String, bytes: Int)? {
        switch type {
        case .integer(let bytes, let signed)?: ("\(signed ? "int" : "uint")\(bytes * 8)", bytes)
        case .float(let bytes, let name)?: (name ?? "float\(bytes * 8)", bytes)
        default: nil
        }
    }

    /// `float32 [3, 4]`; HDF5 has the dimensions of Julia in reverse.
    private static func words(_ object: HDF5Outline.Object) -> String {
        let shape = (object.shape ?? []).reversed().map(String.init).joined(separator: ", ")
        guard let number = number(object.type) else {
            if case .string? = object.type { return "string" }
            return "object"
        }
        return object.shape?.isEmpty == false ? "\(number.name) [\(shape)]" : number.name
    }

    func fill(_ result: inout ProbeResult, limits: Limits) {
        var metadata = JSONObject()
        if let julia { metadata["julia_version"] = .string(julia) }
        if !objects.isEmpty {
            var listed = JSONObject()
            for object in objects.prefix(limits.listedValues.value) { listed[object.name] = .string(object.words) }
            metadata["objects"] = .object(listed)
        }
        let foreign = types.foreign
        if !foreign.isEmpty {
            metadata["types"] = .array(foreign.prefix(limits.listedValues.value).map { .string($0) })
        }
        result.facts.metadata = metadata.isEmpty ? nil : metadata
        if !metadata.isEmpty { result.note("metadata", .read, "header, objects, committed types") }
        if let first = unreadObjects.first {
            let (count, most) = (unreadObjects.count, 5)
            let names = unreadObjects.prefix(most).joined(separator: ", ") + (count > most ? " …" : "")
            result.report(
                .note, code: "julia.unread-objects",
                "\(count) object\(count == 1 ? " holds" : "s hold") structures or references, which are not read: "
                    + names, at: first)
        }
        if imports {
            result.report(
                .warning, code: "julia.imports",
                "JLD imports modules when it opens the file; their names are not read",
                at: "_require")
        }
        if unreadTypes > 0 {
            result.report(
                .note, code: "julia.types", "\(unreadTypes) of its types have a name that cannot be read here")
        }
        guard let framework = types.framework else {
            result.report(
                .note, code: "julia.no-model",
                foreign.isEmpty ? "holds arrays and other values of Julia itself" : "none of its types is a model type")
            return
        }
        result.verdict = .model
        result.facts.roles = ["mlm:model"]
        result.facts.framework = framework
        result.note("framework", .derived, "committed types of its package")
        if let top = foreign.first(where: { $0.hasPrefix(framework) }) {
            result.facts.architecture = top.prefix { $0 != "{" }.split(separator: ".").last.map(String.init)
            result.note("architecture", .derived, "first type of the package")
        }
        result.report(
            .note, code: "julia.references",
            "its arrays are stored behind references, which are not followed, so its parameters are not counted")
    }
}
