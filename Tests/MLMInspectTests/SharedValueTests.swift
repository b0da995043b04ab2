import MLMInspect
import ModelBytes
import TestSupport
import Testing

/// A value that a million others hold is small in the file. What it costs is counted once, or has a limit that is said.
@Suite struct SharedValueTests {
    private func inspect(_ bytes: [UInt8], as name: String, limits: Limits = Limits()) throws -> Record {
        Inspector(limits: limits).inspect(try Artifact(path: name, source: ByteSource(MemoryBytes(bytes))))
    }

    private func torch(_ pickle: PickleBuilder, limits: Limits = Limits()) throws -> Record {
        let members = [("data.pkl", pickle.stop().bytes), ("version", Array("3\n".utf8))]
        return try inspect(ZipBuilder.torch(members).build().bytes, as: "model.pt", limits: limits)
    }

    private func dictionary(
        _ entries: [(name: String, value: (PickleBuilder) -> PickleBuilder)]
    ) -> (PickleBuilder) -> PickleBuilder {
        { pickle in
            entries.reduce(pickle.emptyDict().mark()) { $1.value($0.binunicode($1.name)) }.setitems()
        }
    }

    private func views(_ offsets: some Sequence<Int32>, of size: UInt16 = 1) -> PickleBuilder {
        let entries = offsets.map { offset in
            (
                name: "\(offset).weight",
                value: { (pickle: PickleBuilder) in pickle.tensor([size], key: "0", offset: offset) }
            )
        }
        return dictionary(entries)(PickleBuilder().proto(2))
    }

    // MARK: - Tensors

    /// Each element counts once, in whatever order the views of one storage come.
    @Test func viewsOfOneStorage() throws {
        #expect(try torch(views((0..<300).map { 2 * $0 })).facts?.parameters?.total == 300)
        #expect(try torch(views((0..<300).reversed().map { 2 * $0 })).facts?.parameters?.total == 300)
        // 0–4, 2–6, 8–12, 5–9: what lies between two of them joins them.
        #expect(try torch(views([0, 2, 8, 5], of: 4)).facts?.parameters?.total == 12)
        #expect(try torch(views([0, 4, 2], of: 4)).facts?.parameters?.total == 8)
        #expect(try torch(views([0, 4, 0], of: 4)).facts?.parameters?.tensors == 2)
    }

    /// Views that have to be put before thousands of others, one after the other, are not counted.
    @Test func viewsThatCannotBeToldApart() throws {
        #expect(try torch(views((0..<4_200).reversed().map { 2 * $0 })).facts?.parameters == nil)
        #expect(try torch(views((0..<4_200).map { 2 * $0 })).facts?.parameters?.total == 4_200)
    }

    @Test func weightsUnderManyKeysCountOnce() throws {
        var pickle = dictionary([("0.weight", { $0.tensor([3], key: "0") })])(PickleBuilder().proto(2)).binput(0).pop()
        pickle = pickle.emptyDict().mark()
        for index in 0..<100 { pickle = pickle.binunicode("part\(index)").binget(0) }
        let record = try torch(pickle.setitems())
        #expect(record.format?.id == "torch-checkpoint")
        #expect(record.facts?.parameters?.total == 3)
        let places = record.evidence?.filter { $0.field == "parameters" }.map(\.where)
        #expect(places == ["archive/data.pkl: part0, shapes and storages"])
    }

    @Test func parametersThatModulesShareCountOnce() throws {
        func module(_ pickle: PickleBuilder, _ modules: (PickleBuilder) -> PickleBuilder) -> PickleBuilder {
            modules(
                pickle.global("torch.nn.modules.linear", "Linear").emptyTuple().newobj().emptyDict().mark()
                    .binunicode("_parameters").binget(0).binunicode("_modules")
            ).setitems().build()
        }
        let parameters = dictionary([("weight", { $0.tensor([3], key: "0") })])
        let pickle = parameters(PickleBuilder().proto(2)).binput(0).pop()
        let whole = module(pickle) { root in
            (0..<50).reduce(root.emptyDict().mark()) { module($0.binunicode("\($1)")) { $0.emptyDict() } }.setitems()
        }
        let record = try torch(whole)
        #expect(record.format?.id == "torch-module")
        #expect(record.facts?.parameters?.total == 3)
        #expect(record.facts?.parameters?.tensors == 1)
    }

    /// A name that is longer than any is none, lest each tensor copies it.
    @Test func longNames() throws {
        func named(_ count: Int) throws -> Record {
            let name = String(repeating: "n", count: count - 7) + ".weight"
            return try torch(dictionary([(name, { $0.tensor([3], key: "0") })])(PickleBuilder().proto(2)))
        }
        #expect(try named(1_024).facts?.parameters?.total == 3)
        #expect(try named(1_025).facts?.parameters == nil)
    }

    // MARK: - Estimators

    private func estimator(_ state: (PickleBuilder) -> PickleBuilder, in pickle: PickleBuilder) -> PickleBuilder {
        state(
            pickle.global("copyreg", "_reconstructor").mark().global("sklearn.linear_model._base", "LinearRegression")
                .global("builtins", "object").none().tuple().reduce().emptyDict().mark()
        ).binunicode("_sklearn_version").binunicode("1.5.0").setitems().build().stop()
    }

    /// Lists of one list of one list, under many names, are cut long before they fill the memory.
    @Test func settingsWithinEachOther() throws {
        var pickle = PickleBuilder().proto(2).binunicode(String(repeating: "t", count: 100)).binput(0).pop()
        for level in UInt8(0)..<3 {
            pickle = pickle.emptyList().mark().repeating(40) { $0.binget(level) }.appends().binput(level + 1).pop()
        }
        let record = try inspect(
            estimator(
                { (0..<50).reduce($0.binunicode("alpha").binint1(1)) { $0.binunicode("a\($1)").binget(3) } }, in: pickle
            )
            .bytes, as: "model.pkl")
        #expect(record.format?.id == "sklearn-pickle")
        #expect(record.facts?.hyperparameters?["alpha"]?.int == 1)
        #expect(record.facts?.hyperparameters?["a0"] == nil)
    }

    /// A text beyond any that says something is left out, however many attributes it is.
    @Test func longTexts() throws {
        let pickle = PickleBuilder().proto(2).binunicode(String(repeating: "t", count: 5_000)).binput(0).pop()
        let record = try inspect(
            estimator(
                { $0.binunicode("alpha").binint1(1).binunicode("text").binget(0).binget(0).binint1(2) }, in: pickle
            ).bytes,
            as: "model.pkl")
        #expect(record.facts?.hyperparameters?.keys.contains("alpha") == true)
        #expect(record.facts?.hyperparameters?.count == 1)
    }

    /// The state of joblib's wrapper has six attributes; one of hundreds is not searched for each wrapper that shares it.
    @Test func wrappersOfOneState() throws {
        func wrapped(_ attributes: Int) throws -> Record {
            var state = PickleBuilder().proto(3).emptyDict().mark()
            for index in 0..<attributes { state = state.binunicode("a\(index)").none() }
            state = state.binunicode("shape").binint1(0).tuple1().binunicode("order").binunicode("C").binunicode(
                "dtype"
            )
            .global("numpy", "dtype").binunicode("u1").binint1(0).binint1(1).tuple3().reduce().setitems().binput(0)
            .pop()
            let pickle = state.global("joblib.numpy_pickle", "NumpyArrayWrapper").emptyTuple().newobj().binget(0)
                .build()
            return try inspect(pickle.stop().bytes, as: "model.joblib")
        }
        #expect(try wrapped(0).loading?.verdict != .incomplete)
        #expect(try wrapped(100).loading?.verdict == .incomplete)
    }

    // MARK: - What a pickle reaches

    /// Paths that getters follow are counted, and their end is said.
    @Test func gettersOfManyPaths() throws {
        let path = Array(repeating: "a", count: 30).joined(separator: ".")
        let pickle = PickleBuilder().proto(2).global("operator", "attrgetter").binput(0).pop()
            .mark().repeating(60) { $0.binunicode(path) }.tuple().binput(1).pop().emptyList().mark()
            .repeating(200) { $0.binget(0).binget(1).reduce() }.appends().stop()
        let record = try inspect(pickle.bytes, as: "model.pkl")
        #expect(record.findings?.contains { $0.code == "pickle.reached-unseen" } == true)
        #expect(record.loading.map { $0.verdict > .dataOnly } == true)
    }

    /// Where the last call is the one that is too much, that is said as well.
    @Test func theLastCallIsTooDeep() throws {
        var pickle = PickleBuilder().proto(2).global("functools", "partial").binput(0).pop()
            .global("builtins", "getattr").binput(1).pop().binget(1)
        for _ in 0..<12 { pickle = pickle.binput(2).pop().binget(0).binget(2).tuple1().reduce() }
        pickle = pickle.binput(3).pop().binget(3).global("os", "path").binunicode("os").tuple2().reduce().stop()
        let record = try inspect(pickle.bytes, as: "model.pkl")
        #expect(record.findings?.contains { $0.code == "pickle.reached-unseen" } == true)
    }

    /// An encoding may be spelt at any length, so that what comes out of it is not known.
    @Test func encodingsOfAnyLength() throws {
        func loaded(_ encoding: String) throws -> Record {
            let pickle = PickleBuilder().proto(2).global("pickle", "loads").global("_codecs", "encode")
                .binunicode("cposix\nsystem\n(S'id'\ntR.").binunicode(encoding).tuple2().reduce().tuple1().reduce()
                .stop()
            return try inspect(pickle.bytes, as: "model.pkl")
        }
        #expect(try loaded("latin1").findings?.contains { $0.message.contains("posix.system") } == true)
        let long = try loaded("latin" + String(repeating: "-", count: 300) + "1")
        #expect(long.findings?.contains { $0.code == "pickle.nested-unseen" } == true)
    }

    // MARK: - Other formats

    /// Of the metadata of safetensors only those that are paths are withheld, however many they are.
    @Test func metadataThatIsPaths() throws {
        let paths = (0..<40).map { #""mlm:a\#($0)": "/home/a""# }.joined(separator: ",")
        let header =
            #"{"__metadata__": {\#(paths), "mlm:name": "a"}, "w": {"dtype": "F32", "shape": [1], "data_offsets": [0, 4]}}"#
        let record = try inspect(SafetensorsFile.of(header, data: [0, 0, 0, 0]), as: "model.safetensors")
        #expect(record.declared?.properties.keys.map { $0 } == ["mlm:name"])
        let withheld = try #require(record.findings?.first { $0.code == "metadata.withheld" })
        #expect(withheld.message.hasPrefix("mlm:a0, mlm:a1, ") && withheld.message.contains("mlm:a15 …"))
    }

    private func onnx(_ fill: (inout ProtobufBytes) -> Void) -> [UInt8] {
        ProtobufBytes { model in
            model.int(1, 8)
            model.message(8) { $0.int(2, 17) }
            model.message(7) { graph in
                graph.string(2, "g")
                fill(&graph)
            }
        }.bytes
    }

    private func node(_ graph: inout ProtobufBytes, _ operation: String, _ inputs: [String], _ output: String) {
        graph.message(1) { node in
            for input in inputs { node.string(1, input) }
            node.string(2, output)
            node.string(4, operation)
        }
    }

    private func port(_ graph: inout ProtobufBytes, _ number: Int, _ name: String, symbols: [String]) {
        graph.message(number) { port in
            port.string(1, name)
            port.message(2) { type in
                type.message(1) { tensor in
                    tensor.int(1, 1)
                    tensor.message(2) { shape in
                        for symbol in symbols { shape.message(1) { $0.string(2, symbol) } }
                    }
                }
            }
        }
    }

    /// A value that is handed on to many outputs says of each what its dimensions are, but not behind a long chain.
    @Test func outputsOfOneValue() throws {
        func orders(transposed times: Int) throws -> [[String]?] {
            let model = onnx { graph in
                node(&graph, "Conv", ["x", "w"], "t0")
                for index in 0..<times { node(&graph, "Transpose", ["t\(index)"], "t\(index + 1)") }
                for index in 0..<3 { node(&graph, "Identity", ["t\(times)"], "o\(index)") }
                port(&graph, 11, "x", symbols: ["a", "b", "c", "d"])
                for index in 0..<3 { port(&graph, 12, "o\(index)", symbols: ["a", "b", "c", "d"]) }
            }
            return try inspect(model, as: "model.onnx").facts?.outputs?.map(\.dimOrder) ?? []
        }
        #expect(try orders(transposed: 0) == Array(repeating: ["batch", "channel", "height", "width"], count: 3))
        #expect(try orders(transposed: 20) == [nil, nil, nil])
    }

    /// A name that two dimensions have is that of the first.
    @Test func dimensionsOfOneName() throws {
        let model = onnx { graph in
            node(&graph, "Relu", ["x"], "y")
            port(&graph, 11, "x", symbols: ["rows", "columns", "rows"])
            port(&graph, 12, "y", symbols: ["rows"])
        }
        let order = try inspect(model, as: "model.onnx").facts?.inputs?.first?.dimOrder
        #expect(order == ["rows", "columns", "dim-c"])
    }

    /// Files of external data are looked for up to a number, and the rest is said.
    @Test func externalFiles() throws {
        let model = onnx { graph in
            node(&graph, "Relu", ["x"], "y")
            port(&graph, 12, "y", symbols: ["n"])
            for index in 0..<5 {
                graph.message(5) { tensor in
                    tensor.int(1, 1)
                    tensor.int(2, 1)
                    tensor.string(8, "w\(index)")
                    tensor.message(13) { entry in
                        entry.string(1, "location")
                        entry.string(2, "w\(index).bin")
                    }
                    tensor.int(14, 1)
                }
            }
        }
        let folder = try TemporaryFolder()
        for index in 0..<5 { try folder.write([0, 0, 0, 0], to: "w\(index).bin") }
        let path = try folder.write(model, to: "model.onnx")
        #expect(Inspector().inspect(path).loading?.verdict == .dataOnly)
        var limits = Limits()
        limits.shards.value = 3
        let record = Inspector(limits: limits).inspect(path)
        #expect(record.loading?.verdict == .incomplete)
        #expect(record.files?.count == 3)
        #expect(record.findings?.contains { $0.code == "onnx.external-unseen" } == true)
    }

    /// A node that holds one text.
    private static func constant(_ node: inout ProtobufBytes, _ name: String, _ text: String) {
        node.string(1, name)
        node.string(2, "Const")
        node.message(5) { attribute in
            attribute.string(1, "value")
            attribute.message(2) { value in
                value.message(8) { tensor in
                    tensor.int(1, 7)
                    tensor.string(8, text)
                }
            }
        }
    }

    /// A path that operators are given is followed so far; behind that nothing is promised.
    @Test(arguments: [(200, Loading.Verdict.dangerous), (300, .incomplete)])
    func pathsOfOperators(_ steps: Int, _ verdict: Loading.Verdict) throws {
        let graph = ProtobufBytes { graph in
            graph.message(1) { Self.constant(&$0, "p0", "/etc/a") }
            for index in 0..<steps {
                graph.message(1) { node in
                    node.string(1, "p\(index + 1)")
                    node.string(2, "Identity")
                    node.string(3, "p\(index)")
                }
            }
            graph.message(1) { node in
                node.string(1, "save")
                node.string(2, "SaveV2")
                node.string(3, "p\(steps)")
            }
        }
        #expect(try inspect(graph.bytes, as: "graph.pb").loading?.verdict == verdict)
    }

    /// A function that saves is given its path by whoever loads the model, unless the graph calls it with one.
    @Test(arguments: [
        ("/etc/a", Loading.Verdict.dangerous), ("model", .dataOnly), ("\n\u{5}/etc/a", .dataOnly),
    ])
    func pathsOfFunctions(_ text: String, _ verdict: Loading.Verdict) throws {
        let graph = ProtobufBytes { graph in
            graph.message(1) { Self.constant(&$0, "path", text) }
            graph.message(1) { node in
                node.string(1, "call")
                node.string(2, "StatefulPartitionedCall")
                node.string(3, "path")
                node.message(5) { attribute in
                    attribute.string(1, "f")
                    attribute.message(2) { value in value.message(10) { $0.string(1, "outer") } }
                }
            }
            graph.message(2) { library in
                for (name, operation) in [("outer", "saves"), ("saves", "SaveV2")] {
                    library.message(1) { function in
                        function.message(1) { $0.string(1, name) }
                        function.message(3) { node in
                            node.string(1, "save")
                            node.string(2, operation)
                            node.string(3, "prefix")
                        }
                    }
                }
            }
        }
        #expect(try inspect(graph.bytes, as: "graph.pb").loading?.verdict == verdict)
    }

    /// A graph with texts in constants, a placeholder `given`, and these nodes; a function `saves` writes to its second argument,
    /// and `reads` reads from its first.
    private func graph(
        _ texts: [String: String],
        _ nodes: [(name: String, operation: String, inputs: [String], function: (String, String)?)]
    ) -> [UInt8] {
        func write(_ graph: inout ProtobufBytes, _ number: Int, _ name: String, _ operation: String, _ inputs: [String])
        {
            graph.message(number) { node in
                node.string(1, name)
                node.string(2, operation)
                for input in inputs { node.string(3, input) }
            }
        }
        return ProtobufBytes { graph in
            write(&graph, 1, "given", "Placeholder", [])
            for (name, text) in texts.sorted(by: { $0.key < $1.key }) {
                graph.message(1) { Self.constant(&$0, name, text) }
            }
            for (name, operation, inputs, function) in nodes {
                graph.message(1) { node in
                    node.string(1, name)
                    node.string(2, operation)
                    for input in inputs { node.string(3, input) }
                    guard let (key, callee) = function else { return }
                    node.message(5) { attribute in
                        attribute.string(1, key)
                        attribute.message(2) { value in value.message(10) { $0.string(1, callee) } }
                    }
                }
            }
            graph.message(2) { library in
                for (name, operation, argument) in [
                    ("saves", "SaveV2", "second"), ("reads", "TextLineDataset", "first"),
                ] {
                    library.message(1) { function in
                        function.message(1) { signature in
                            signature.string(1, name)
                            for argument in ["first", "second"] { signature.message(2) { $0.string(1, argument) } }
                        }
                        write(&function, 3, "node", operation, [argument])
                    }
                }
            }
        }.bytes
    }

    /// Which function an operator calls any of its attributes may say, and which of its inputs is the path the function does.
    @Test(arguments: [
        ("If", "then_branch", "saves", ["given", "label", "path"], Loading.Verdict.dangerous),
        ("StatelessIf", "else_branch", "saves", ["given", "path", "given"], .dataOnly),
        ("While", "body", "saves", ["given", "path"], .dangerous),
        ("PartitionedCall", "f", "saves", ["path", "given"], .dataOnly),
        ("PartitionedCall", "f", "saves", ["given", "computed"], .incomplete),
        ("PartitionedCall", "f", "saves", ["computed", "given"], .dataOnly),
        ("PartitionedCall", "f", "saves", ["given", "given"], .dataOnly),
        ("PartitionedCall", "f", "reads", ["path", "given"], .dangerous),
        // What a dataset hands to its function is not known by its place.
        ("MapDataset", "f", "saves", ["given", "path"], .dangerous), ("saves", "", "", ["given", "path"], .dangerous),
    ])
    func pathsOfBranches(
        _ operation: String, _ attribute: String, _ callee: String, _ inputs: [String], _ verdict: Loading.Verdict
    ) throws {
        let graph = graph(
            ["path": "/etc/a", "label": "model", "code": "L2V0Yy9h"],
            [
                ("computed", "DecodeBase64", ["code"], nil),
                ("call", operation, inputs, attribute.isEmpty ? nil : (attribute, callee)),
            ])
        #expect(try inspect(graph, as: "graph.pb").loading?.verdict == verdict)
    }

    /// A path that may be a constant, or begins with one, leads where that leads, whatever else has a part in it.
    @Test(arguments: [
        ("SelectV2", ["given", "path", "given"], Loading.Verdict.dangerous),
        ("StringJoin", ["path", "given"], .dangerous),
        ("StringJoin", ["given", "path"], .dataOnly), ("StringJoin", ["given", "label"], .dataOnly),
        ("StringJoin", ["given", "up"], .dangerous), ("GatherV2", ["path", "given", "given"], .dangerous),
        // A pattern that a path is asked for.
        ("RegexReplace", ["given", "path", "label"], .dataOnly),
    ])
    func pathsThatAreGivenInPart(_ operation: String, _ inputs: [String], _ verdict: Loading.Verdict) throws {
        let graph = graph(
            ["path": "/etc/a", "label": "_temp/part", "up": "/../a"],
            [("made", operation, inputs, nil), ("save", "SaveV2", ["made"], nil)])
        #expect(try inspect(graph, as: "graph.pb").loading?.verdict == verdict)
    }

    /// A path that is made of constants by other operators may be any path; handed on, it is what it is.
    @Test(arguments: [
        (["L2V0Yy9h"], "DecodeBase64", Loading.Verdict.incomplete), (["/etc/a"], "PlaceholderWithDefault", .dangerous),
        (["model"], "PlaceholderWithDefault", .dataOnly), (["mod", "el"], "StringJoin", .dataOnly),
        (["/etc", "a"], "StringJoin", .dangerous), ([".", "./a"], "StringJoin", .incomplete),
        (["model", ".part"], "StringJoin", .dataOnly),
    ])
    func pathsThatAreComputed(_ texts: [String], _ operation: String, _ verdict: Loading.Verdict) throws {
        let graph = ProtobufBytes { graph in
            for (index, text) in texts.enumerated() {
                graph.message(1) { Self.constant(&$0, "p\(index)", text) }
            }
            graph.message(1) { node in
                node.string(1, "path")
                node.string(2, operation)
                for index in texts.indices { node.string(3, "p\(index)") }
            }
            graph.message(1) { node in
                node.string(1, "save")
                node.string(2, "SaveV2")
                node.string(3, "path")
            }
        }
        #expect(try inspect(graph.bytes, as: "graph.pb").loading?.verdict == verdict)
    }

    /// What chooses between two texts is none of them; a saver that knows of clouds asks whether a path begins with s3.
    @Test(arguments: [("_temp/part", Loading.Verdict.dataOnly), ("/etc/a", .dangerous)])
    func pathsThatAreChosen(_ text: String, _ verdict: Loading.Verdict) throws {
        let graph = ProtobufBytes { graph in
            graph.message(1) { Self.constant(&$0, "p0", "model") }
            graph.message(1) { Self.constant(&$0, "p1", text) }
            for (name, operation, inputs) in [
                ("is", "StaticRegexFullMatch", ["p0"]), ("path", "Select", ["is", "p0", "p1"]),
                ("save", "SaveV2", ["path"]),
            ] {
                graph.message(1) { node in
                    node.string(1, name)
                    node.string(2, operation)
                    for input in inputs { node.string(3, input) }
                }
            }
        }
        #expect(try inspect(graph.bytes, as: "graph.pb").loading?.verdict == verdict)
    }

    /// Where variables begin is worth a word, when the graph says it itself.
    @Test(arguments: [("/home/me/warm/model.ckpt", true), ("model", false)])
    func checkpointsOfTheGraph(_ path: String, _ isSaid: Bool) throws {
        let graph = ProtobufBytes { graph in
            graph.message(1) { Self.constant(&$0, "p0", path) }
            graph.message(1) { node in
                node.string(1, "restore")
                node.string(2, "RestoreV2")
                node.string(3, "p0")
            }
        }
        let record = try inspect(graph.bytes, as: "graph.pb")
        #expect(record.loading?.verdict == .dataOnly)
        #expect(
            record.findings?.contains { $0.code == "tensorflow.restores" && $0.severity == .note } ?? false == isSaid)
    }

    /// A section of MLIR bytecode that stands there again and again is refused, as MLIR does.
    @Test func sectionsOfBytecode() throws {
        let strings: [UInt8] = [0, 4 << 1 | 1, 1 << 1 | 1, 2 << 1 | 1, 0x61, 0]
        let head: [UInt8] = [0x4D, 0x4C, 0xEF, 0x52, 6 << 1 | 1] + Array("StableHLO_v1.0.0".utf8) + [0]
        #expect(try inspect(head + strings, as: "a.mlirbc").error == nil)
        let record = try inspect(head + strings + strings, as: "a.mlirbc")
        #expect(record.error?.message == "section 0 stands there twice")
    }

    /// One file under many names is no model of so many shards.
    @Test(arguments: [true, false])
    func shardsOfOneHeader(_ isHuggingFace: Bool) throws {
        let folder = try TemporaryFolder()
        let names = (0..<70_000).map { #""w\#($0)":{"dtype":"F32","shape":[0],"data_offsets":[0,0]}"# }
        let header = Array("{\(names.joined(separator: ","))}".utf8)
        let length = (0..<8).map { UInt8(truncatingIfNeeded: header.count >> (8 * $0)) }
        var map: [String] = []
        for index in 0..<4 {
            try folder.write(length + header, to: "net/model-\(index).safetensors")
            map.append(#""w\#(index)": "model-\#(index).safetensors""#)
        }
        let index = #"{"weight_map": {\#(map.joined(separator: ","))}}"#
        try folder.write(Array(index.utf8), to: "net/model.safetensors.index.json")
        if isHuggingFace { try folder.write(Array(#"{"model_type": "bert"}"#.utf8), to: "net/config.json") }
        let record = Inspector().inspect(folder.path("net"))
        #expect(record.verdict == .failed)
        #expect(record.error?.message.contains("more than twice the 4 tensors") == true)
        #expect(record.loading?.verdict == .incomplete)
    }
}
