import MLMInspect
import TestSupport
import Testing

/// OpenVINO IR that its reader takes otherwise than it looks.
@Suite struct OpenVINOTests {
    private func inspect(layer: String, names: String = "y", labels: String = "") throws -> Record {
        let document = """
            <?xml version="1.0"?>
            <net name="net" version="11"><layers>
            <layer id="0" name="x" type="Parameter" version="opset1"><data shape="1,5" element_type="f32"/>
            <output><port id="0" precision="FP32"><dim>1</dim><dim>5</dim></port></output></layer>
            <layer id="1" name="relu" type="ReLU" \(layer)><input><port id="0"><dim>1</dim><dim>5</dim></port></input>
            <output><port id="1" precision="FP32" names="\(names)"><dim>1</dim><dim>5</dim></port></output></layer>
            <layer id="2" name="r" type="Result" version="opset1"><input><port id="0"><dim>1</dim><dim>5</dim></port></input>
            </layer></layers><edges><edge from-layer="0" from-port="0" to-layer="1" to-port="0"/>
            <edge from-layer="1" from-port="1" to-layer="2" to-port="0"/></edges>
            <rt_info><model_info><labels value="\(labels)"/></model_info></rt_info></net>
            """
        let folder = try TemporaryFolder()
        return Inspector().inspect(try folder.write(document.utf8, to: "net.xml"))
    }

    /// OpenVINO 2026.4: "unsupported opset: opset01".
    @Test(arguments: [
        ("version=\"opset1\"", Loading.Verdict.dataOnly), ("version=\"opset01\"", .needsCode),
        ("version=\"opset+1\"", .needsCode), ("", .needsCode),
    ])
    func onlyNamesOfSetsAreSets(_ layer: String, _ verdict: Loading.Verdict) throws {
        #expect(try inspect(layer: layer).loading?.verdict == verdict)
    }

    @Test func aCommaBelongsToANameAfterABackslash() throws {
        let record = try inspect(layer: "version=\"opset1\"", names: "a\\,b,c")
        #expect(record.facts?.outputs?.first?.name == "a,b")
    }

    @Test func labelsFitTheOutput() throws {
        let five = try inspect(layer: "version=\"opset1\"", labels: "a b c d e")
        #expect(five.facts?.outputs?.first?.labels == ["a", "b", "c", "d", "e"])
        let others = try inspect(layer: "version=\"opset1\"", labels: "a; b c;d;e;f")
        #expect(others.facts?.outputs?.first?.labels == ["a", "b c", "d", "e", "f"])
        let three = try inspect(layer: "version=\"opset1\"", labels: "a b c")
        #expect(three.facts?.outputs?.first?.labels == nil)
        #expect(three.findings?.contains { $0.code == "openvino.labels" } == true)
    }
}
