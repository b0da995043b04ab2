import Foundation
import ModelJSON
import TestSupport
import Testing

/// Trees as other tools leave them: a scan gives one record for each model in them, and nothing of what lies around it.
@Suite struct ScanProjectTests {
    private let tree: ScanTree

    init() throws { tree = try ScanTree() }

    /// The tracking folder of MLflow, before and since its version 3.
    @Test func aTrackingFolderOfMLflow() async throws {
        let model = try ScanTree.artifact("mlflow/sklearn_signature").path
        let run = "mlruns/0/0123456789abcdef"
        try tree.copy(model, to: "\(run)/artifacts/model")
        try tree.write("artifact_uri: x\n".utf8, to: "\(run)/meta.yaml")
        try tree.write("1700000000 0.5 0\n".utf8, to: "\(run)/metrics/loss")
        try tree.write("0.1".utf8, to: "\(run)/params/alpha")
        try tree.copy(model, to: "mlruns/1/models/m-0123/artifacts")
        try tree.write("name: other\n".utf8, to: "mlruns/1/meta.yaml")
        let scan = try await tree.scan()
        #expect(
            scan.paths(below: tree.path) == ["\(run)/artifacts/model", "mlruns/1/models/m-0123/artifacts"])
        for record in scan.records {
            #expect(record["format"]?["id"]?.string == "mlflow")
            #expect(record["facts"]?["inputs"]?[0]?["features"]?[0]?["name"]?.string == "B02")
            #expect(record["facts"]?["outputs"]?[0]?["data_type"]?.string == "int64")
        }
    }

    @Test func aProjectOfR() async throws {
        try tree.add("rds/lm_none.rds", to: "models/")
        try tree.add("rds/matrix.rds", to: "data/")
        try tree.copy(try ScanTree.artifact("rda/workspace.RData").path, to: ".RData")
        try tree.write("q()\n".utf8, to: ".Rhistory")
        try tree.add("not-a-model/plain_readme.md")
        try tree.write("library(stats)\nfit <- lm(y ~ x)\n".utf8, to: "R/fit.R")
        try tree.write("Version: 1.0\n".utf8, to: "area.Rproj")
        let scan = try await tree.scan()
        #expect(scan.paths(below: tree.path) == [".RData", "models/lm_none.rds"])
        for record in scan.records {
            #expect(record["facts"]?["inputs"] != nil)
            #expect(record["facts"]?["outputs"] != nil)
        }
    }

    /// The weights and the code that a definition names belong to it.
    @Test func aFolderOfEsri() async throws {
        try tree.copy(try ScanTree.artifact("esri-emd/folder").path, to: "water")
        let scan = try await tree.scan()
        #expect(scan.paths(below: tree.path) == ["water/unet.emd"])
        #expect(scan.records.first?["facts"]?["parameters"]?["total"]?.int == 20)
        #expect(scan.records.first?["facts"]?["metadata"]?["MinCellSize"] != nil)
    }

    /// One checkpoint for each step is one model; names of steps may have zeros or words before the number.
    @Test(arguments: ["5", "000005", "step_5"])
    func aManagerOfCheckpoints(_ name: String) async throws {
        let manager = try ScanTree.artifact("orbax/manager").path
        for (step, copy) in [("5", name), ("5", name.replacingOccurrences(of: "5", with: "4"))] {
            try tree.copy("\(manager)/\(step)", to: "run/\(copy)")
        }
        try tree.write("{}".utf8, to: "run/notes.json")
        let scan = try await tree.scan()
        #expect(scan.paths(below: tree.path) == ["run"])
        #expect(scan.records.first?["facts"]?["metadata"]?["step"]?.int == 5)
        #expect(scan.records.first?["facts"]?["metadata"]?["steps"]?.array?.compactMap(\.int) == [4, 5])
        #expect(scan.records.first?["facts"]?["parameters"]?["total"]?.int == 73)
    }

    /// Folders whose names are numbers are no checkpoints by that.
    @Test func foldersWithNumbersAreEntered() async throws {
        try tree.add("torch-state-dict/cnn_1_13.pt", to: "folds/1/")
        try tree.add("torch-state-dict/cnn_1_13.pt", to: "folds/2/")
        #expect(
            try await tree.scan().paths(below: tree.path) == ["folds/1/cnn_1_13.pt", "folds/2/cnn_1_13.pt"])
    }
}
