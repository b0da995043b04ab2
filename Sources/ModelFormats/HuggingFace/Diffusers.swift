import ModelBytes
import ModelJSON

/// A pipeline of diffusers: `model_index.json` names its components, each in a folder of its own.
///
/// Source: diffusers/pipelines/pipeline_utils.py.
enum Diffusers: Format {
    static let identities: [FormatIdentity] = [
        FormatIdentity(
            "diffusers", "diffusers pipeline", artifactType: "save_pretrained", framework: "Hugging Face",
            roles: ["mlm:weights"],
            reads: "class of the pipeline, its components with their classes, the parameters of all of them, its code")
    ]

    static let refines = ["huggingface", "safetensors"]

    private static let index = "model_index.json"

    static let lists: Set<Listing.Part> = [.tensors]

    static func sniff(_ subject: InspectedArtifact) -> SniffMatch? {
        guard let listing = subject.listing, listing.contains(where: { $0.path == index }) else { return nil }
        return SniffMatch(.structure, "a directory with \(index)")
    }

    static func probe(_ subject: InspectedArtifact, into result: inout ProbeResult) throws(InspectionError) {
        result.setIdentity(identity("diffusers"))
        var folder = ModelFolder(subject)
        FolderName.fill(&result, subject)
        guard let document = try folder.document(index), let pipeline = document.object else {
            throw InspectionError(.malformed, "is no object", entry: index)
        }
        let name = pipeline["_class_name"]?.string ?? pipeline["_class_name"]?[1]?.string
        if let name {
            result.facts.architecture = name
            result.note("architecture", .read, "\(index): _class_name")
        }
        if let version = pipeline["_diffusers_version"]?.string {
            result.facts.producer = Producer(name: "diffusers", version: version)
            result.note("producer", .read, "\(index): _diffusers_version")
        }
        // A class of the folder's own is found by diffusers' general one.
        let isOwn = pipeline["_class_name"]?.array != nil
        let own = name.flatMap { RemoteCode.isName($0) && !isOwn ? $0 : nil } ?? "DiffusionPipeline"
        result.loading = Loading(
            .dataOnly,
            call: "diffusers.\(own).from_pretrained(\(PythonText.quoted(subject.artifact.name)))",
            requires: ["diffusers", "transformers", "torch"])
        if isOwn {
            needsCode("the pipeline's own class \(pipeline["_class_name"]?[0]?.string ?? "")", index, &result)
        }
        // A folder without `_class_name` in two parts is asked for the file of its custom pipeline all the same, and the name of
        // none is None (diffusers 0.36, _resolve_custom_pipeline_and_cls).
        if folder.names.contains("None.py") { needsCode("the file None.py", "None.py", &result) }
        var failure: InspectionError?
        let weights = try components(pipeline, folder, &failure, &result)
        try folder.card(into: &result)
        folder.companions(into: &result)
        try folder.otherPickles(atAnyDepth: true, into: &result)
        FolderWeights.complete(weights, of: subject, into: &result)
        result.confidence = .parsed
        if let failure = failure ?? weights?.failure {
            result.loading?.leaveIncomplete()
            throw failure
        }
    }

    private static func components(
        _ pipeline: JSONObject, _ folder: ModelFolder, _ failure: inout InspectionError?,
        _ result: inout ProbeResult
    ) throws(InspectionError) -> FolderWeights? {
        let subject = folder.subject
        let components = pipeline.filter { !$0.key.hasPrefix("_") && $0.value.array?.count == 2 }
        try subject.limits.shards.check(components.count, entry: index)
        let names = FolderNames(subject)
        var described = JSONObject()
        var sum: FolderWeights?
        for (name, value) in components {
            guard let type = value[1]?.string else { continue }
            described[name] = .string(type)
            if let library = value[0]?.string, library != "diffusers", library != "transformers", !isInside(library) {
                needsCode("component \(name) is \(type) of \(library)", index, &result)
            }
            // A file of the library's name comes before the library (pipeline_loading_utils.py), and a name that is no plain
            // one may lead to such a file by another way.
            if let library = value[0]?.string, names.has("\(name)/\(library).py") {
                needsCode("the file \(name)/\(library).py", index, &result)
            } else if !RemoteCode.isName(name) {
                needsCode("component \(name.prefix(64)), which is no plain name", index, &result)
            }
            let documents = folder.documents(name + "/", failure: &failure)
            RemoteCode.report(documents, subject, into: &result)
            // transformers' models are the only ones of other names.
            let kind: WeightsNames = value[0]?.string == "diffusers" ? .diffusers : .transformers
            guard
                let own = FolderWeights.read(
                    names.main(of: kind, in: name + "/"), at: name + "/", of: subject, into: &result)
            else {
                continue
            }
            if sum == nil { sum = own } else { sum?.join(own) }
        }
        if !described.isEmpty {
            result.facts.hyperparameters = ["components": .object(described)]
            result.note("hyperparameters", .read, index)
        }
        return sum
    }

    /// Modules of diffusers itself are named without it: `stable_diffusion`, for its own safety checker.
    private static func isInside(_ library: String) -> Bool {
        ["stable_diffusion", "stable_diffusion_xl", "deepfloyd_if", "kandinsky", "paint_by_example"].contains(library)
    }

    private static func needsCode(_ what: String, _ place: String, _ result: inout ProbeResult) {
        result.report(.warning, code: "diffusers.custom-code", "loading runs code of its own: \(what)", at: place)
        let known = result.loading?.verdict ?? .needsCode
        result.loading?.verdict = max(known, .needsCode)
        if let call = result.loading?.call, !call.contains("trust_remote_code") {
            result.loading?.call = String(call.dropLast()) + ", trust_remote_code=True)"
        }
    }
}
