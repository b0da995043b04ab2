import ModelBytes
import ModelJSON

/// What Teachable Machine writes beside its models, `metadata.json`: their name and the names of the classes.
///
/// Source: googlecreativelab/teachablemachine-community, libraries/image/src/custom-mobilenet.ts and
/// libraries/pose/src/custom-posenet.ts, `Metadata`; of sounds, tensorflow/tfjs-models, speech-commands/src/types.ts,
/// `SpeechCommandRecognizerMetadata`.
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
        guard let document, let (key, values) = labels(document) else { return }
        let labels = values.compactMap(\.string)
        guard labels.count == values.count, !labels.isEmpty, labels.count <= subject.limits.listedValues.value,
            result.facts.outputs?.count == 1, let classes = result.facts.outputs?.first?.shape?.last
        else { return describe(document, &result) }
        guard classes == labels.count || classes < 0 else {
            result.report(
                .warning, code: "tfjs.labels", "it has \(labels.count) labels, but the output has \(classes) values",
                at: fileName)
            return
        }
        describe(document, &result)
        result.facts.outputs?[0].labels = labels
        result.note("outputs.labels", .read, "\(fileName): \(key)")
    }

    /// What else it says, which is of another model where its labels are.
    private static func describe(_ document: JSONValue, _ result: inout ProbeResult) {
        if let name = document["modelName"]?.string, !name.isEmpty, !PrivateText.holdsPath(name) {
            result.facts.name = name
            result.note("name", .read, "\(fileName): modelName")
        }
        // All that it makes tells classes apart.
        if result.facts.tasks == nil {
            result.facts.tasks = ["classification"]
            result.note("tasks", .derived, "\(fileName): Teachable Machine makes classifiers")
        }
        settings(document, &result)
    }

    /// Those of pictures and poses, or of sounds; nil where somebody else has written the file.
    private static func labels(_ document: JSONValue) -> (key: String, values: [JSONValue])? {
        if document["tfjsSpeechCommandsVersion"] != nil, let values = document["wordLabels"]?.array {
            return ("wordLabels", values)
        }
        guard document["tmVersion"] != nil || document["packageName"]?.string?.hasPrefix("@teachablemachine/") == true
        else { return nil }
        return document["labels"]?.array.map { ("labels", $0) }
    }

    /// What makes the values that the model takes of a picture, such as PoseNet and its size.
    private static func settings(_ document: JSONValue, _ result: inout ProbeResult) {
        var found = result.facts.hyperparameters ?? JSONObject()
        var keys: [String] = []
        for key in ["modelSettings", "imageSize", "grayscale"] where found[key] == nil {
            guard let value = document[key], value.object?.isEmpty != true, isPlain(value, depth: 0) else { continue }
            found[key] = value
            keys.append(key)
        }
        guard !keys.isEmpty else { return }
        result.facts.hyperparameters = found
        result.note("hyperparameters", .read, "\(fileName): \(keys.joined(separator: ", "))")
    }

    /// Numbers, truths and short words, two objects deep at most.
    private static func isPlain(_ value: JSONValue, depth: Int) -> Bool {
        if let object = value.object {
            return depth < 2 && object.count <= 16 && object.allSatisfy { isPlain($0.value, depth: depth + 1) }
        }
        if let text = value.string { return text.utf8.count <= 64 && !PrivateText.holdsPath(text) }
        return value.number != nil || value.bool != nil
    }
}
