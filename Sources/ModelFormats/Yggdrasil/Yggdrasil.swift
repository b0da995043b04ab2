import ModelBytes
import ModelContainers
import ModelJSON

/// A folder of Yggdrasil Decision Forests, or of TensorFlow Decision Forests, which keeps one below `assets`.
///
/// Source: yggdrasil_decision_forests/model/abstract_model.proto, dataset/data_spec.proto.
enum Yggdrasil: Format {
    static let identities: [FormatIdentity] = [
        FormatIdentity(
            "ydf", "Yggdrasil Decision Forests", artifactType: "ydf.GenericModel.save", framework: "YDF",
            roles: ["mlm:compiled"], mediaType: "application/octet-stream; framework=ydf",
            reads: "kind of the forest, task, label with its classes, features with their types, number of trees")
    ]

    static let limits = YggdrasilLimits.all

    private static let header = "header.pb"
    private static let dataSpec = "data_spec.pb"

    static func sniff(_ subject: InspectedArtifact) -> SniffMatch? {
        // A prefix stands before all names when several models share a folder.
        guard let listing = subject.listing, let prefix = prefix(listing) else { return nil }
        return SniffMatch(.structure, "a directory with \(prefix)\(header) and \(prefix)\(dataSpec)")
    }

    private static func prefix(_ listing: [DirectoryEntry]) -> String? {
        let names = FolderFiles.topNames(listing)
        guard let spec = names.filter({ $0.hasSuffix(dataSpec) }).min() else { return nil }
        let prefix = String(spec.dropLast(dataSpec.count))
        return names.contains(prefix + header) ? prefix : nil
    }

    static func probe(_ subject: InspectedArtifact, into result: inout ProbeResult) throws(InspectionError) {
        result.setIdentity(identity("ydf"))
        let listing = subject.listing ?? []
        guard let prefix = prefix(listing), let headerBytes = try subject.artifact.companion(prefix + header),
            let specBytes = try subject.artifact.companion(prefix + dataSpec)
        else { return }
        let model = try YggdrasilModel(headerBytes)
        result.loading = Loading(
            .dataOnly, call: "ydf.load_model(\(PythonText.quoted(subject.artifact.name)))", requires: ["ydf"])
        let columns = try YggdrasilColumns(specBytes, limits: subject.limits)
        YggdrasilFacts(model, columns, limits: subject.limits).fill(&result)
        try trees(prefix, listing, subject, &result)
        for entry in listing where !entry.path.contains("/") && entry.path.hasPrefix(prefix) {
            let name = String(entry.path.dropFirst(prefix.count))
            guard name.hasPrefix("nodes-") || name.hasSuffix(".pb") || name == "done" else { continue }
            let role = name.hasPrefix("nodes-") ? "mlm:weights" : name == "done" ? "marker" : "configuration"
            result.files.append(FileMember(path: entry.path, role: role, present: true, size: entry.size))
        }
        result.confidence = .parsed
    }

    /// `random_forest_header.pb`: field 1 the shards of nodes, field 2 the trees.
    private static func trees(
        _ prefix: String, _ listing: [DirectoryEntry], _ subject: InspectedArtifact, _ result: inout ProbeResult
    ) throws(InspectionError) {
        let own = listing.map(\.path).first { path in
            // With a prefix the model's own header ends so, too.
            path.hasPrefix(prefix) && path != prefix + header && path.hasSuffix("_header.pb") && !path.contains("/")
        }
        guard let own, let source = try subject.artifact.companion(own) else { return }
        let outline = ProtobufOutline(source)
        if let trees = outline.int(2), trees >= 0 {
            result.facts.hyperparameters = ["num_trees": JSONValue(trees)]
            result.note("hyperparameters", .read, "\(own): num_trees")
        }
        guard let count = outline.int(1), (0...subject.limits.shards.value).contains(count) else { return }
        let present = Set(listing.lazy.map(\.path))
        for index in 0..<count {
            let name = "\(prefix)nodes-\(index.fiveDigits)-of-\(count.fiveDigits)"
            guard !present.contains(name) else { continue }
            result.files.append(FileMember(path: name, role: "mlm:weights", present: false))
            result.report(.warning, code: "shards.missing", "a file of trees is missing", at: name)
            result.loading?.leaveIncomplete()
        }
    }
}
