import Foundation
import MLMInspect
import ModelBytes
import TestSupport
import Testing

/// Models of one structure have the same fingerprint, whatever their names, their order and their format.
@Suite struct FingerprintTests {
    private struct Tensor {
        var name: String
        var type = "F32"
        var shape: [Int]
    }

    private static let model = [
        Tensor(name: "conv1.weight", shape: [8, 3, 3, 3]), Tensor(name: "conv1.bias", shape: [8]),
        Tensor(name: "fc.weight", type: "F16", shape: [4, 8]), Tensor(name: "fc.bias", type: "F16", shape: [4]),
    ]

    private func fingerprint(_ tensors: [Tensor]) throws -> Fingerprint {
        let sizes = ["F32": 4, "F16": 2, "BF16": 2]
        var offset = 0
        let members = tensors.map { tensor in
            let start = offset
            offset += tensor.shape.reduce(sizes[tensor.type] ?? 0, *)
            let shape = tensor.shape.map(String.init).joined(separator: ",")
            let place = #""data_offsets":[\#(start),\#(offset)]"#
            return #""\#(tensor.name)":{"dtype":"\#(tensor.type)","shape":[\#(shape)],\#(place)}"#
        }
        let header = "{" + members.joined(separator: ",") + "}"
        let bytes = SafetensorsFile.of(header, data: [UInt8](repeating: 0, count: offset))
        let artifact = try Artifact(path: "model.safetensors", source: ByteSource(MemoryBytes(bytes)))
        return try #require(Inspector().inspect(artifact).fingerprint)
    }

    /// As its definition says, computed by Python's hashlib.
    @Test func itIsTheSumOfHashes() throws {
        let fingerprint = try fingerprint(Self.model)
        #expect(fingerprint.structure == "63e7698e335ec2582eff8fb7b140924e")
        #expect(fingerprint.names == "aab82691b44f32c8c69e7c89ef470f28")
        #expect(fingerprint.tensors == 4)
    }

    @Test func theOrderMeansNothing() throws {
        #expect(try fingerprint(Self.model.reversed()) == fingerprint(Self.model))
    }

    @Test func otherNamesHaveTheSameStructure() throws {
        let renamed = Self.model.map { Tensor(name: "net." + $0.name, type: $0.type, shape: $0.shape) }
        let (first, second) = (try fingerprint(Self.model), try fingerprint(renamed))
        #expect(first.structure == second.structure)
        #expect(first.names != second.names)
    }

    /// Two names that change places have other tensors.
    @Test func namesGoWithTheirTensors() throws {
        var swapped = Self.model
        (swapped[1].name, swapped[3].name) = (swapped[3].name, swapped[1].name)
        let (first, second) = (try fingerprint(Self.model), try fingerprint(swapped))
        #expect(first.structure == second.structure)
        #expect(first.names != second.names)
    }

    @Test(arguments: 0..<4)
    func anotherShapeOrTypeDiffers(_ index: Int) throws {
        let before = try fingerprint(Self.model)
        var (shape, type, more) = (Self.model, Self.model, Self.model)
        shape[index].shape[0] += 1
        type[index].type = "BF16"
        more.append(Tensor(name: "twin", type: Self.model[index].type, shape: Self.model[index].shape))
        for other in [shape, type, more] {
            let after = try fingerprint(other)
            #expect(after.structure != before.structure)
            #expect(after.names != before.names)
        }
    }

    /// The same sizes in another order are another shape.
    @Test func shapesAreNoSetsOfSizes() throws {
        var turned = Self.model
        turned[2].shape.reverse()
        #expect(try fingerprint(turned).structure != fingerprint(Self.model).structure)
    }

    /// torch.save, safetensors and torch.export of one network.
    @Test func formatsOfOneModelHaveTheSame() throws {
        let first = Inspector().inspect(path("torch-state-dict/net.pt")).fingerprint
        #expect(first != nil)
        for other in [
            "safetensors/torch_saved_net.safetensors", "torch-legacy-state-dict/net.pth", "torch-export/named_pt.pt",
            "torchscript/scripted_cnn.pt", "torch-checkpoint/training.pt",
        ] {
            #expect(Inspector().inspect(path(other)).fingerprint == first, "\(other)")
        }
        let wrapped = Inspector().inspect(path("torch-state-dict/data_parallel.pth")).fingerprint
        #expect(wrapped?.structure == first?.structure && wrapped?.names != first?.names)
    }

    private func path(_ artifact: String) -> String {
        TestArtifact.root.appending(path: artifact).path(percentEncoded: false)
    }

    /// Weights that stand for others, and what was counted in part, cannot be compared.
    @Test(arguments: ["huggingface/packed_gptq", "gguf/unknown_type.gguf", "safetensors/sharded_missing"])
    func whatIsNotKnownHasNone(_ artifact: String) {
        #expect(Inspector().inspect(path(artifact)).fingerprint == nil)
    }

    /// Wherever there is one, it is made of as many tensors as were counted.
    @Test(arguments: TestArtifact.all.filter { $0.folder != "hostile" })
    func itCoversWhatIsCounted(_ artifact: TestArtifact) {
        let record = Inspector().inspect(artifact.path)
        guard let fingerprint = record.fingerprint else { return }
        #expect(record.verdict == .model)
        #expect(fingerprint.tensors == record.facts?.parameters?.tensors)
        #expect(fingerprint.structure.count == 32 && fingerprint.names.count == 32)
    }
}
