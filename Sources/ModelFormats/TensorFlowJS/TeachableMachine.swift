import ModelBytes
import ModelJSON

/// What Teachable Machine writes beside its models, `metadata.json`: their name and the names of the classes.
///
/// Source: googlecreativelab/teachablemachine-community, libraries/image/src/custom-mobilenet.ts, `Metadata`.
enum TeachableMachine {
    private static let fileName = "metadata.json"

    static func fill(_ result: inout ProbeResult, beside subject: InspectedArtifact) throws(InspectionError) {
        let document: JSONValue?
        do throws(InspectionError) {
            document = try FolderFiles.document(fileName, of: subject)
        } catch {
            // The file belongs to the page around the model, which loads without it.
            result.report(.note, code: "tfjs.metadata", "it cannot be read: \(error.message)", at: fileName)
            return
        }
        guard let document, let values = document["labels"]?.array,
            document["tmVersion"] != nil || document["packageName"]?.string?.hasPrefix("@teachablemachine/") == true
        else { return }
        if let name = document["modelName"]?.string, !name.isEmpty, !PrivateText.holdsPath(name) {
            result.facts.name = name
            result.note("name", .read, "\(fileName): modelName")
        }
        // All that it makes tells classes apart.
        if result.facts.tasks == nil {
            result.facts.tasks = ["classification"]
            result.note("tasks", .derived, "\(fileName): Teachable Machine makes classifiers")
        }
        let labels = values.compactMap(\.string)
        guard labels.count == values.count, !labels.isEmpty, labels.count <= subject.limits.listedValues.value,
            result.facts.outputs?.count == 1, let classes = result.facts.outputs?.first?.shape?.last
        else { return }
        guard classes == labels.count || classes < 0 else {
            result.report(
                .warning, code: "tfjs.labels", "it has \(labels.count) labels, but the output has \(classes) values",
                at: fileName)
            return
        }
        result.facts.outputs?[0].labels = labels
        result.note("outputs.labels", .read, "\(fileName): labels")
    }
}
