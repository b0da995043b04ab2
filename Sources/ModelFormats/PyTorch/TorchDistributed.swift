import ModelBytes
import ModelContainers

/// A distributed checkpoint: a directory of `.distcp` files and the pickle `.metadata` that describes every tensor.
///
/// Source: torch/distributed/checkpoint/metadata.py, filesystem.py.
enum TorchDistributed: Format {
    static let identities: [FormatIdentity] = [
        FormatIdentity(
            "torch-dcp", "PyTorch distributed checkpoint", artifactType: "torch.distributed.checkpoint.save",
            framework: .pyTorch, roles: ["mlm:weights", "mlm:checkpoint"],
            mediaType: "application/octet-stream; framework=pytorch", ownReader: .torch,
            reads: "the model's parameters (optimizer state apart), data types, its files, what loading its items runs")
    ]

    /// A part of it holds what torch.save wrote of each tensor, one behind the other.
    static let refines = ["torch-save-other"]

    static let lists: Set<Listing.Part> = [.tensors]

    static func sniff(_ subject: InspectedArtifact) -> SniffMatch? {
        if isPart(subject) { return SniffMatch(.structure, "its .metadata stands beside it") }
        guard let listing = subject.listing, listing.contains(where: { $0.path == ".metadata" }),
            listing.contains(where: { $0.path.hasSuffix(".distcp") })
        else { return nil }
        return SniffMatch(.structure, "a directory with .metadata and .distcp files")
    }

    static func probe(_ subject: InspectedArtifact, into result: inout ProbeResult) throws(InspectionError) {
        result.setIdentity(identity("torch-dcp"))
        if subject.source != nil {
            result.markNotAModel(because: "companion")
            result.report(
                .note, code: "torch.checkpoint-part",
                "a part of a distributed checkpoint, which loads only as a whole; inspect its folder",
                at: "name of the file, .metadata beside it")
            result.confidence = .structure
            return
        }
        guard let source = try subject.artifact.companion(".metadata") else { return }
        for entry in subject.listing ?? [] where entry.path.hasSuffix(".distcp") {
            result.files.append(FileMember(path: entry.path, role: "mlm:weights", present: true, size: entry.size))
        }
        let pickle = Pickle.run(source, streams: 1, limits: subject.limits)
        var report = PickleReport(policy: TorchImports.policy, limits: subject.limits)
        report.add(pickle, entry: ".metadata", to: &result)
        result.loading = Loading(
            report.verdict,
            call:
                "torch.distributed.checkpoint.load(state_dict, checkpoint_id=\(PythonText.quoted(subject.artifact.name)))",
            requires: ["torch"], classes: report.classes, imports: report.imports)
        if let failure = pickle.failure { throw failure }
        guard let state = pickle.streams.first?.root.object?.state, let described = state["state_dict_metadata"],
            let mapping = TorchMapping(described)
        else { throw InspectionError(.malformed, "has no state_dict_metadata", entry: ".metadata") }
        if let listing = TorchListing(result.listing) { return list(mapping, state, listing) }
        TorchDistributedItems(state, of: subject).judge(into: &result)
        count(mapping, &result)
        checkFiles(state, &result)
        result.confidence = .parsed
    }

    /// A file of tensors whose description is in another one.
    private static func isPart(_ subject: InspectedArtifact) -> Bool {
        guard subject.source != nil, subject.artifact.name.hasSuffix(".distcp"), subject.artifact.hasFolder,
            let size = try? subject.artifact.companionSize(".metadata")
        else { return false }
        return size > 0
    }

    private static func count(_ mapping: TorchMapping, _ result: inout ProbeResult) {
        var tally = TensorTally()
        var names: [String] = []
        let all = mapping.pairs.compactMap { $0.key.string }
        let isNested = all.contains { $0.hasPrefix("model.") || $0.hasPrefix("app.model.") }
        for (key, value) in mapping.pairs {
            guard let name = key.string, let tensor = tensor(value) else { continue }
            if isOptimizer(name) { continue }
            // A state of several parts keeps the model below `model.`; what stands beside it is the training's.
            if isNested, !name.hasPrefix("model."), !name.hasPrefix("app.model.") { continue }
            names.append(name)
            tally.add(name, tensor, isBuffer: TorchStateDict.isBuffer(name, tensor))
        }
        result.facts.parameters = tally.parameters(
            counting: "tensors of state_dict_metadata without optimizer state; \(BatchStatistics.rule)")
        if result.facts.parameters == nil {
            result.markNotAModel(because: "data")
        } else {
            result.note("parameters", .read, ".metadata: state_dict_metadata")
        }
        WrapperPrefixes.report(names, at: ".metadata", into: &result)
    }

    /// Each tensor with the file it lies in; there it is saved as an archive of its own, so that its numbers have no place. One
    /// that lies in several files, in pieces, names none.
    private static func list(_ tensors: TorchMapping, _ state: PickleValue, _ listing: TorchListing) {
        var files: [String: Set<String>] = [:]
        for (key, value) in state["storage_data"].flatMap(TorchMapping.init)?.pairs ?? [] {
            guard let name = key.object?.state?["fqn"]?.string,
                let path = value.object?.state?["relative_path"]?.string
            else { continue }
            files[name, default: []].insert(path)
        }
        for (key, value) in tensors.pairs {
            guard let name = key.string, let tensor = tensor(value) else { continue }
            let places = files[name] ?? []
            listing.add(name, tensor, file: places.count == 1 ? places.first : nil)
        }
    }

    private static func isOptimizer(_ name: String) -> Bool {
        let lower = name.lowercased()
        return ["optim", "lr_scheduler", "dataloader"].contains { lower.hasPrefix($0) || lower.contains("." + $0) }
    }

    /// `TensorStorageMetadata`: properties.dtype and size.
    private static func tensor(_ value: PickleValue) -> TorchTensor? {
        guard let state = value.object?.state, let size = state["size"].flatMap(TorchRebuild.sizes) else { return nil }
        let properties = state["properties"]?.object?.state
        let type = properties?["dtype"]?.global ?? properties?.elements.first?.global
        guard let type, type.module == "torch" else { return nil }
        return TorchTensor(shape: size, dataType: type.name)
    }

    /// Files that the metadata names and the directory lacks.
    private static func checkFiles(_ state: PickleValue, _ result: inout ProbeResult) {
        guard let storage = state["storage_data"], let mapping = TorchMapping(storage) else { return }
        let present = Set(result.files.map(\.path))
        let named = Set(mapping.pairs.compactMap { $0.value.object?.state?["relative_path"]?.string })
        for path in named.subtracting(present).sorted() {
            result.files.append(FileMember(path: path, role: "mlm:weights", present: false))
            result.report(.warning, code: "shards.missing", "a file that the metadata names is missing", at: path)
        }
    }
}
