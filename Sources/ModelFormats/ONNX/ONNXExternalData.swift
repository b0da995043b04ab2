import ModelBytes
import ModelContainers

/// Tensors that lie in other files, and whether these are there and long enough. The files are not opened for that.
///
/// Source: onnx/external_data_helper.py; `location` is relative to the model's folder.
struct ONNXExternalData {
    private struct File {
        var tensors = 0
        /// How long the file has to be.
        var end = 0

        /// What lies in it.
        var content: String {
            switch tensors {
            case 0: "a compiled part of the graph"
            case 1: "1 tensor"
            default: "\(tensors) tensors"
            }
        }
    }

    private var files: [String: File] = [:]
    /// Tensors whose entries make no sense, and what is wrong.
    private var broken: [(tensor: String, message: String)] = []

    /// Adds a TensorProto, if it is one whose data lies outside.
    mutating func add(_ tensor: ProtobufMessage) {
        guard tensor.int("data_location") == 1 else { return }
        var entries: [String: String] = [:]
        // Others, a checksum say, lead nowhere.
        for (key, value) in tensor.onnxEntries("external_data")
        where key == "location" || key == "offset" || key == "length" {
            entries[key] = value
        }
        let name = tensor.string("name") ?? ""
        guard let location = entries["location"], !location.isEmpty else {
            broken.append((name, "does not say in which file its data is"))
            return
        }
        var file = files[location] ?? File()
        file.tensors += 1
        let offset = entries["offset"].map { Int($0) } ?? 0
        let length = entries["length"].map { Int($0) } ?? ONNXTensor.bytes(tensor) ?? 0
        if let offset, let length, offset >= 0, length >= 0, offset <= Int.max - length {
            file.end = max(file.end, offset + length)
        } else {
            broken.append((name, "has an offset or length that is not a number of bytes"))
        }
        files[location] = file
    }

    /// Adds a node of onnxruntime's EPContext, which may name the file of a compiled graph instead of holding it.
    mutating func add(context node: ProtobufMessage) {
        guard node.onnxAttribute("embed_mode")?.int("i") == 0,
            let location = node.onnxAttribute("ep_cache_context")?.string("s"), !location.isEmpty
        else { return }
        files[location] = files[location] ?? File()
    }

    /// Lists the files and what is wrong with them; returns whether the data is all there. Of more files than `limits` has
    /// room for the others are not looked for.
    func report(_ artifact: Artifact, limits: Limits, into result: inout ProbeResult) -> Bool {
        var isComplete = broken.isEmpty
        for (tensor, message) in broken.prefix(16) {
            result.report(
                .warning, code: "onnx.external-entry", "tensor \"\(tensor)\" \(message)",
                at: "graph.initializer: external_data")
        }
        if files.count > limits.shards.value {
            isComplete = false
            result.report(
                .warning, code: "onnx.external-unseen",
                "external data is spread over \(files.count) files; only the first \(limits.shards.value) were looked for",
                at: "graph.initializer: external_data")
        }
        for (location, file) in files.sorted(by: { $0.key < $1.key }).prefix(limits.shards.value) {
            let role = file.tensors > 0 ? "mlm:weights" : "mlm:compiled"
            guard artifact.hasFolder else {
                // Whether it is there cannot be said.
                if !PrivateText.isPath(location) { result.files.append(FileMember(path: location, role: role)) }
                isComplete = false
                continue
            }
            do throws(InspectionError) {
                let size = try artifact.companionSize(location)
                result.files.append(FileMember(path: location, role: role, present: size != nil, size: size))
                if let size, size >= file.end { continue }
                let message =
                    size.map { "has \($0) bytes, but \(file.content) in it need \(file.end)" }
                    ?? "is missing; it holds \(file.content)"
                result.report(
                    .warning, code: size == nil ? "onnx.external-missing" : "onnx.external-short", message, at: location
                )
            } catch {
                if error.reason == .malformed {
                    // The path is not repeated: it may be one of the machine that the model was made on.
                    result.report(
                        .danger, code: "onnx.external-outside",
                        "the path of external data leaves the folder of the model, so the file was not read",
                        at: "graph.initializer: external_data of \(file.content)")
                } else {
                    result.files.append(FileMember(path: location, role: role, present: false))
                    result.report(.warning, code: "onnx.external-unreadable", error.message, at: location)
                }
            }
            isComplete = false
        }
        return isComplete
    }
}
