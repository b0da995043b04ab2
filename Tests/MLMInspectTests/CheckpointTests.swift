import ModelBytes
import ModelContainers
import TestSupport
import Testing

@testable import ModelFormats

/// Which variables of a checkpoint are the model's.
@Suite struct CheckpointTests {
    private static func training(_ names: [String], scalars: Set<String> = []) -> Set<String> {
        CheckpointNames(names, isScalar: scalars.contains).training
    }

    @Test func slotsNeedTheirVariable() {
        #expect(
            Self.training(["w", "w/Adam", "w/Adam_1", "v/Adam", "v/Momentum", "Adam"]) == ["w/Adam", "w/Adam_1"])
        #expect(Self.training(["a/b/kernel", "a/b/kernel/ExponentialMovingAverage"]).count == 1)
        #expect(Self.training(["dense/m", "dense/v", "dense/momentum"]).isEmpty)
        #expect(Self.training(["a/w", "scope/a/w/RMSProp_2", "scope/a/b/RMSProp"]) == ["scope/a/w/RMSProp_2"])
    }

    @Test func statesOfKerasStandBetweenAScopeAndItsName() {
        let names = [
            "dense/kernel", "training/Adam/dense/kernel/m", "training/Adam/iter", "training/Adam/learning_rate",
            "other/learning_rate", "training/Adam/dense/bias/m",
        ]
        let found = Self.training(
            names, scalars: ["training/Adam/iter", "training/Adam/learning_rate", "other/learning_rate"])
        #expect(found == ["training/Adam/dense/kernel/m", "training/Adam/iter", "training/Adam/learning_rate"])
    }

    @Test func countersAreScalars() {
        #expect(Self.training(["global_step", "train/beta1_power"], scalars: ["global_step"]) == ["global_step"])
    }

    private static func graph(_ body: (inout ProtobufBytes) -> Void) throws -> CheckpointObjects {
        var bytes = ProtobufBytes()
        body(&bytes)
        return try CheckpointObjects(ByteSource(MemoryBytes(bytes.bytes)), limits: Limits())
    }

    private static func child(_ node: inout ProtobufBytes, _ id: Int, _ name: String) {
        node.message(1) {
            $0.int(1, id)
            $0.string(2, name)
        }
    }

    private static func variable(_ graph: inout ProtobufBytes, _ key: String) {
        graph.message(1) { node in
            node.message(2) {
                $0.string(1, "VARIABLE_VALUE")
                $0.string(3, key)
            }
        }
    }

    /// Keras 3 reaches a weight through its optimizer first, and so saves it under the optimizer's name.
    @Test func aWeightUnderAnOptimizersNameIsAWeight() throws {
        let objects = try Self.graph { graph in
            graph.message(1) {
                Self.child(&$0, 1, "optimizer")
                Self.child(&$0, 2, "model")
            }
            graph.message(1) {
                Self.child(&$0, 3, "_variables")
                Self.child(&$0, 4, "_trainable_variables")
            }
            graph.message(1) { Self.child(&$0, 4, "kernel") }
            Self.variable(&graph, "optimizer/_variables/0")
            Self.variable(&graph, "optimizer/_trainable_variables/0")
        }
        #expect(objects.parameters == ["optimizer/_trainable_variables/0"])
        #expect(objects.training == ["optimizer/_variables/0"])
    }

    /// Keras 3 hides lists of layers from TensorFlow: their weights are there through the optimizer alone.
    @Test func aWeightThatAnOptimizerAloneHasIsAWeight() throws {
        let objects = try Self.graph { graph in
            graph.message(1) { Self.child(&$0, 1, "o") }
            graph.message(1) {
                Self.child(&$0, 4, "_iterations")
                Self.child(&$0, 2, "_trainable_variables")
                Self.child(&$0, 3, "_variables")
            }
            graph.message(1) { Self.child(&$0, 5, "0") }
            graph.message(1) { Self.child(&$0, 6, "0") }
            for key in ["iterations", "weight", "momentum"] { Self.variable(&graph, key) }
        }
        #expect(objects.parameters == ["weight"] && objects.training == ["iterations", "momentum"])
    }

    @Test func slotVariablesAreNoParameters() throws {
        let objects = try Self.graph { graph in
            graph.message(1) {
                Self.child(&$0, 1, "w")
                Self.child(&$0, 2, "m")
                Self.child(&$0, 3, "anything")
            }
            Self.variable(&graph, "w")
            Self.variable(&graph, "m")
            graph.message(1) { node in
                node.message(3) {
                    $0.int(1, 1)
                    $0.string(2, "m")
                    $0.int(3, 2)
                }
            }
        }
        #expect(objects.parameters == ["w"] && objects.hasOptimizer)
    }

    /// Children that there are not, and objects that hold each other.
    @Test func cyclesAndNodesThatAreNotThere() throws {
        let objects = try Self.graph { graph in
            graph.message(1) {
                Self.child(&$0, 0, "self")
                Self.child(&$0, 7, "nowhere")
                Self.child(&$0, -1, "before")
                Self.child(&$0, 1, "w")
            }
            Self.variable(&graph, "w")
        }
        #expect(objects.parameters == ["w"])
        #expect(try Self.graph { _ in }.parameters.isEmpty)
    }

    @Test func numbersOfShards() {
        #expect(TensorBundle.shardName("a.b", 3, of: 12) == "a.b.data-00003-of-00012")
        #expect(TensorBundle.shardName("a", 123_456, of: 200_000) == "a.data-123456-of-200000")
        #expect(
            CheckpointFiles.isShard("a.data-00000-of-00001") && CheckpointFiles.isShard("a.data-x.data-00000-of-00001"))
        for name in [
            "a.data-0-of-1", "a.data-00000-of-", "a.data", ".data-", "data-00000-of-00001", "a.data-00000-in-00001",
        ] { #expect(!CheckpointFiles.isShard(name), "\(name)") }
        #expect(CheckpointFiles.number("ckpt-12") == 12 && CheckpointFiles.number("a-b-3") == 3)
        #expect(CheckpointFiles.number("ckpt") == nil && CheckpointFiles.number("a-") == nil)
        #expect(CheckpointFiles.number("a-99999999999999999999") == nil)
    }

    @Test func aTableOfSomethingElseIsNoCheckpoint() throws {
        for entries in [[("", [0x62])], [("key", [0x08, 1])]] as [TableBuilder.Entries] {
            let artifact = try Artifact(path: "x.index", source: ByteSource(MemoryBytes(TableBuilder([entries]).bytes)))
            #expect(Checkpoint.sniff(InspectedArtifact(artifact, limits: Limits(), formats: .all)) == nil)
        }
        let checkpoint = TableBuilder([[("", [0x08, 1])]]).bytes
        let artifact = try Artifact(path: "x", source: ByteSource(MemoryBytes(checkpoint)))
        #expect(Checkpoint.sniff(InspectedArtifact(artifact, limits: Limits(), formats: .all)) != nil)
    }
}
