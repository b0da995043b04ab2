import ModelBytes
import ModelContainers
import ModelJSON

/// What the arrays of a checkpoint are, counted without their data.
struct OrbaxFacts {
    private let subject: InspectedArtifact
    private let folder: OrbaxFolder
    private let step: Int?

    init(_ subject: InspectedArtifact, _ folder: OrbaxFolder, _ step: Int?) {
        self.subject = subject
        self.folder = folder
        self.step = step
    }

    /// One array: its path in the tree, as `params.dense.kernel`, its shape and type.
    private struct Entry {
        var name: String
        var shape: [Int]
        var dataType: String
    }

    func fill(_ result: inout ProbeResult) throws(InspectionError) {
        let entries = folder.isDatabase ? try database() : try folders()
        let place = folder.path + (folder.isDatabase ? OCDBT.manifest : ".zarray")
        var tally = ElementTally()
        var (states, buffers) = (0, 0)
        let tree = OrbaxTree(entries.map(\.name))
        for entry in entries {
            let part = tree.part(of: entry.name, isScalar: entry.shape.isEmpty)
            let elements = TensorSize.elements(entry.shape)
            let width = JAXElement.bytes(entry.dataType)
            let size = elements.flatMap { count in
                width.flatMap { count.multipliedReportingOverflow(by: $0).overflow ? nil : count * $0 }
            }
            // Its numbers are compressed, in chunks.
            result.listing?.add(
                StoredTensor(name: entry.name, shape: entry.shape, dataType: entry.dataType, bytes: size))
            if part == .training {
                states += 1
                continue
            }
            tally.add(entry.name, shape: entry.shape, dataType: entry.dataType, bytes: size)
            if part == .buffer, let elements { buffers += elements }
        }
        if let name = tally.uncountable {
            result.report(.warning, code: "orbax.shape", "an array is too large for any memory", at: name)
        }
        result.facts.parameters = tally.parameters(
            counting: "arrays" + (tree.hasParameters ? " below params" : "")
                + (states > 0 ? ", without the state of the training" : "")
                + (buffers > 0 ? ", batch_stats are buffers" : ""))
        if buffers > 0, let total = result.facts.parameters?.total {
            result.facts.parameters?.total = total - buffers
            result.facts.parameters?.buffers = buffers
        }
        guard result.facts.parameters != nil else {
            result.markNotAModel(because: "data")
            result.report(.note, code: "orbax.no-arrays", "holds no arrays of a model")
            return
        }
        result.note("parameters", .read, place)
        if states == 0, step == nil {
            // Weights alone: nothing of a training stands beside them.
            result.facts.roles = ["mlm:model", "mlm:weights"]
            result.note("roles", .derived, "no state of a training among the arrays")
        }
        result.confidence = .parsed
    }

    /// The arrays of the database; what describes one stands beside its key.
    private func database() throws(InspectionError) -> [Entry] {
        let artifact = subject.artifact
        let base = folder.path
        let database = try OCDBT(
            limits: subject.limits, keeping: { $0.hasSuffix("/.zarray") || $0.hasSuffix("/zarr.json") },
            open: { path throws(InspectionError) in try artifact.companion(base + path) })
        var entries: [Entry] = []
        for entry in database.entries {
            guard let value = entry.value else { continue }
            let source = ByteSource(MemoryBytes(value), entry: entry.key)
            entries.append(try describe(source, entry.key))
        }
        return entries
    }

    /// The arrays of folders of their own.
    private func folders() throws(InspectionError) -> [Entry] {
        var entries: [Entry] = []
        for path in folder.arrays {
            guard let bytes = try subject.artifact.companionBytes(path, upTo: 64 << 10) else { continue }
            entries.append(
                try describe(ByteSource(MemoryBytes(bytes), entry: path), String(path.dropFirst(folder.path.count))))
        }
        return entries
    }

    /// A `.zarray` of Zarr 2, or a `zarr.json` of Zarr 3.
    private func describe(_ source: ByteSource, _ key: String) throws(InspectionError) -> Entry {
        let document = try JSONValue.parse(source, limits: subject.limits)
        let name = key.split(separator: "/").dropLast().joined(separator: "/")
        let shape = (document["shape"]?.array ?? []).map { $0.int ?? -1 }
        let word = document["dtype"]?.string ?? document["data_type"]?.string ?? ""
        return Entry(name: name, shape: shape, dataType: Self.dataType(word))
    }

    /// `<f4` of NumPy, or a name.
    private static func dataType(_ word: String) -> String {
        let kinds = ["f": "float", "i": "int", "u": "uint", "c": "complex"]
        let text = word.drop { "<>|=".contains($0) }
        if text == "b1" { return "bool" }
        if let first = text.first, let kind = kinds[String(first)], let bytes = Int(text.dropFirst()),
            (1...16).contains(bytes)
        {
            return "\(kind)\(bytes * 8)"
        }
        return String(text)
    }
}
