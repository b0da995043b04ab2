import ModelBytes
import ModelContainers
import ModelJSON

/// CoreML: a `.mlmodel`, which is a protobuf message, or a `.mlpackage`, a folder with such a message and its weights.
///
/// Source: coremltools, mlmodel/format/Model.proto, FeatureTypes.proto; MLPackage's ModelPackage.cpp.
enum CoreML: Format {
    static let identities: [FormatIdentity] = [
        FormatIdentity(
            "coreml", "CoreML model", artifactType: "coremltools.models.MLModel.save", framework: "CoreML",
            roles: ["mlm:compiled"], mediaType: "application/octet-stream; framework=coreml",
            extensions: ["mlmodel", "mlpackage"],
            versionName: "specification version",
            reads:
                "kind of model, functions, inputs and outputs with types and sizes of images, class labels, author, licence"
        )
    ]

    private static let manifest = "Manifest.json"

    static func sniff(_ subject: InspectedArtifact) -> SniffMatch? {
        if let listing = subject.listing {
            guard listing.contains(where: { $0.path == manifest }),
                let document = try? FolderFiles.document(manifest, of: subject),
                document["rootModelIdentifier"]?.string != nil
            else { return nil }
            return SniffMatch(.structure, "a directory with \(manifest) of a model package")
        }
        guard let source = subject.source, CoreMLMessage.mayBeModel(subject.head), CoreMLMessage.isModel(source) else {
            return nil
        }
        return SniffMatch(.structure, "a CoreML Model: version, description, and one kind of model")
    }

    static func probe(_ subject: InspectedArtifact, into result: inout ProbeResult) throws(InspectionError) {
        result.setIdentity(identity("coreml"))
        guard let source = try model(subject, &result) else { return }
        let name = PythonText.quoted(subject.artifact.name)
        result.loading = Loading(
            .dataOnly, call: "coremltools.models.MLModel(\(name))", requires: ["coremltools"])
        try CoreMLMessage(source, limits: subject.limits).fill(&result)
        result.confidence = .parsed
    }

    /// The message itself; of a package the item that its manifest calls the root.
    private static func model(
        _ subject: InspectedArtifact, _ result: inout ProbeResult
    ) throws(InspectionError) -> ByteSource? {
        if let source = subject.source { return source }
        guard let document = try FolderFiles.document(manifest, of: subject),
            let root = document["rootModelIdentifier"]?.string,
            let path = document["itemInfoEntries"]?[root]?["path"]?.string
        else { throw InspectionError(.malformed, "names no root model", entry: manifest) }
        result.variant = "package"
        let file = "Data/" + path
        for entry in subject.listing ?? [] where entry.path != manifest {
            let role = entry.path == file ? "mlm:model" : "mlm:weights"
            result.files.append(FileMember(path: entry.path, role: role, present: true, size: entry.size))
            if result.files.count >= subject.limits.listedValues.value { break }
        }
        guard let source = try subject.artifact.companion(file) else {
            throw InspectionError(.notFound, "the root model is missing", entry: file)
        }
        return source
    }
}

/// A folder that CoreML's compiler has written, `.mlmodelc`.
enum CoreMLCompiled: Format {
    static let identities: [FormatIdentity] = [
        FormatIdentity(
            "coreml-compiled", "compiled CoreML model", artifactType: "coremlcompiler compile", framework: "CoreML",
            roles: ["mlm:compiled"], compileMethod: "aot",
            mediaType: "application/octet-stream; framework=coreml; profile=compiled", extensions: ["mlmodelc"],
            versionName: "specification version", reads: "inputs, outputs and licence of its metadata.json")
    ]

    static func sniff(_ subject: InspectedArtifact) -> SniffMatch? {
        guard let listing = subject.listing else { return nil }
        let names = FolderFiles.topNames(listing)
        let program = ["model.mil", "model.espresso.net", "metadata.json"].first(where: names.contains)
        guard names.contains("coremldata.bin"), let program else { return nil }
        return SniffMatch(.structure, "a directory with coremldata.bin and \(program)")
    }

    static func probe(_ subject: InspectedArtifact, into result: inout ProbeResult) throws(InspectionError) {
        result.setIdentity(identity("coreml-compiled"))
        // What Apple's compiler wrote is not looked at.
        result.loading = Loading(
            .incomplete,
            call: "coremltools.models.CompiledMLModel(\(PythonText.quoted(subject.artifact.name)))",
            requires: ["coremltools"])
        let place = "metadata.json"
        guard let document = try FolderFiles.document(place, of: subject)?[0] else {
            result.confidence = .structure
            return
        }
        result.version = document["specificationVersion"]?.int.map(String.init)
        result.facts.inputs = ports(document["inputSchema"])
        result.facts.outputs = ports(document["outputSchema"])
        if result.facts.inputs != nil { result.note("inputs", .read, "\(place): inputSchema") }
        if result.facts.outputs != nil { result.note("outputs", .read, "\(place): outputSchema") }
        if let license = document["license"]?.string, !license.isEmpty {
            result.facts.license = license
            result.note("license", .read, "\(place): license")
        }
        result.confidence = .parsed
    }

    private static func ports(_ value: JSONValue?) -> [Port]? {
        let ports = (value?.array ?? []).prefix(1_024).compactMap { item -> Port? in
            guard let name = item["name"]?.string else { return nil }
            let digits = item["shape"]?.string?.split { !$0.isNumber }.compactMap { Int($0) }
            let type: String? =
                switch item["dataType"]?.string {
                case "Float32": "float32"
                case "Float16": "float16"
                case "Int32": "int32"
                case "Double": "float64"
                default: nil
                }
            return Port(name: name, shape: digits?.isEmpty == false ? digits : nil, dataType: type)
        }
        return ports.isEmpty ? nil : ports
    }
}
