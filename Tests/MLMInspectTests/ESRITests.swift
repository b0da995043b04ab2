import MLMInspect
import TestSupport
import Testing

@Suite struct ESRITests {
    /// A definition written on Windows.
    @Test func aBackslashLeadsToTheModelsFile() throws {
        let folder = try TemporaryFolder()
        let definition = #"{"Framework": "arcgis.learn.models", "ModelFile": "sub\\m.pth", "ModelType": "UNet"}"#
        try folder.write(Array(definition.utf8), to: "net/m.emd")
        try folder.write(Array("cos\nsystem\n(S'true'\ntR.".utf8), to: "net/sub/m.pth")
        let record = Inspector().inspect(folder.path("net"))
        #expect(record.loading?.verdict == .dangerous)
        #expect(record.findings?.contains { $0.code == "esri.model-missing" } == false)
    }
}
