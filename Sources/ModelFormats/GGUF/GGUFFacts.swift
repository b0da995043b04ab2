import ModelBytes
import ModelJSON

/// From the keys of a GGUF file to facts.
struct GGUFFacts {
    private let file: GGUFFile
    private let limits: Limits

    init(_ file: GGUFFile, limits: Limits) {
        self.file = file
        self.limits = limits
    }

    private func text(_ key: String) -> String? {
        guard let text = file.values[key]?.string, !text.isEmpty, text.utf8.count <= 1_024,
            !PrivateText.holdsPath(text)
        else { return nil }
        return text
    }

    func fill(_ result: inout ProbeResult) {
        if let name = text("general.name") {
            result.facts.name = name
            result.note("name", .read, "general.name")
        }
        if let license = text("general.license") {
            result.facts.license = SPDX.spelling(license)
            result.note("license", .read, "general.license")
        }
        let source = text("general.base_model.0.repo_url") ?? text("general.base_model.0.name")
        if let source {
            result.facts.pretrainedSource = source
            result.note("pretrained_source", .read, "general.base_model.0")
        }
        if let architecture = text("general.architecture") {
            result.facts.architecture = architecture
            result.note("architecture", .read, "general.architecture")
            hyperparameters(architecture, &result)
        } else {
            result.report(
                .warning, code: "gguf.architecture", "no architecture is named; llama.cpp refuses such a file")
        }
        metadata(&result)
        part(&result)
        template(&result)
    }

    /// What is no model of its own: measurements for a quantisation, or a part that another model is loaded with.
    private func part(_ result: inout ProbeResult) {
        let (type, architecture) = (text("general.type"), text("general.architecture"))
        if type == "imatrix" || architecture == "imatrix" {
            result.loading?.call = nil
            return result.markNotAModel(because: "data")
        }
        if type == "adapter" {
            result.report(
                .warning, code: "gguf.adapter", "an adapter, which is part of another model and needs it",
                at: "general.type")
            if text("adapter.type") == "lora", let call = result.loading?.call {
                result.loading?.call = call.replacing("Llama(", with: "Llama(base, lora_path=")
            } else {
                result.loading?.call = nil
            }
        } else if architecture == "controlvector" {
            let hint = text("controlvector.model_hint").map { " of the architecture \($0)" } ?? ""
            result.report(
                .warning, code: "gguf.control-vector",
                "a control vector, which is added to the layers of another model\(hint) and needs it",
                at: "general.architecture")
            result.loading = Loading(.dataOnly)
        } else if type == "mmproj" || architecture == "clip" {
            result.report(
                .warning, code: "gguf.projector",
                "a projector of images or sound, which is part of another model and needs it", at: "general.type")
            result.loading?.call = nil
        }
    }

    private func hyperparameters(_ architecture: String, _ result: inout ProbeResult) {
        var found = JSONObject()
        let prefix = architecture + "."
        for (key, value) in file.values where key.hasPrefix(prefix) && found.count < limits.listedValues.value {
            switch value {
            case .string(let text) where text.utf8.count > 256 || PrivateText.holdsPath(text): continue
            default: found[String(key.dropFirst(prefix.count))] = value
            }
        }
        guard !found.isEmpty else { return }
        result.facts.hyperparameters = found
        result.note("hyperparameters", .read, "keys of \(architecture)")
    }

    private func metadata(_ result: inout ProbeResult) {
        var found = JSONObject()
        for (key, value) in file.values where found.count < limits.listedValues.value {
            let isWanted = key.hasPrefix("general.") || key == "tokenizer.ggml.model" || key == "tokenizer.ggml.pre"
            guard isWanted, key != "general.name", key != "general.architecture" else { continue }
            if let text = value.string, text.utf8.count > 1_024 || PrivateText.holdsPath(text) { continue }
            found[key] = value
        }
        if let tokens = file.lengths["tokenizer.ggml.tokens"] { found["tokenizer.ggml.tokens"] = JSONValue(tokens) }
        guard !found.isEmpty else { return }
        result.facts.metadata = found
        result.note("metadata", .read, "keys of general and tokenizer")
    }

    /// `tokenizer.chat_template`, and others by a name behind it. Before this release llama-cpp-python ran them without a
    /// sandbox as soon as it opened the file (its CHANGELOG, 0.2.72; CVE-2024-34359).
    private func template(_ result: inout ProbeResult) {
        let key = "tokenizer.chat_template"
        let keys = file.values.lazy.map(\.key).filter { $0 == key || $0.hasPrefix(key + ".") }
            .filter { file.values[$0]?.string != nil }
        guard let first = keys.first else { return }
        for key in keys.prefix(8) { ChatTemplate.report(at: key, into: &result) }
        guard let requires = result.loading?.requires, requires.contains("llama-cpp-python") else { return }
        result.loading?.requires = requires.map { $0 == "llama-cpp-python" ? $0 + ">=0.2.72" : $0 }
        result.note("requires", .derived, "\(first): earlier releases ran it without a sandbox (CVE-2024-34359)")
    }

    /// Counts the tensors of all parts: an element is one parameter, in however many bits its block holds it.
    static func count(_ files: [GGUFFile], _ result: inout ProbeResult) {
        var tally = ElementTally()
        var quantizations: [GGUFTensorType: Int] = [:]
        // A type that is unknown: its number, how many tensors have it, and the first of them.
        var unknown: [Int: (tensors: Int, first: String)] = [:]
        for tensor in files.lazy.flatMap(\.tensors) {
            let type = tensor.type
            tally.add(tensor.name, shape: tensor.shape, dataType: type.name ?? "", bytes: tensor.bytes)
            if type.name == nil { unknown[type.code, default: (0, tensor.name)].tensors += 1 }
            if tensor.type.isQuantized { quantizations[tensor.type, default: 0] += 1 }
        }
        guard var parameters = tally.parameters(counting: "elements of all tensors, by what packed blocks stand for")
        else { return }
        for (code, tensors) in unknown.sorted(by: { $0.key < $1.key }).prefix(8) {
            let count = tensors.tensors == 1 ? "a tensor" : "\(tensors.tensors) tensors"
            result.report(
                .warning, code: "gguf.tensor-type",
                "\(count) of type \(code), which is not known: size and data types of the parameters are missing",
                at: tensors.first)
        }
        if !unknown.isEmpty {
            parameters.dataTypes = nil
            parameters.structure = nil
        }
        if !quantizations.isEmpty || !unknown.isEmpty {
            let named = files.first?.values["general.file_type"]?.int.flatMap(GGUFTensorType.fileType)
            parameters.scheme =
                named ?? (quantizations.count == 1 && unknown.isEmpty ? quantizations.keys.first?.name : nil)
            let bits = Set(quantizations.keys.compactMap(\.bits))
            if bits.count == 1, unknown.isEmpty { parameters.bits = bits.first }
        }
        result.facts.parameters = parameters
        result.note("parameters", .read, "names, shapes and types of the tensors")
    }
}
