import ModelBytes
import ModelContainers
import ModelJSON

/// The weights that the manifest names, and the files they lie in.
struct TFJSWeights {
    /// Weights that lie in a row in the same files.
    struct Group {
        let paths: [String]
        let weights: [Weight]

        /// Throws `malformed` for what is no group of the manifest.
        init(_ value: JSONValue) throws(InspectionError) {
            guard let paths = value["paths"]?.array, let weights = value["weights"]?.array else {
                throw InspectionError(.malformed, "a group of weightsManifest has no paths or no weights")
            }
            self.paths = paths.compactMap(\.string)
            self.weights = weights.map(Weight.init)
        }
    }

    struct Weight {
        let name: String
        /// Nil when it is none.
        let shape: [Int]?
        /// As it is stored: `uint8` for one that is quantised to that.
        let dataType: String
        let isQuantized: Bool

        init(_ value: JSONValue) {
            name = value["name"]?.string ?? ""
            let sizes = value["shape"]?.array
            let numbers = sizes?.compactMap(\.int)
            shape = numbers?.count == sizes?.count ? numbers : nil
            let stored = value["quantization"]?["dtype"]?.string
            isQuantized = stored != nil
            dataType = stored ?? value["dtype"]?.string ?? "unknown"
        }

        /// Bytes in the file; nil for texts, and for types that are younger than this.
        var bytes: Int? {
            let size: Int? =
                switch dataType {
                case "float32", "int32": 4
                case "uint8", "bool": 1
                case "uint16", "float16": 2
                case "complex64": 8
                default: nil
                }
            guard let size, let elements = shape.flatMap({ TensorSize.elements($0) }) else { return nil }
            return TensorSize.bytes(elements, bits: size * 8)
        }
    }

    private let groups: [Group]
    /// In a graph they are shapes, axes and indices; in a Keras model whatever a layer says is a weight.
    private let leavesOutIntegers: Bool

    init(_ groups: [Group], leavesOutIntegers: Bool) {
        self.groups = groups
        self.leavesOutIntegers = leavesOutIntegers
    }

    func fill(_ result: inout ProbeResult) {
        var tally = ElementTally()
        var quantized: [String: Int] = [:]
        for weight in groups.lazy.flatMap(\.weights) {
            if weight.isQuantized { quantized[weight.dataType, default: 0] += 1 }
            let isNumber = weight.isQuantized || weight.dataType.contains("float") || weight.dataType == "complex64"
            guard isNumber || !leavesOutIntegers && weight.dataType != "string" else { continue }
            tally.add(weight.name, shape: weight.shape ?? [-1], dataType: weight.dataType, bytes: weight.bytes)
        }
        let rule =
            leavesOutIntegers
            ? "weights of the manifest; integers that are not quantised (shapes, axes, indices) are left out"
            : "weights of the manifest"
        result.facts.parameters = tally.parameters(counting: rule)
        if result.facts.parameters != nil { result.note("parameters", .read, "weightsManifest: shape, dtype") }
        if let name = tally.uncountable {
            result.report(
                .warning, code: "tfjs.uncountable",
                "weight \"\(name)\" has a shape that cannot be counted, so no parameters are counted",
                at: "weightsManifest")
        }
        guard !quantized.isEmpty else { return }
        let list = quantized.sorted { $0.key < $1.key }.map { "\($0.value) of \($0.key)" }.joined(separator: ", ")
        result.report(
            .note, code: "tfjs.quantized", "weights are stored with less precision than they are used with: \(list)",
            at: "weightsManifest: quantization")
    }

    /// Lists all weights. Those of a group lie in a row in its files, of which only the first has a known beginning.
    func list(for listing: Listing?) {
        guard let listing, listing.wantsTensors else { return }
        for group in groups {
            var offset: Int? = 0
            let file = group.paths.first.flatMap { Artifact.staysBelow($0) ? $0 : nil }
            for weight in group.weights {
                let place =
                    group.paths.count == 1 ? StoredTensor.Place(file: file, offset: offset) : StoredTensor.Place()
                listing.add(
                    StoredTensor(
                        name: weight.name, shape: weight.shape, dataType: weight.dataType, bytes: weight.bytes,
                        place: place))
                offset = offset.flatMap { start in
                    weight.bytes.flatMap { start.addingReportingOverflow($0).overflow ? nil : start + $0 }
                }
            }
        }
    }

    /// Lists the files; false when one is missing, outside of the folder or too short.
    func files(
        beside artifact: Artifact, limits: Limits, _ result: inout ProbeResult
    ) throws(InspectionError) -> Bool {
        try limits.listedValues.check(groups.reduce(0) { $0 + $1.paths.count })
        guard artifact.hasFolder else {
            result.report(
                .note, code: "shards.unseen", "the files of its weights cannot be looked for: it has no folder")
            return false
        }
        var isWhole = true
        var seen: Set<String> = []
        for group in groups {
            var found = 0
            var isComplete = true
            for path in group.paths where seen.insert(path).inserted {
                guard let size = try size(path, artifact, &result) else {
                    isComplete = false
                    continue
                }
                found += size
            }
            isWhole = isWhole && isComplete
            let needed = group.weights.reduce(Int?(0)) { sum, weight in
                guard let sum, let bytes = weight.bytes else { return nil }
                let (total, overflow) = sum.addingReportingOverflow(bytes)
                return overflow ? nil : total
            }
            if isComplete, let needed, needed != found {
                isWhole = isWhole && needed < found
                result.report(
                    .warning, code: "shards.size",
                    "the weights of a group need \(needed) bytes, but its files have \(found)",
                    at: group.paths.first)
            }
        }
        return isWhole
    }

    private func size(
        _ path: String, _ artifact: Artifact, _ result: inout ProbeResult
    ) throws(InspectionError) -> Int? {
        let size: Int?
        do throws(InspectionError) {
            size = try artifact.companionSize(path)
        } catch {
            guard error.reason == .malformed else { throw error }
            result.report(
                .warning, code: "shards.outside", "a file of weights: \(error.message)", at: "weightsManifest")
            return nil
        }
        result.files.append(FileMember(path: path, role: "mlm:weights", present: size != nil, size: size))
        if size == nil {
            result.report(
                .warning, code: "shards.missing", "a file of weights that the manifest names is missing", at: path)
        }
        return size
    }
}
