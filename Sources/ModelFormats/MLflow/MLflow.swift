import ModelBytes
import ModelContainers
import ModelJSON

/// A folder that MLflow wrote: `MLmodel` says which flavours the model has, and the model itself lies beside it.
///
/// Source: mlflow/models/model.py, mlflow/pyfunc/__init__.py.
enum MLflow: Format {
    static let identities: [FormatIdentity] = [
        FormatIdentity(
            "mlflow", "MLflow model", artifactType: "mlflow.models.Model.save",
            versionName: "MLflow",
            reads:
                "flavours and their versions, signature with inputs and outputs, version of Python, the model inside as "
                + "its own format, what loading runs")
    ]

    static let limits = MLflowLimits.all

    static let refines = [
        "huggingface", "sentence-transformers", "diffusers", "safetensors", "tf-saved-model", "ydf",
    ]

    private static let document = "MLmodel"

    static let lists: Set<Listing.Part> = [.tensors, .nodes]

    static func sniff(_ subject: InspectedArtifact) -> SniffMatch? {
        guard let listing = subject.listing, listing.contains(where: { $0.path == document }) else { return nil }
        return SniffMatch(.structure, "a directory with \(document)")
    }

    static func probe(_ subject: InspectedArtifact, into result: inout ProbeResult) throws(InspectionError) {
        result.setIdentity(identity("mlflow"))
        guard let source = try subject.artifact.companion(document) else { return }
        let model: JSONValue
        do throws(InspectionError) {
            model = try YAMLReader.read(source, limits: subject.limits)
        } catch {
            // mlflow may read what is refused here: what it would unpickle then is judged all the same.
            result.loading = Loading(.incomplete)
            let members = try MLflowMembers([:], in: subject.listing ?? [], limits: subject.limits)
            try MLflowFacts([:], [:], subject).otherMembers(members, &result)
            throw error
        }
        guard let flavors = model["flavors"]?.object, !flavors.isEmpty else {
            throw InspectionError(.malformed, "names no flavors", entry: document)
        }
        try subject.limits[MLflowLimits.flavors].check(flavors.count, entry: document)
        result.version = model["mlflow_version"]?.string
        let facts = MLflowFacts(model, flavors, subject)
        facts.loading(try MLflowModules(flavors, subject), &result)
        let members = try MLflowMembers(flavors, in: subject.listing ?? [], limits: subject.limits)
        // What MLmodel says, and what lies beside the model, is reported even if the model is broken.
        var failure: InspectionError?
        do throws(InspectionError) { try facts.inner(members, &result) } catch { failure = error }
        try facts.otherMembers(members, &result)
        try facts.signature(&result)
        facts.identity(&result)
        result.noteTable()
        let listed = Set(result.files.map(\.path))
        for entry in subject.listing ?? [] where !listed.contains(entry.path) {
            result.files.append(FileMember(path: entry.path, role: "companion", present: true, size: entry.size))
            if result.files.count >= subject.limits.listedValues.value { break }
        }
        if let failure { throw failure }
        result.confidence = .parsed
    }
}
