import MLMInspect
import ModelBytes
import ModelContainers
import ModelFormats
import TestSupport
import Testing

/// The three text forms of ONNX beyond what the artifacts show. What is expected of texts that are right is what
/// onnx.parser and google.protobuf make of them.
@Suite struct ONNXTextTests {
    private func inspect(_ text: String, limits: Limits = Limits()) throws -> Record {
        let artifact = try Artifact(path: "model.txt", source: ByteSource(MemoryBytes(Array(text.utf8))))
        return Inspector(limits: limits).inspect(artifact)
    }

    /// A graph in ONNX's own syntax.
    private func syntax(_ graph: String) throws -> Record {
        try inspect("< ir_version: 10, opset_import: [\"\" : 21] >\n" + graph)
    }

    @Test(
        arguments: [
            ("float[2,3] x", [2, 3], "float32"), ("float[N,?,\"M\"] x", [-1, -1, -1], "float32"),
            ("float[] x", nil, "float32"),
            ("bfloat16 x", [], "bfloat16"), ("int64[1] x", [1], "int64"), ("string[K] x", [-1], "string"),
            ("float16 [ 4 , 5 ]   x", [4, 5], "float16"),
        ] as [(String, [Int]?, String)])
    func typesOfTheSyntax(_ type: String, _ shape: [Int]?, _ dataType: String) throws {
        let record = try syntax("g (\(type)) => (float[1] y) { y = Foo (x) }")
        #expect(record.error == nil)
        #expect(
            record.facts?.inputs == [Port(name: "x", shape: shape, dataType: dataType)].map(withSymbols(of: record)))
    }

    /// Names of dimensions are facts of their own.
    private func withSymbols(of record: Record) -> (Port) -> Port {
        { port in
            var port = port
            port.dynamic = record.facts?.inputs?.first?.dynamic
            port.dimOrder = record.facts?.inputs?.first?.dimOrder
            return port
        }
    }

    /// Packed weights and their scales that are too many for any memory together.
    @Test func packedWeightsBeyondAnyMemory() throws {
        let size = 1 << 62
        let record = try inspect(
            """
            < ir_version: 10, opset_import: ["" : 21, "com.microsoft" : 1] >
            g (float[1,4] A) => (float[1,4] y) <float[\(size)] B = {}, float[\(size)] s = {}>
            { y = com.microsoft.MatMulNBits <K = 4, N = 4, bits = 4> (A, B, s) }
            """)
        #expect(record.facts?.parameters == nil)
        #expect(record.findings?.contains { $0.code == "onnx.uncountable" } == true)
    }

    @Test func otherValuesOfTheSyntax() throws {
        let record = try syntax(
            "g (seq(map(int64, float)) s, optional(float[2]) o) => (float[1] y) { y = Foo (s, o) }")
        #expect(record.facts?.inputs?.map(\.type) == ["sequence(map(int64, float32))", "optional(float32)"])
    }

    @Test func initializersAreNoInputsAndAreCounted() throws {
        let record = try syntax(
            """
            g (float[N,2] x, float[2,3] W = {1, 2, 3, 4, 5, 6}) => (float[N,3] y) <float[3] b = {0.5, -1e-3, 2}>
            { # a comment
              t = MatMul (x, W)
              y = Add (t, b) }
            """)
        #expect(record.facts?.inputs?.map(\.name) == ["x"])
        #expect(record.facts?.parameters?.total == 9)
        #expect(record.facts?.opsets == ["ai.onnx": 21])
    }

    @Test func subgraphsOfTheSyntax() throws {
        let record = try syntax(
            """
            g (bool c, float[2] x) => (float[2] y) {
              y = If (c) <
                then_branch = t () => (float[2] a) <float[2] k = {1, 2}> { a = Add (x, k) },
                else_branch = e () => (float[2] b) { b = Identity (x) }
              >
            }
            """)
        #expect(record.error == nil)
        #expect(record.facts?.parameters?.total == 2)
    }

    @Test(arguments: [
        "g (float[N x) => (float y) {}", "g (float[2] x) => float y {}", "g (float[2] x = {1, }) => (float y) {",
        "g (float[2] x) => (float[2] y) { y = (x) }", "g (seq(blob) x) => (float y) {}", "",
        "g (float[99999999999999999999] x) => (float y) {}",
    ])
    func whatIsNoSyntaxFailsWithAPlace(_ graph: String) throws {
        let record = try syntax(graph)
        #expect(record.verdict == .failed)
        #expect(record.error?.where != nil)
        #expect(record.error?.message.isEmpty == false)
    }

    @Test func nestedTypesHaveALimit() throws {
        let deep = String(repeating: "seq(", count: 100_000)
        let record = try syntax("g (\(deep)float x) => (float y) {}")
        #expect(record.error?.message == "a type is nested too deep")
    }

    @Test func theTextFormatOfProtobuf() throws {
        let record = try inspect(
            """
            ir_version: 8  # a comment
            producer_name: "two" ' texts'
            no_such_field { deep < a: [1, 2, "x"] > }
            graph <
              name: "g"
              initializer: { dims: [2, 0x3] data_type: 1 name: 'w' float_data: [1, -2.5e3, inf, nan, 5f, 6] }
              input { name: "x" type { tensor_type { elem_type: 1; shape { dim { dim_param: "N" }, dim { dim_value: 010 } } } } }
              output { name: "y" }
              node { op_type: "Relu" input: "x" output: "y" }
            >
            opset_import { version: 17 }
            """)
        #expect(record.error == nil)
        #expect(record.format?.variant == "protobuf text")
        #expect(record.facts?.inputs?.first?.shape == [-1, 8])
        #expect(record.facts?.parameters?.total == 6)
        #expect(record.facts?.producer?.name == "two texts")
        #expect(record.facts?.opsets == ["ai.onnx": 17])
    }

    @Test(arguments: [
        "ir_version: 8 graph { node { op_type: \"A\" }", "ir_version: 8 graph { name: }", "ir_version: 8 ] ",
    ])
    func whatIsNoTextFormatFailsWithAPlace(_ text: String) throws {
        let record = try inspect(text)
        #expect(record.verdict == .failed)
        #expect(record.error?.where != nil)
    }

    @Test func theTextFormatIsNotFollowedWithoutLimit() throws {
        let known = "ir_version: 8 graph " + String(repeating: "{ node { attribute { g ", count: 60_000)
        #expect(try inspect(known).error?.reason == .limit)
        let unknown = "ir_version: 8 whatever " + String(repeating: "{ a ", count: 100_000)
        #expect(try inspect(unknown).error?.reason == .limit)
    }

    @Test(
        arguments: [
            (
                #"{"ir_version": 8, "graph": {"name": "g", "output": [{"name": "y"}], "initializer": [{"dims": ["2", 3], "data_type": 1, "name": "w"}]}}"#,
                6
            ),
            (
                #"{"irVersion": "8", "graph": {"name": "g", "output": [{"name": "y"}], "initializer": [{"dims": ["2", "3"], "dataType": 1, "name": "w", "rawData": "AAAA"}]}}"#,
                6
            ),
            (
                #"{"irVersion": 8, "graph": {"name": "g", "output": [{"name": "y"}], "initializer": null, "other": {"a": [[]]}}}"#,
                nil
            ),
        ] as [(String, Int?)])
    func theJSONOfProtobuf(_ text: String, _ total: Int?) throws {
        let record = try inspect(text)
        #expect(record.error == nil)
        #expect(record.format?.variant == "protobuf JSON")
        #expect(record.facts?.parameters?.total == total)
    }

    @Test func theJSONFailsWithAPlace() throws {
        let record = try inspect(#"{"irVersion": 8, "graph": {"name": 5}}"#)
        #expect(record.error?.reason == .malformed)
        #expect(record.error?.where == "byte 35")
    }
}
