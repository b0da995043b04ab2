import Foundation
import MLMInspect
import ModelBytes
import ModelContainers
import ModelJSON
import TestSupport
import Testing

@testable import ModelFormats

/// Models of boosted trees as they lie in pickles: the bytes alone, without a file around them.
@Suite struct EmbeddedTreesTests {
    private static func bytes(_ path: String) throws -> [UInt8] {
        Array(try Data(contentsOf: TestArtifact.root.appending(path: path)))
    }

    private static func xgboost(_ bytes: [UInt8]) throws(InspectionError) -> XGBoostModel {
        try XGBoostModel.read(ByteSource(MemoryBytes(bytes)), limits: Limits())
    }

    @Test(arguments: [
        ("xgboost-ubj/snapshot_3_2_0.ubj", "3.2.0"), ("xgboost-ubj/snapshot_1_7_6.ubj", "1.7.6"),
        ("xgboost-json/snapshot_1_3_3.json", "1.3.3"),
    ])
    func theBufferOfABooster(_ path: String, _ version: String) throws {
        let model = try Self.xgboost(try Self.bytes(path))
        #expect(model.version == version)
        #expect(model.trees == 2)
        #expect(model.settings["max_depth"] == 3)
        #expect(model.hasModel && model.hasConfiguration)
    }

    /// xgboost 1.0 to 1.2: a mark, the size of the binary model, the model, the configuration.
    @Test func theBufferWithABinaryModel() throws {
        let model = try Self.bytes("xgboost-binary/poisson_1_0_2.model")
        let configuration = Array(#"{"learner":{"gradient_booster":{"gbtree_train_param":{"eta":"0.5"}}}}"#.utf8)
        var bytes = Array("CONFIG-offset:".utf8)
        for shift in 0..<8 { bytes.append(UInt8(truncatingIfNeeded: model.count >> (8 * shift))) }
        let read = try Self.xgboost(bytes + model + configuration)
        #expect(read.objective == "count:poisson")
        #expect(read.trees == 3)
        #expect(read.settings["eta"] == 0.5)
    }

    @Test func theTextOfALightGBMModel() throws {
        let text = try Self.bytes("lightgbm-text/classes_4_7_0.model")
        let model = try LightGBMModel(ByteSource(MemoryBytes(text)), limits: Limits())
        #expect(model.trees == 9)
        #expect(model.classes == 3)
        #expect(model.columns.features.map(\.name) == ["Column_0", "Column_1", "Column_2", "Column_3"])
    }

    @Test func theBytesOfACatBoostModel() throws {
        let bytes = try Self.bytes("catboost/classes_1_2_10.cbm")
        let model = try CatBoostModel.read(ByteSource(MemoryBytes(bytes)), limits: Limits())
        #expect(model.trees == 3)
        #expect(model.dimension == 3)
    }

    /// Where a fact was found is said with the name of what holds the model.
    @Test func placesNameTheContainer() {
        let path = TestArtifact.root.appending(path: "xgboost-pickle/classifier_booster.pkl").path
        let record = Inspector().inspect(path)
        let place = record.evidence?.first { $0.field == "framework_version" }?.where
        #expect(place == "handle: version")
    }

    /// A tree's size leads behind the trees; without sizes every line is passed, and both say the same.
    @Test(arguments: ["classes_4_7_0.model", "classes_3_3_5.model", "categorical_2_2_3.txt"])
    func sizesOfTreesAreAShortCut(_ name: String) throws {
        let bytes = try Self.bytes("lightgbm-text/\(name)")
        let text = String(decoding: bytes, as: UTF8.self)
        let without = text.split(separator: "\n", omittingEmptySubsequences: false)
            .filter { !$0.hasPrefix("tree_sizes=") }.joined(separator: "\n")
        let model = try LightGBMModel(ByteSource(MemoryBytes(bytes)), limits: Limits())
        let slow = try LightGBMModel(ByteSource(MemoryBytes(Array(without.utf8))), limits: Limits())
        #expect(model.trees == slow.trees && model.trees > 0)
        #expect(model.parameters == slow.parameters && !model.parameters.isEmpty)
    }

    /// More columns than may be listed are counted, and said to be too many.
    @Test func columnsBeyondTheLimit() throws {
        var limits = Limits()
        limits.listedValues.value = 3
        let bytes = try Self.bytes("lightgbm-text/classes_4_7_0.model")
        let model = try LightGBMModel(ByteSource(MemoryBytes(bytes)), limits: limits)
        var result = ProbeResult(LightGBMText.identities[0])
        LightGBMFacts(model).fill(&result)
        #expect(result.facts.inputs?.first?.shape == [-1, 4])
        #expect(result.facts.inputs?.first?.features == nil)
        #expect(result.findings.contains { $0.code == "table.columns" })
    }

    @Test(
        arguments: [
            ("5E-1", 0.5), ("[5E-1]", 0.5), ("[1E0,-2E0]", [1, -2]), ("0.500000", 0.5), ("[]", nil), ("[a]", nil),
            ("nan", nil), ("1e999", nil),
        ] as [(String, JSONValue?)])
    func scoresInAllSpellings(_ text: String, _ value: JSONValue?) {
        #expect(XGBoostModel.score(text) == value)
    }

    @Test func objectivesAndTheirOutputs() {
        #expect(XGBoostObjective.isName("reg:squarederror"))
        #expect(!XGBoostObjective.isName("reg:"))
        #expect(!XGBoostObjective.isName("other:logistic"))
        #expect(!XGBoostObjective.isName("reg:Squared error"))
        #expect(XGBoostObjective(name: "rank:ndcg").task == nil)
        #expect(XGBoostObjective(name: "multi:softmax").outputShape(classes: 3, targets: 1) == [-1])
        #expect(XGBoostObjective(name: "multi:softprob").outputShape(classes: 3, targets: 1) == [-1, 3])
        #expect(XGBoostObjective(name: "multi:softprob").outputShape(classes: nil, targets: nil) == nil)
        #expect(XGBoostObjective(name: "mine").outputShape(classes: 3, targets: 1) == nil)
    }
}
