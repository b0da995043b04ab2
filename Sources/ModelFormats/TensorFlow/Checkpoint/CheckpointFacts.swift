import ModelBytes
import ModelContainers
import ModelJSON

/// From the index of a checkpoint, and the graph of objects in its shard, to facts.
struct CheckpointFacts {
    private let files: CheckpointFiles
    private let limits: Limits
    private let bundle: TensorBundle

    init(_ files: CheckpointFiles, limits: Limits) throws(InspectionError) {
        self.files = files
        self.limits = limits
        bundle = try TensorBundle(files.index, limits: limits)
    }

    func fill(_ result: inout ProbeResult, of artifact: Artifact) throws(InspectionError) {
        result.files.append(
            FileMember(
                path: files.prefix + CheckpointFiles.indexEnding, role: "index", present: true, size: files.index.count)
        )
        bundle.list(for: result.listing) { TensorBundle.shardName(files.prefix, $0, of: bundle.shards) }
        let isWhole = try shards(&result)
        try metaGraph(&result)
        let graph = bundle.entry(CheckpointObjects.key)
        result.version = "2"
        result.variant = graph == nil ? "variables by their names" : "object-based"
        var isTraining = false
        if let graph {
            if let objects = try objects(graph, &result) {
                try byObjects(objects, &result, isTraining: &isTraining)
            } else {
                byKeys(&result, isTraining: &isTraining)
            }
        } else {
            byNames(&result, isTraining: &isTraining)
        }
        if !isTraining { Self.noteNoTrainingState(&result) }
        number(&result, isObjectBased: graph != nil)
        if bundle.isBigEndian {
            result.report(.note, code: "checkpoint.big-endian", "its values were written on a big-endian machine")
        }
        if !files.others.isEmpty {
            let why = files.isNamed ? "the file checkpoint names it as the latest" : "it has the highest number"
            result.report(
                .note, code: "checkpoint.several",
                "the folder holds \(files.others.count + 1) checkpoints; \(files.prefix) was read, because \(why)")
        }
        guard result.verdict == .model else {
            result.confidence = .parsed
            return
        }
        let isFolder = artifact.head.isEmpty
        let path = isFolder ? "\(artifact.name)/\(files.prefix)" : files.prefix
        // A path that ends in its folder is looked through for the file `checkpoint`, and not for `.index`.
        let isNameless = path.isEmpty || path.hasSuffix("/")
        let call = isNameless ? "tf.compat.v1.train.NewCheckpointReader" : "tf.train.load_checkpoint"
        result.loading = Loading(
            isWhole ? .dataOnly : .incomplete,
            call: "\(call)(\(PythonText.quoted(path.isEmpty ? "./" : path)))", requires: ["tensorflow"])
        result.confidence = .parsed
    }

    /// The graph that a Saver of TensorFlow 1 writes beside the values says which version that was.
    private func metaGraph(_ result: inout ProbeResult) throws(InspectionError) {
        let name = files.prefix + ".meta"
        guard files.canHaveShards, let source = try files.companion(name) else { return }
        result.files.append(FileMember(path: name, role: "graph", present: true, size: source.count))
        do throws(InspectionError) {
            let message = try ProtobufMessage.read(source, as: .metaGraph, limits: limits)
            guard let version = message.message("meta_info_def")?.string("tensorflow_version") else { return }
            result.facts.frameworkVersion = version
            result.note("framework_version", .read, "\(name): meta_info_def.tensorflow_version")
        } catch {
            guard error.reason != .unreadable else { throw error }
            result.report(
                .warning, code: "checkpoint.meta", "the graph beside it cannot be read: \(error.message)", at: name)
        }
    }

    /// Whether all shards are there and long enough.
    private func shards(_ result: inout ProbeResult) throws(InspectionError) -> Bool {
        try limits.listedValues.check(bundle.shards)
        guard files.canHaveShards else {
            result.report(
                .note, code: "shards.unseen", "its \(bundle.shards) shards cannot be looked for: it has no folder")
            return false
        }
        var isWhole = true
        var ends = [Int](repeating: 0, count: max(0, bundle.shards))
        for entry in bundle.entries + bundle.slices {
            guard ends.indices.contains(entry.shard) else {
                throw InspectionError(
                    .malformed, "tensor \"\(entry.key)\" lies in shard \(entry.shard) of \(bundle.shards)",
                    entry: files.index.entry)
            }
            ends[entry.shard] = max(ends[entry.shard], entry.offset + entry.size)
        }
        for (shard, end) in ends.enumerated() {
            let name = TensorBundle.shardName(files.prefix, shard, of: bundle.shards)
            let size = try files.size(name)
            result.files.append(FileMember(path: name, role: "mlm:weights", present: size != nil, size: size))
            if let size {
                guard size < end else { continue }
                result.report(
                    .warning, code: "shards.truncated", "the shard has \(size) bytes, but its tensors need \(end)",
                    at: name)
            } else {
                result.report(.warning, code: "shards.missing", "a shard that the index names is missing", at: name)
            }
            isWhole = false
        }
        return isWhole
    }

    /// The graph of objects is a text in a shard: its length, a checksum, then its bytes (`WriteStringTensor` of
    /// tensor_bundle.cc). Nil when the shard is not there, or cannot be read there.
    private func objects(
        _ entry: TensorBundle.Entry, _ result: inout ProbeResult
    ) throws(InspectionError) -> CheckpointObjects? {
        let name = TensorBundle.shardName(files.prefix, entry.shard, of: bundle.shards)
        guard files.canHaveShards, let shard = try files.companion(name), entry.offset <= shard.count - entry.size,
            entry.size > 5
        else { return nil }
        try limits.protobufSkeletonBytes.check(entry.size, entry: name, offset: entry.offset)
        do throws(InspectionError) {
            var cursor = ByteCursor(try shard.slice(at: entry.offset, count: entry.size, entry: name))
            var length = 0
            var shift = 0
            while true {
                let byte = try cursor.byte()
                length |= Int(byte & 0x7F) << shift
                shift += 7
                if byte < 0x80 { break }
                guard shift <= 35 else { throw cursor.malformed("a length is too large for any text") }
            }
            try cursor.skip(4)
            guard length == cursor.remaining else {
                throw cursor.malformed("a text of \(length) bytes in \(cursor.remaining)")
            }
            let text = try shard.slice(at: entry.offset + cursor.offset, count: length, entry: name)
            return try CheckpointObjects(text, limits: limits)
        } catch {
            guard error.reason != .limit, error.reason != .unreadable else { throw error }
            result.report(
                .warning, code: "checkpoint.objects", "the graph of objects cannot be read: \(error.message)", at: name)
            return nil
        }
    }

    // MARK: TensorFlow 2

    private func byObjects(
        _ graph: CheckpointObjects, _ result: inout ProbeResult, isTraining: inout Bool
    ) throws(InspectionError) {
        var graph = graph
        let entries = Dictionary(bundle.entries.map { ($0.key, $0) }, uniquingKeysWith: { first, _ in first })
        let hasCounter = graph.topNames.contains("save_counter")
        graph.setAside { key in
            guard hasCounter, let entry = entries[key] else { return false }
            return entry.shape.isEmpty && entry.type?.name.contains("int") == true
        }
        isTraining = graph.hasOptimizer || hasCounter
        guard hasCounter || !graph.topNames.contains("signatures") else {
            // tf.saved_model.save gives what it saves that child; Keras 3 exports most variables twice into it.
            result.markNotAModel(because: "companion")
            result.facts.artifactType = nil
            result.report(
                .warning, code: "not-a-model.companion",
                "these are the variables of a SavedModel; inspect the folder that holds saved_model.pb",
                at: "\(CheckpointObjects.key): signatures")
            return
        }
        count(
            graph.parameters, &result,
            by: "variables that the graph of objects has outside of optimizers, metrics, random generators and counters"
        )
        let isKerasModel = graph.topNames.contains { $0.hasPrefix("layer_with_weights-") }
        if hasCounter {
            result.note("artifact_type", .derived, "\(CheckpointObjects.key): save_counter")
        } else if isKerasModel || files.isNamed {
            // Model.save_weights has the model at the top and no counter; it writes the file `checkpoint`, which
            // Checkpoint.write does not.
            result.facts.artifactType = "tf.keras.Model.save_weights"
            let why = isKerasModel ? "layers of a Keras model at the top" : "named by the file checkpoint"
            result.note("artifact_type", .derived, "\(CheckpointObjects.key): no save_counter, \(why)")
        } else {
            result.facts.artifactType = "tf.train.Checkpoint.write"
            result.note("artifact_type", .derived, "\(CheckpointObjects.key): no save_counter")
        }
    }

    /// Without the graph of objects: by what keys say, where they say it.
    private func byKeys(_ result: inout ProbeResult, isTraining: inout Bool) {
        let hasCounter = bundle.entries.contains { $0.key.hasPrefix("save_counter/") }
        if !hasCounter { result.facts.artifactType = nil }
        isTraining = hasCounter || bundle.entries.contains { Self.isTraining($0.key) }
        result.report(
            .note, code: "checkpoint.unsorted",
            "without the graph of objects, which its shard holds, the variables of the model cannot be told from those "
                + "of its training, so nothing is counted", at: CheckpointObjects.key)
    }

    /// There is nothing to go on training from, so it is no checkpoint in MLM's sense.
    static func noteNoTrainingState(_ result: inout ProbeResult) {
        result.facts.roles = result.facts.roles?.filter { $0 != "mlm:checkpoint" }
        result.note("roles", .derived, "no variables of an optimizer, and no counter of saves")
    }

    private static func isTraining(_ key: String) -> Bool {
        key.contains("/.OPTIMIZER_SLOT/") || key.split(separator: "/").contains { $0.contains("optimizer") }
    }

    // MARK: TensorFlow 1

    private func byNames(_ result: inout ProbeResult, isTraining: inout Bool) {
        let scalars = Set(bundle.entries.lazy.filter(\.shape.isEmpty).map(\.key))
        let names = CheckpointNames(bundle.entries.map(\.key), isScalar: scalars.contains)
        isTraining = !names.training.isEmpty
        result.facts.artifactType = "tf.train.Saver.save"
        result.note("artifact_type", .derived, "no \(CheckpointObjects.key): variables by their names")
        count(
            Set(bundle.entries.map(\.key)).subtracting(names.training), &result,
            by: "variables without those that optimizers and averages keep for them, and without counters")
    }

    // MARK: Both

    private func count(_ keys: Set<String>, _ result: inout ProbeResult, by rule: String) {
        var tally = ElementTally()
        for entry in bundle.entries where keys.contains(entry.key) {
            // What has no size is a text or a table, and no parameter.
            guard let type = entry.type, type.isNumeric else { continue }
            let bytes = entry.bytes
            if TensorSize.elements(entry.shape).flatMap(type.bytes) != bytes {
                result.report(
                    .warning, code: "checkpoint.size",
                    "tensor \"\(entry.key)\" has a shape that does not fit its bytes, so nothing is counted",
                    at: files.index.entry)
                return
            }
            tally.add(entry.key, shape: entry.shape, dataType: type.name, bytes: bytes)
        }
        result.facts.parameters = tally.parameters(counting: rule)
        if tally.tensors > 0 { result.note("parameters", .read, "index: dtype, shape") }
        if tally.tensors == 0 {
            result.report(.note, code: "checkpoint.no-variables", "it holds no variable of a model", at: "index")
        }
    }

    /// `ckpt-7`: how often it was saved, or with TensorFlow 1 the step of training.
    private func number(_ result: inout ProbeResult, isObjectBased: Bool) {
        guard let number = CheckpointFiles.number(files.prefix) else { return }
        let hasStep = bundle.entries.contains { $0.key == "global_step" }
        let hasCounter = bundle.entries.contains { $0.key.hasPrefix("save_counter/") }
        guard let key = isObjectBased ? (hasCounter ? "save_counter" : nil) : hasStep ? "global_step" : nil else {
            return
        }
        var metadata = result.facts.metadata ?? JSONObject()
        metadata[key] = JSONValue(number)
        result.facts.metadata = metadata
        result.note("metadata", .derived, "name of the file: \(files.prefix)")
    }
}
