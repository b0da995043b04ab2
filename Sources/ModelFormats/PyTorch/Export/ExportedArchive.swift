import ModelBytes
import ModelContainers
import ModelJSON

/// Where the parts of an exported program lie, in each layout that torch has had.
struct ExportedArchive {
    struct Program {
        /// `model` of `models/model.json`.
        let name: String
        let entry: ZipArchive.Entry
    }

    let layout: ArchiveLayout
    /// `model` first, then as in the archive.
    let programs: [Program]
    /// torch 2.8 and later: PT2 archive; before: a plain zip of `serialized_*` files.
    let isPT2: Bool
    private let limits: Limits

    init(_ layout: ArchiveLayout, limits: Limits) {
        self.layout = layout
        self.limits = limits
        if let entry = layout.entry("serialized_exported_program.json") {
            programs = [Program(name: "model", entry: entry)]
            isPT2 = false
            return
        }
        let all = layout.entries(under: "models/").filter { $0.name.hasSuffix(".json") }
            .map { Program(name: String(layout.name($0).dropFirst(7).dropLast(5)), entry: $0) }
        programs = all.filter { $0.name == "model" } + all.filter { $0.name != "model" }
        isPT2 = true
    }

    var variant: String { isPT2 ? "PT2 archive" : "zip of serialized programs" }

    /// The `version` file of the older layouts; in a PT2 archive the program says it.
    func version() throws(InspectionError) -> String? { isPT2 ? nil : try layout.text("version") }

    /// The releases that read this layout and a program of this schema: a reader takes its own major version only
    /// (torch/_export/serde/serialize.py, `deserialize`).
    func requirement(schema: String?, listsNamedTuples: Bool) -> String {
        switch schema?.split(separator: ".").first {
        case "1": return "torch>=2.1,<2.2"
        case "2": return "torch>=2.2,<2.3"
        case "5": return "torch>=2.3,<2.5"
        case "7": return "torch>=2.5,<2.6"
        default: break
        }
        if !isPT2 { return listsNamedTuples ? "torch>=2.7" : "torch>=2.6" }
        if programs.isEmpty { return layout.folder.isEmpty ? "torch>=2.6" : "torch>=2.8" }
        return programs.contains { weightsConfig($0.name) != nil } ? "torch>=2.9" : "torch>=2.8"
    }

    /// The JSON of a program, fetched once so that it is scanned in memory.
    func document(_ program: Program) throws(InspectionError) -> ByteSource {
        try limits.jsonBytes.check(program.entry.size, entry: program.entry.name)
        let source = try layout.archive.open(program.entry)
        return ByteSource(MemoryBytes(try source.bytes(at: 0, count: source.count)), entry: program.entry.name)
    }

    private func weightsConfig(_ name: String) -> ZipArchive.Entry? {
        layout.entry("data/weights/\(name)_weights_config.json")
    }

    /// Which storage each weight lies in, and what the pickles beside the programs import.
    func weights(_ report: inout PickleReport, _ result: inout ProbeResult) throws(InspectionError) -> ExportedWeights {
        var weights = ExportedWeights(layout)
        for program in programs {
            for config in [
                weightsConfig(program.name), layout.entry("data/constants/\(program.name)_constants_config.json"),
            ] {
                guard let config else { continue }
                let folder = config.name.lastIndex(of: "/").map { config.name[...$0] } ?? ""
                let document = try JSONValue.parse(try layout.archive.open(config), limits: limits, dialect: .python)
                for (name, item) in document["config"]?.object ?? [:] {
                    guard let path = item["path_name"]?.string else { continue }
                    weights.add(
                        name, of: program.name, storage: folder + path,
                        isPickled: item["use_pickle"]?.bool ?? false)
                }
            }
        }
        let pickles = archivedPickles
        if isCut {
            result.report(
                .warning, code: "torch.not-all-read",
                "holds more than \(limits.archiveMembers.value) pickles; the rest were not examined",
                at: layout.folder + "data/")
        }
        // One budget of opcodes for all of them.
        var limits = limits
        for entry in pickles {
            let source = try layout.archive.open(entry)
            guard source.count > 0 else { continue }
            if let tensors = try stateDict(source, entry, &limits, &report, &result) {
                for (name, tensor) in tensors { weights.add(name, of: nil, tensor: tensor) }
            }
        }
        return weights
    }

    /// Members that torch.save wrote: whole state_dicts before torch 2.9, example inputs, custom objects.
    private var archivedPickles: ArraySlice<ZipArchive.Entry> {
        allPickles.prefix(limits.archiveMembers.value)
    }

    /// Whether there are more than are looked at.
    var isCut: Bool { allPickles.count > limits.archiveMembers.value }

    private var allPickles: [ZipArchive.Entry] {
        let serialized = layout.entries(under: "serialized_").filter { !$0.name.hasSuffix("exported_program.json") }
        let folders = ["data/weights/", "data/constants/", "data/sample_inputs/"].flatMap { layout.entries(under: $0) }
        return serialized
            + folders.filter { $0.name.hasSuffix(".pt") || layout.name($0).contains("custom_obj_") }
    }

    private func stateDict(
        _ source: ByteSource, _ entry: ZipArchive.Entry, _ limits: inout Limits, _ report: inout PickleReport,
        _ result: inout ProbeResult
    ) throws(InspectionError) -> [(String, TorchTensor)]? {
        let head = try source.bytes(at: 0, upTo: 4)
        let pickle: Pickle
        if ZipArchive.mayBeZip(head: head) {
            let inner = ArchiveLayout(try ZipArchive(source, limits: limits))
            guard let data = try inner.open("data.pkl") else { return nil }
            pickle = Pickle.run(data, streams: 1, limits: limits)
        } else {
            pickle = Pickle.run(source, streams: 1, limits: limits)
        }
        limits.pickleOperations.value = max(1, limits.pickleOperations.value - pickle.operations)
        report.add(pickle, entry: entry.name, to: &result)
        return pickle.streams.first.flatMap { TorchStateDict($0.root)?.tensors.map { ($0.name, $0.tensor) } }
    }
}

/// Which storage each weight of a program lies in, as far as the archive says so.
struct ExportedWeights {
    private let layout: ArchiveLayout
    private var storages: [String: String] = [:]
    /// Those of which torch.save wrote the file.
    private var pickled: Set<String> = []
    private var tensors: [String: TorchTensor] = [:]

    init(_ layout: ArchiveLayout) { self.layout = layout }

    mutating func add(_ name: String, of program: String, storage: String, isPickled: Bool) {
        storages[program + "/" + name] = storage
        if isPickled { pickled.insert(storage) }
    }

    /// Lists tensors with the members that they lie in; in those that torch.save wrote their place is not told.
    func listing(_ listing: Listing?) -> TorchListing? {
        TorchListing(listing) { key in
            guard key.hasPrefix(Self.fileKey) else { return nil }
            let path = String(key.dropFirst(Self.fileKey.count))
            return pickled.contains(path) ? StoredTensor.Place(entry: path) : layout.place(path)
        }
    }

    private static let fileKey = "file/"

    mutating func add(_ name: String, of program: String?, tensor: TorchTensor) { tensors[name] = tensor }

    /// The tensor of this name with its storage, so that tied weights are recognised; unshared when nothing is known.
    func tensor(_ name: String, of program: String, as meta: ExportedTensor) -> TorchTensor? {
        guard let type = meta.dataType, !meta.shape.contains(-1) else { return nil }
        if let known = tensors[name], known.shape == meta.shape { return known }
        let key = storages[program + "/" + name].map { Self.fileKey + $0 } ?? "own/" + name
        let strides = meta.strides.count == meta.shape.count ? meta.strides : []
        return TorchTensor(
            shape: meta.shape, strides: strides, storageOffset: meta.storageOffset,
            storageKey: meta.strides.count == meta.shape.count ? key : nil, dataType: type)
    }
}
