import ModelBytes
import ModelContainers

/// What torch.load would run of the items of a distributed checkpoint: each is what torch.save wrote, a piece of a `.distcp`
/// file.
///
/// Source: torch/distributed/checkpoint/filesystem.py, `read_data`, and default_planner.py, `load_bytes`: whatever the
/// metadata does not call a tensor is loaded with `weights_only=False`, and a tensor by all that torch.load reads.
struct TorchDistributedItems {
    private struct Item: Hashable, Comparable {
        let file: String
        let offset: Int
        let length: Int

        static func < (item: Item, other: Item) -> Bool {
            (item.file, item.offset, item.length) < (other.file, other.offset, other.length)
        }
    }

    private let subject: InspectedArtifact
    /// Those that are no tensors, then the tensors; in each the files one after the other. Names are those of the state_dict.
    private var items: [(item: Item, name: String)] = []
    /// The first one whose place is not said as torch says it, or whose bytes are transformed before they are read.
    private var obscure: String?
    private var obscureItems = 0
    /// Beyond as many as may be looked at.
    private var beyond = 0

    /// What is shown of a name in the state_dict.
    private static let longestName = 256
    private static let mostFindings = 32

    init(_ state: PickleValue, of subject: InspectedArtifact) {
        self.subject = subject
        var tensors: Set<String> = []
        for (key, value) in state["state_dict_metadata"].flatMap(TorchMapping.init)?.pairs ?? [] {
            guard value.object?.className?.name == "TensorStorageMetadata" else { continue }
            if let name = key.string(upTo: Self.longestName) { tensors.insert(name) }
        }
        guard let stored = state["storage_data"].flatMap(TorchMapping.init) else { return }
        var known: Set<Item> = []
        var behind: [(item: Item, name: String)] = []
        for (key, value) in stored.pairs {
            let name = key.object?.state?["fqn"]?.string(upTo: Self.longestName) ?? "an item without a name"
            guard let place = value.object?.state, let file = place["relative_path"]?.string(upTo: 4_096),
                let offset = place["offset"]?.int, let length = place["length"]?.int,
                place["transform_descriptors"].map({ $0.kind == .none || $0.elements.isEmpty }) ?? true
            else {
                obscure = obscure ?? name
                obscureItems += 1
                continue
            }
            let isTensor = tensors.contains(name)
            guard (isTensor ? behind : items).count < subject.limits.folderMembers.value else {
                beyond += 1
                continue
            }
            let item = Item(file: file, offset: offset, length: length)
            guard known.insert(item).inserted else { continue }
            if isTensor { behind.append((item, name)) } else { items.append((item, name)) }
        }
        items.sort { $0.item < $1.item }
        behind.sort { $0.item < $1.item }
        items += behind
    }

    /// Adds what they would run to `result`, its verdict included.
    func judge(into result: inout ProbeResult) {
        var loadings: [Loading] = []
        var told = ProbeResult(result.identity)
        var file: (name: String, source: ByteSource?)?
        var left = beyond
        // What torch writes lies one after the other; what lies over each other is read again and again.
        var (reached, overlapping) = (0, 0)
        var names: [FileIdentity: String] = [:]
        var limit: InspectionError?
        for (index, (item, name)) in items.enumerated() {
            limit = subject.budget.spent(subject.limits) ?? limit
            if limit != nil {
                left += items.count - index
                break
            }
            let place = "\(item.file), \(name)"
            do throws(InspectionError) {
                if file?.name != item.file {
                    let source = try subject.artifact.companion(item.file)
                    file = (item.file, source)
                    // Under another name all of a file lies over itself.
                    let first = source?.identity.flatMap { names[$0] } ?? item.file
                    reached = first == item.file ? 0 : source?.count ?? 0
                    if let identity = source?.identity { names[identity] = first }
                }
                // A file that is missing is reported as such.
                guard let source = file?.source else { continue }
                let piece = try source.slice(at: item.offset, count: item.length)
                let end = item.offset + item.length
                overlapping += max(0, min(reached, end) - item.offset)
                reached = max(reached, end)
                guard overlapping <= subject.limits.overlappingBytes.value else {
                    limit = subject.limits.overlappingBytes.reached()
                    left += items.count - index
                    break
                }
                let inner = try FolderMember.probe(place, piece, of: subject, into: &told)
                loadings.append(Self.loading(of: inner, at: place))
            } catch {
                told.report(.warning, code: "torch.checkpoint-item-unreadable", error.message, at: place)
                loadings.append(Loading(.incomplete))
            }
        }
        if left > 0 {
            let reason = limit ?? subject.limits.folderMembers.reached()
            told.report(
                .warning, code: "torch.checkpoint-items-unseen",
                "\(left) of its items were not looked at: \(reason.message)")
            loadings.append(Loading(.incomplete))
        }
        if let obscure {
            told.report(
                .warning, code: "torch.checkpoint-items-unseen",
                "\(obscureItems) of its items are kept in a way that is not followed", at: obscure)
            loadings.append(Loading(.incomplete))
        }
        // That one of them is no model says nothing.
        let findings = told.findings.filter { $0.severity > .note }
        for finding in findings.prefix(Self.mostFindings) {
            result.report(finding.severity, code: finding.code, finding.message, at: finding.where)
        }
        if findings.count > Self.mostFindings {
            result.report(
                .warning, code: "torch.checkpoint-items",
                "\(findings.count - Self.mostFindings) more findings in its items are not listed one by one")
        }
        result.loading = result.loading?.joined(with: loadings)
        result.pickleOperations += told.pickleOperations
    }

    /// What one of them runs, and where. The call that loads the checkpoint has no `weights_only`.
    private static func loading(of item: ProbeResult?, at place: String) -> Loading {
        guard var loading = item?.loading else { return Loading(.incomplete) }
        loading.weightsOnly = nil
        loading.imports = loading.imports?.map {
            Loading.Import(name: $0.name, tier: $0.tier, where: "\(place): \($0.where)")
        }
        return loading
    }
}
