import ModelBytes
import ModelContainers
import ModelJSON

/// What people lay beside a model, or into its folder: names of the classes, and what Ultralytics writes beside its exports.
///
/// Such a file says what the model's own file does not, and only where both agree: as many names as the output has classes,
/// in a folder without a second model that they could be of. Otherwise it is a hint.
package enum CompanionFiles {
    /// Adds to `result` what the files beside `subject` say. `isModel` knows the names that models have.
    package static func read(
        beside subject: InspectedArtifact, isModel: (String) -> Bool, into result: inout ProbeResult
    ) {
        guard case .model = result.verdict, subject.artifact.hasFolder, mayHaveClasses(result) else { return }
        ultralytics(subject, isModel, &result)
        let names = ownNames(subject.artifact) + sharedNames + namesOfMany(beside: subject.artifact, result)
        // Of a folder its listing says what there is.
        let listed = subject.listing.map(FolderFiles.topNames)
        // A folder's configuration belongs to the format that it is of, and of weights alone no output is known.
        let isConfigured = listed == nil && result.facts.outputs?.isEmpty == false
        let found = names.filter { name in
            (listed?.contains(name) ?? true) && (isConfigured || name != ClassNames.configuration)
        }.compactMap { name in
            ClassNames.look(for: name, beside: subject.artifact, limits: subject.limits)
        }
        let files = found.compactMap { if case .names(let file) = $0 { file } else { nil } }
        guard let first = files.first else {
            // Nobody misses names that the model has itself.
            guard result.facts.labels == nil, result.facts.outputs?.contains(where: { $0.labels != nil }) != true else {
                return
            }
            for case .refused(let name, let reason) in found {
                result.report(
                    .note, code: "labels.not-used",
                    "\(reason); give the names in the draft if they are those of this model's classes", at: name)
            }
            return
        }
        let mentions = first.name != ClassNames.configuration
        let known = result.facts.labels ?? result.facts.outputs?.compactMap(\.labels).first
        if let known {
            if mentions, !files.contains(where: { $0.labels == known }) {
                result.report(
                    .note, code: "labels.differ",
                    "its class names differ from those in the model, which are the ones used", at: first.name)
            }
            return
        }
        for file in files {
            guard let index = output(with: file.labels.count, result.facts.outputs ?? []) else { continue }
            if sharedNames.contains(file.name), let other = otherModel(beside: subject, isModel, result) {
                result.report(
                    .note, code: "labels.not-used",
                    "it has as many names as the output has classes, but they may belong to \(other); give them in "
                        + "the draft if they are this model's", at: file.name)
                return
            }
            if let other = files.first(where: { $0.labels.count == file.labels.count && $0.labels != file.labels }) {
                result.report(
                    .note, code: "labels.not-used",
                    "it has as many names as \(file.name), but other ones; give those that are this model's in the "
                        + "draft", at: other.name)
                return
            }
            result.facts.outputs?[index].labels = file.labels
            result.note("outputs.labels", .derived, "\(file.name): as many names as the output has classes")
            if result.facts.tasks == nil, let task = file.task {
                result.facts.tasks = [task]
                result.note("tasks", .read, "\(file.name): task")
            }
            return
        }
        guard mentions else { return }
        result.report(
            .note, code: "labels.not-used",
            "it has \(first.labels.count) names, but no output is known to have as many classes; give them in the draft "
                + "if they are this model's", at: first.name)
    }

    /// Models of tables and of words have no classes in files beside them.
    private static func mayHaveClasses(_ result: ProbeResult) -> Bool {
        result.facts.outputs?.isEmpty == false || result.facts.roles?.contains("mlm:weights") == true
    }

    /// Names that only this model's file has. `model.json` itself is another form of the model.
    private static func ownNames(_ artifact: Artifact) -> [String] {
        guard artifact.isFile else { return [] }
        let stem = artifact.modelName
        // Each name is a file to be looked for beside every model of a scan: those that are met, and no more.
        let ends = ["labels.txt", "classes.txt", "labels.json", "class_indices.json"]
        return ends.flatMap { end in ["_", "."].map { stem + $0 + end } }
            + [stem + ".json"]
            .filter { $0 != artifact.name }
    }

    private static let sharedNames = [
        "labels.txt", "classes.txt", "labelmap.txt", "label_map.txt", "class_names.txt", "labels.json", "classes.json",
        "class_indices.json", "class_names.json", ClassNames.configuration, "config.min.json",
    ]

    /// `bird_v2_Labels.txt` beside `bird_v2_FP32.tflite` and `bird_v2_FP16.tflite`: called by how the model's name begins.
    ///
    /// Several models of a folder may begin so. That is no matter where there are so many classes that as many names do not
    /// fit by accident, and only then is the folder looked through.
    private static func namesOfMany(beside artifact: Artifact, _ result: ProbeResult) -> [String] {
        let fewest = 64
        let hasMany = result.facts.outputs?.contains { output in
            output.labels == nil && output.shape.map { $0.count <= 2 && ($0.last ?? 0) >= fewest } == true
        }
        guard hasMany == true, let siblings = artifact.siblings(upTo: 4_096) else { return [] }
        let stem = artifact.modelName
        return siblings.filter { name in
            ["_labels.txt", "_classes.txt", "-labels.txt", "-classes.txt"].contains { end in
                guard name.lowercased().hasSuffix(end), name.utf8.count > end.utf8.count else { return false }
                let beginning = name.dropLast(end.count)
                guard stem.hasPrefix(beginning) else { return false }
                return stem.dropFirst(beginning.count).first.map { "_-".contains($0) } ?? true
            }
        }.sorted().prefix(8).map { $0 }
    }

    /// The only output with so many classes: a number for each of them, or a picture for each.
    private static func output(with count: Int, _ outputs: [Port]) -> Int? {
        let fitting = outputs.indices.filter { index in
            guard let shape = outputs[index].shape, outputs[index].features == nil else { return false }
            switch shape.count {
            case 1: return shape[0] == count
            case 2: return shape[1] == count
            // A channel is the second dimension or the last one; were both as long, either could be.
            case 4: return (shape[1] == count) != (shape[3] == count) && shape[2] != count
            default: return false
            }
        }
        return fitting.count == 1 ? fitting[0] : nil
    }

    /// Another model in the same folder. The same name in another form is the same model.
    private static func otherModel(
        beside subject: InspectedArtifact, _ isModel: (String) -> Bool, _ result: ProbeResult
    ) -> String? {
        let artifact = subject.artifact
        guard artifact.isFile else { return nil }
        // Nobody looks through more for the one that these could be of.
        guard let names = artifact.siblings(upTo: 4_096) else { return "another file of this folder" }
        let parts = Set(result.files.map(\.path))
        return names.sorted().first { name in
            name != artifact.name && !parts.contains(name) && !isForm(name, of: artifact) && isModel(name)
        }
    }

    /// `net.onnx` beside `net.tflite`, and not `net.v2.onnx`.
    private static func isForm(_ name: String, of artifact: Artifact) -> Bool {
        name.lastIndex(of: ".").map { name[..<$0] == artifact.stem } ?? (name == artifact.stem)
    }

    /// `metadata.yaml` of an export to OpenVINO, TensorFlow, TensorFlow.js and others (ultralytics/engine/exporter.py).
    private static func ultralytics(
        _ subject: InspectedArtifact, _ isModel: (String) -> Bool, _ result: inout ProbeResult
    ) {
        let name = "metadata.yaml"
        // What cannot be read is of somebody else.
        guard let source = try? subject.artifact.companion(name),
            let document = try? YAMLReader.read(source, limits: subject.limits),
            let metadata = document.object.flatMap(UltralyticsMetadata.init),
            otherModel(beside: subject, isModel, result) == nil
        else { return }
        let sizes = document.object?["imgsz"]?.array?.compactMap(\.int) ?? []
        let known = Set((result.facts.inputs?.first?.shape ?? []).filter { $0 > 4 })
        guard sizes.count == 2, known.isEmpty || known.isSubset(of: Set(sizes)) else {
            result.report(
                .note, code: "ultralytics.not-used",
                "its image size differs from the model's input, so it may belong to another model", at: name)
            return
        }
        if let labels = metadata.labels, let shape = result.facts.outputs?.first?.shape, shape.count <= 2,
            let classes = shape.last, classes > 0, classes != labels.count
        {
            result.report(
                .note, code: "ultralytics.not-used",
                "it has \(labels.count) class names, but the output has \(classes) values, so it may belong to another "
                    + "model", at: name)
            return
        }
        metadata.fill(&result, at: name)
    }
}
