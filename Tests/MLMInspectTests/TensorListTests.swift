import Checksums
import Foundation
import MLMInspect
import ModelBytes
import ModelFormats
import ModelJSON
import TestSupport
import Testing

/// Lists of tensors and operators beside what the frameworks say: Fixtures/tensors.json, written by
/// TestArtifacts/make/tensors_truth.py.
@Suite struct TensorListTests {
    private static let truths: JSONObject = {
        let file = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Fixtures/tensors.json")
        guard let text = try? String(contentsOf: file, encoding: .utf8) else { return JSONObject() }
        return (try? JSONValue.parse(text))?.object ?? JSONObject()
    }()

    private static func listed(_ key: String) -> [String] { truths.filter { $0.value[key] != nil }.map(\.key) }

    private func tensors(_ artifact: String) throws -> [StoredTensor] { try tensors(at: path(artifact)) }

    private func path(_ artifact: String) -> String {
        TestArtifact.root.appending(path: artifact).path(percentEncoded: false)
    }

    private func tensors(at path: String) throws -> [StoredTensor] {
        var found: [StoredTensor] = []
        let listing = Listing(tensors: { found.append($0) })
        try Inspector().list(path, listing)
        return found
    }

    private func nodes(_ path: String) throws -> [GraphNode] {
        var found: [GraphNode] = []
        let listing = Listing(nodes: { found.append($0) })
        try Inspector().list(self.path(path), listing)
        return found
    }

    /// `name type shape`.
    private static func words(_ tensor: StoredTensor) -> String {
        "\(tensor.name) \(tensor.dataType ?? "?") \(tensor.shape ?? [])"
    }

    private static func words(_ row: JSONValue) -> String {
        "\(row[0]?.string ?? "") \(row[1]?.string ?? "") \((row[2]?.array ?? []).compactMap(\.int))"
    }

    /// The numbers that stand where the list says.
    private func digest(_ tensor: StoredTensor, of path: String) throws -> String? {
        guard let offset = tensor.place.offset, let count = tensor.bytes else { return nil }
        let artifact = TestArtifact.root.appending(path: path)
        let isFolder = try artifact.resourceValues(forKeys: [.isDirectoryKey]).isDirectory ?? false
        let folder = isFolder ? artifact : artifact.deletingLastPathComponent()
        let place = tensor.place.file.map { folder.appending(path: $0) } ?? artifact
        let bytes = [UInt8](try Data(contentsOf: place))
        try #require(offset + count <= bytes.count, "\(tensor.name) ends behind the file")
        let source = ByteSource(MemoryBytes(Array(bytes[offset..<offset + count])))
        return String(try Multihash.sha256(of: source).dropFirst(4).prefix(16))
    }

    private func compareNumbers(_ found: [StoredTensor], _ rows: [JSONValue], of path: String) throws {
        var byName: [String: JSONValue] = [:]
        for row in rows { byName[Self.words(row)] = row }
        for tensor in found {
            guard let row = byName[Self.words(tensor)], let truth = row[3]?.string else { continue }
            if let digest = try digest(tensor, of: path) {
                #expect(digest == truth, "\(path): \(tensor.name) is not at \(tensor.place)")
            }
        }
    }

    @Test(arguments: listed("tensors"))
    func theyAreThoseOfTheFramework(_ path: String) throws {
        let rows = try #require(Self.truths[path]?["tensors"]?.array)
        let found = try tensors(path)
        let (own, theirs) = (found.map(Self.words).sorted(), rows.map(Self.words).sorted())
        if path.hasPrefix("onnx/") || path.hasPrefix("torchscript/") {
            // Those of graphs within are listed too, and packed weights and attributes that torch names nowhere.
            #expect(Set(theirs).subtracting(own).isEmpty)
        } else {
            #expect(own == theirs)
        }
        try compareNumbers(found, rows, of: path)
    }

    /// A tensor of TensorFlow Lite is a constant or not; the interpreter does not say which.
    @Test(arguments: listed("variables"))
    func constantsAreAmongTheTensors(_ path: String) throws {
        let rows = try #require(Self.truths[path]?["variables"]?.array)
        let found = try tensors(path)
        #expect(!found.isEmpty)
        try compareNumbers(found, rows, of: path)
    }

    /// Formats whose tensors lie in the open tell where each of them is.
    @Test(arguments: ["safetensors/torch_state_dict.safetensors", "gguf/quantized.gguf", "gguf/version_2.gguf"])
    func placesAreKnown(_ path: String) throws {
        let found = try tensors(path)
        #expect(!found.isEmpty && found.allSatisfy { $0.place.offset != nil && $0.bytes != nil })
    }

    @Test(arguments: listed("tensors").filter { $0.hasPrefix("torch-") })
    func whatIsSharedIsSaid(_ path: String) throws {
        let rows = try #require(Self.truths[path]?["tensors"]?.array)
        let own = Dictionary(try tensors(path).map { ($0.name, $0.sharedWith) }, uniquingKeysWith: { $1 })
        for row in rows where row[3]?.string != nil {
            let name = row[0]?.string ?? ""
            let shared = own[name] ?? nil
            #expect((shared == nil) == (row[4]?.string == nil), "\(path): \(name) is shared with \(shared ?? "none")")
        }
    }

    @Test(arguments: listed("nodes"))
    func operatorsAreThoseOfTheFramework(_ path: String) throws {
        let rows = try #require(Self.truths[path]?["nodes"]?.array)
        let found = try nodes(path)
        for row in rows {
            let (name, operation) = (row[0]?.string ?? "", row[1]?.string ?? "")
            let inputs = (row[2]?.array ?? []).compactMap(\.string)
            let outputs = row[3]?.array?.compactMap(\.string)
            // Python has no module for operators of higher order.
            let same = found.filter { node in
                node.name == name && (node.operation == operation || node.operation == "higher_order." + operation)
            }
            #expect(
                same.contains { node in
                    let own = path.hasPrefix("torch-export") ? node.inputs.filter(inputs.contains) : node.inputs
                    return Set(own) == Set(inputs) && outputs.map { $0 == node.outputs } ?? true
                }, "\(path): \(operation) \(name) takes \(inputs), not \(same.map(\.inputs))")
        }
    }

    /// Counted by an estimator of scikit-learn, by nodes of constants, or by a graph whose variables lie nowhere.
    private static let countedOnly: Set<String> = [
        "mlflow/signature_differs", "mlflow/sklearn_signature", "onnx/constant_nodes.onnx",
        "tf-saved-model/graph_alone.pb", "tf-saved-model/no_variables",
    ]

    /// What is counted is in the list, wherever a format lists anything.
    @Test(arguments: TestArtifact.all.filter { $0.folder != "hostile" })
    func whatIsCountedIsListed(_ artifact: TestArtifact) throws {
        let record = Inspector().inspect(artifact.path)
        guard record.verdict == .model, let parameters = record.facts?.parameters, parameters.stored == nil,
            let tensors = parameters.tensors
        else { return }
        let found: [StoredTensor]
        do {
            found = try self.tensors(at: artifact.path)
        } catch let error as ListingError {
            if case .notListed = error { return }
            throw error
        }
        if Self.countedOnly.contains(artifact.description), found.isEmpty { return }
        #expect(found.count >= tensors, "\(tensors) are counted, \(found.count) listed")
    }

    @Test func aMemberOfAFolderIsNamed() throws {
        let found = try tensors("huggingface/segformer_shards")
        #expect(Set(found.compactMap(\.place.file)).count > 1)
        #expect(found.allSatisfy { $0.place.entry == nil && $0.place.offset != nil })
    }

    /// A distributed checkpoint says in which file a tensor lies, though not where in it.
    @Test func partsOfACheckpointAreNamed() throws {
        let found = try tensors("torch-dcp/model")
        #expect(Set(found.map(\.place)) == [StoredTensor.Place(file: "__0_0.distcp")])
    }

    /// A model in an archive lies in the member of that archive.
    @Test func aMemberOfAnArchiveIsNamed() throws {
        let found = try tensors("torchserve-mar/eager.mar")
        #expect(found.first?.place.entry == "weights.pth!/weights/data/0")
    }

    /// Packed weights have no names of their own, and are called by what holds them.
    @Test func packedWeightsAreNumbered() throws {
        let names = try tensors("torchscript/quantized.pt").map(\.name)
        #expect(names.contains("conv[0]") && !names.contains { $0.contains(".[") })
    }

    @Test func whatHasNoTensorsSaysSo() throws {
        let model = try #require(TestArtifact.all.first { $0.folder == "xgboost-json" })
        #expect(throws: ListingError.notListed(format: "XGBoost JSON", .tensors)) { try tensors(at: model.path) }
        #expect(throws: ListingError.unrecognised) { try tensors("xgboost-json") }
    }

    @Test func layersOfKerasAreNodes() throws {
        let found = try nodes("keras-v3/unet13_3_15_torch.keras")
        #expect(found.contains { $0.operation == "InputLayer" && $0.inputs.isEmpty })
        #expect(found.contains { $0.operation == "Concatenate" && $0.inputs.count == 2 })
        let names = Set(found.map(\.name))
        for node in found where node.graph == nil {
            #expect(node.inputs.allSatisfy { names.contains(String($0.prefix { $0 != ":" })) })
        }
    }
}
