import ModelBytes
import ModelContainers
import ModelJSON

/// The weights of a folder: one file or the shards that an index names, as safetensors or as torch's pickles.
struct FolderWeights {
    enum Kind { case safetensors, pickle, other }

    var kind: Kind
    /// Relative to the artifact.
    var files: [String]
    var missing = 0
    /// Tensors of safetensors; empty for pickles.
    var tensors: [SafetensorsHeader.Tensor] = []
    /// How many went to who asks for tensors alone.
    private var listed = 0
    /// `format` of the first file.
    var format: String?
    /// What the pickles said of themselves.
    private var loadings: [Loading] = []
    var loading: Loading? { Loading.joined(loadings) }
    var parameters: Parameters?
    /// Whether one of them does not tell how many parameters it has.
    private var isUncounted = false
    /// They are packed, and how is not known here.
    private var isOpaque = false
    /// Why one of them, or the index, could not be read; the rest of the folder is described all the same.
    var failure: InspectionError?

    /// Which of them holds which tensor, where that is said.
    private var index: ShardIndex?

    /// `variant` that the loader must be told; nil for files of plain names.
    var variant: String?

    /// Weights and biases that the model's class keeps as buffers.
    private var frozen: Set<String> = []

    /// What the configuration says of the weights that their names do not.
    mutating func note(_ config: JSONValue) {
        frozen = FrozenNorms.buffers(among: Set(tensors.lazy.map(\.name)), of: config)
        isOpaque = PackedWeights.areOpaque(config, tensors)
    }

    /// Reads the headers of the weights in `folder`, empty or with its slash; nil when there are none.
    static func read(
        _ found: WeightsNames.Main?, at folder: String, of subject: InspectedArtifact, into result: inout ProbeResult
    ) -> FolderWeights? {
        guard let found else { return nil }
        let main = found.name
        var weights = FolderWeights(kind: .other, files: [])
        weights.variant = found.variant
        if main.contains(".safetensors") { weights.kind = .safetensors }
        if main.contains(".bin") || main.hasSuffix(".pth") { weights.kind = .pickle }
        do throws(InspectionError) {
            if main.hasSuffix(".json") {
                result.files.append(FileMember(path: folder + main, role: "index", present: true))
                weights.index = try index(folder + main, subject)
                // The names are of files in the same folder; an absolute one stays what it is.
                weights.files = (weights.index?.files ?? []).map { Artifact.staysBelow($0) ? folder + $0 : $0 }
            } else {
                weights.files = [folder + main]
            }
        } catch {
            weights.failure = error
        }
        if weights.files.count > 1 { result.variant = "\(weights.files.count) shards" }
        for file in weights.files {
            do throws(InspectionError) {
                guard let source = try ShardIndex.open(file, beside: subject.artifact, into: &result) else {
                    weights.missing += 1
                    continue
                }
                if ShardIndex.isRepeated(file, source, of: subject, into: &result) { continue }
                try weights.take(source, file, subject, &result)
            } catch {
                weights.failure = weights.failure ?? error.found(in: file)
                weights.missing += 1
                // What was seen of it before counts.
                weights.loadings += [result.loading].compactMap(\.self)
            }
        }
        return weights
    }

    /// Nil when there is none.
    private static func index(
        _ path: String, _ subject: InspectedArtifact
    ) throws(InspectionError) -> ShardIndex? {
        guard let source = try subject.artifact.companion(path) else { return nil }
        return try ShardIndex(source, limits: subject.limits)
    }

    private mutating func take(
        _ source: ByteSource, _ file: String, _ subject: InspectedArtifact, _ result: inout ProbeResult
    ) throws(InspectionError) {
        // An index of safetensors may name a pickle: the loader goes by the ending of each file.
        switch kind {
        case .safetensors where file.hasSuffix(".safetensors"):
            try index?.check(tensors: tensors.count + listed, in: file)
            // Who asks for the tensors is told nothing else.
            if let listing = result.listing {
                listed += try SafetensorsHeader.list(
                    source, limits: subject.limits, budget: subject.budget, for: listing.inside(file))
                try index?.check(tensors: listed, in: file)
                return
            }
            let header = try SafetensorsHeader(source, limits: subject.limits, budget: subject.budget)
            try index?.check(tensors: tensors.count + header.tensors.count, in: file)
            format = format ?? header.metadata.first { $0.key == "format" }?.value
            EmbeddedMetadata.read(header.metadata, at: "\(file): __metadata__", limits: subject.limits, into: &result)
            tensors += header.tensors
        case .safetensors, .pickle, .other:
            let inner = try FolderMember.probe(
                file, source, of: subject, isWeights: true, listing: result.listing?.inside(file), into: &result)
            if inner?.facts.parameters == nil { isUncounted = true }
            guard let inner else { return }
            add(inner.facts.parameters)
            loadings += [inner.loading].compactMap(\.self)
        }
    }

    /// Adds the weights of another component.
    mutating func join(_ other: FolderWeights) {
        files += other.files
        missing += other.missing
        failure = failure ?? other.failure
        variant = variant ?? other.variant
        isUncounted = isUncounted || other.isUncounted
        tensors += other.tensors
        add(other.parameters)
        loadings += other.loadings
    }

    /// Adds what another shard holds.
    private mutating func add(_ other: Parameters?) {
        guard let other else { return }
        parameters = parameters?.adding(other) ?? other
    }

    /// The loading verdict and the count of parameters, once all else is known.
    static func complete(_ weights: FolderWeights?, of subject: InspectedArtifact, into result: inout ProbeResult) {
        guard let weights else {
            result.report(.warning, code: "folder.no-weights", "no weights that its library reads were found")
            result.loading?.leaveIncomplete()
            return
        }
        let isWhole = weights.missing == 0 && weights.failure == nil
        if !isWhole { result.facts.parameters = nil }
        if weights.isOpaque {
            result.report(
                .note, code: "huggingface.packed",
                "its weights are packed in a way that is not known here; its parameters are not counted",
                at: "config.json: quantization_config")
        } else if result.facts.parameters == nil, isWhole {
            weights.count(&result)
        }
        var loading = result.loading ?? Loading(.dataOnly)
        if let inner = weights.loading {
            loading = loading.joined(with: inner)
            // Pickles that were read and name no class say so.
            loading.classes = loading.classes ?? inner.classes
            loading.imports = loading.imports ?? inner.imports
        }
        if weights.missing > 0 || weights.failure != nil || weights.kind == .other && weights.loading == nil {
            loading.leaveIncomplete()
        }
        if let variant = weights.variant, let call = loading.call, call.hasSuffix(")") {
            loading.call = "\(call.dropLast()), variant=\(PythonText.quoted(variant)))"
        }
        if loading.verdict == .dangerous { loading.call = nil }
        result.loading = loading
    }

    private func count(_ result: inout ProbeResult) {
        guard !isUncounted else { return }
        guard !tensors.isEmpty else {
            guard let parameters else { return }
            result.facts.parameters = parameters
            result.note("parameters", .read, "\(files.first ?? ""): names, shapes and types")
            return
        }
        // Components of both kinds are counted by two rules, and so not at all.
        guard parameters == nil else { return }
        var tally = ElementTally()
        var buffers = 0
        var bytes = 0
        for tensor in tensors {
            tally.add(tensor.name, shape: tensor.shape, dataType: tensor.dataType, bytes: tensor.end - tensor.begin)
            if BatchStatistics.isNamed(tensor.name) || frozen.contains(tensor.name) { buffers += tensor.elements }
            bytes += tensor.end - tensor.begin
        }
        let rules = [BatchStatistics.rule] + (frozen.isEmpty ? [] : [FrozenNorms.rule])
        let rule = "tensors of the headers; \(rules.joined(separator: ", "))"
        guard var parameters = tally.parameters(counting: rule) else { return }
        parameters.total -= buffers
        parameters.buffers = buffers > 0 ? buffers : nil
        parameters.dataTypes = parameters.dataTypes?.filter { $0.value > 0 }
        result.facts.parameters = parameters
        result.note("parameters", .read, "\(files.first ?? ""): header, shapes and types")
    }

    /// The one type of all floating-point weights, which is what the model computes in; nil when there are several.
    var floatType: String? {
        let types = Set(tensors.lazy.map(\.dataType)).union(parameters?.dataTypes?.keys.map { $0 } ?? [])
        let floats = types.filter { $0.hasPrefix("float") || $0 == "bfloat16" }
        return floats.count == 1 ? floats.first : nil
    }

    /// The sizes of the first tensor of one of these names; nil when there is none.
    func shape(endingIn names: [String]) -> [Int]? {
        for name in names {
            if let tensor = tensors.first(where: { $0.name == name || $0.name.hasSuffix("." + name) }) {
                return tensor.shape
            }
        }
        return nil
    }
}
