import Foundation
import MLMInspect
import ModelBytes
import ModelFormats
import TestSupport
import Testing

/// What is said of pickles that run something, in whatever dress, and of those that only look so.
@Suite struct PickleVerdictTests {
    private func inspect(_ bytes: [UInt8], as name: String = "model.pkl") throws -> Record {
        Inspector().inspect(try Artifact(path: name, source: ByteSource(MemoryBytes(bytes))))
    }

    private func verdict(_ pickle: PickleBuilder) throws -> Loading.Verdict? {
        try inspect(pickle.bytes).loading?.verdict
    }

    private static func fixture(_ name: String) throws -> [String] {
        let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
        let text = try String(contentsOf: folder.appendingPathComponent("Fixtures/\(name)"), encoding: .utf8)
        return text.split(separator: "\n").map(String.init)
    }

    private static let command = PickleBuilder().global("posix", "system").mark().binunicode("id").tuple().reduce()

    /// Before joblib 0.10 an array was a file beside the pickle, and `numpy.load` runs what that holds.
    @Test func arraysInFilesOfTheirOwn() throws {
        func wrapper(_ name: String, _ more: (PickleBuilder) -> PickleBuilder = { $0 }) -> PickleBuilder {
            more(
                PickleBuilder().proto(2).global("joblib.numpy_pickle_compat", "NDArrayWrapper").emptyTuple().newobj()
                    .emptyDict().binput(0).mark().binunicode("filename").binunicode(name).setitems().build()
            ).stop()
        }
        func array(_ type: String, _ content: [UInt8]) -> [UInt8] {
            let text = "{'descr': '\(type)', 'fortran_order': False, 'shape': (1,), }\n"
            return [0x93] + Array("NUMPY".utf8) + [1, 0, UInt8(text.utf8.count), 0] + Array(text.utf8) + content
        }
        let folder = try TemporaryFolder()
        _ = try folder.write(array("<f4", [0, 0, 0, 0]), to: "numbers.npy")
        _ = try folder.write(array("|O", Self.command.stop().bytes), to: "objects.npy")
        _ = try folder.write(Self.command.stop().bytes, to: "pickle")
        func verdict(_ pickle: PickleBuilder) throws -> Loading.Verdict? {
            Inspector().inspect(try folder.write(pickle.bytes, to: "model.pkl")).loading?.verdict
        }
        #expect(try verdict(wrapper("numbers.npy")) == .dataOnly)
        #expect(try verdict(wrapper("objects.npy")) == .dangerous)
        #expect(try verdict(wrapper("pickle")) == .dangerous)
        #expect(try verdict(wrapper("missing.npy")) == .incomplete)
        #expect(try verdict(wrapper("../numbers.npy")) == .incomplete)
        // The name that counts is the one that the wrapper has when it is built, and what follows does not take it back.
        let renamed = wrapper("objects.npy") {
            $0.pop().binget(0).binunicode("filename").binunicode("numbers.npy").setitem()
        }
        #expect(try verdict(renamed) == .dangerous)
        #expect(try verdict(wrapper("objects.npy") { $0.pop().pop().pop() }) == .dangerous)
        // Of bytes without a folder nobody knows what lies beside them.
        #expect(try self.verdict(wrapper("numbers.npy")) == .incomplete)
    }

    /// What a file calls its attributes is written into the call as a text, and never as code.
    @Test func namesOfAttributesAreNoCode() throws {
        let estimator = PickleBuilder().global("sklearn.linear_model._ridge", "Ridge").emptyTuple().newobj().emptyDict()
            .mark().binunicode("alpha").binfloat(1).binunicode("coef_").none().setitems().build()
        func call(_ attribute: String) throws -> String? {
            let bundle = PickleBuilder().proto(2).global("__main__", "Bundle").emptyTuple().newobj().emptyDict().mark()
                .binunicode(attribute).then(estimator).setitems().build().stop()
            return try inspect(bundle.bytes).loading?.call
        }
        let load = #"pickle.load(open("model.pkl", "rb"))"#
        #expect(try call("model") == load + ".model")
        #expect(
            try call("model; __import__('os').system('id') # model")
                == load + #".__dict__["model; __import__('os').system('id') # model"]"#)
    }

    /// The unpickler has no first opcode.
    @Test func whateverComesFirst() throws {
        let dresses: [(String, PickleBuilder)] = [
            ("none", PickleBuilder().none().pop()), ("integer", PickleBuilder().binint2(1).pop()),
            ("text", PickleBuilder().unicode("a").pop()), ("frame", PickleBuilder().frame(30)),
            ("protocol", PickleBuilder().proto(0)), ("mark", PickleBuilder().mark().popMark()),
            ("long", PickleBuilder().long1([1]).pop()), ("set", PickleBuilder().raw([0x8F]).pop()),
            ("padding", PickleBuilder().repeating(5_000) { $0.none().pop() }),
        ]
        for (name, dress) in dresses {
            for ending in [
                PickleBuilder().stop(), PickleBuilder(), PickleBuilder().raw([0xFF]), PickleBuilder().proto(6),
            ] {
                let record = try inspect(dress.then(Self.command).then(ending).bytes)
                #expect(record.loading?.verdict == .dangerous, "\(name)")
                #expect(record.loading?.imports?.contains { $0.name == "posix.system" } == true, "\(name)")
            }
        }
    }

    @Test func aBreakIsTold() throws {
        let record = try inspect(Self.command.raw([0xFF]).bytes)
        #expect(record.findings?.contains { $0.code == "pickle.incomplete" } == true)
    }

    @Test func textIsNoPickle() throws {
        for text in [
            "import os\nimport sys\n", "class Net:\n    pass\n", "cat\nsystem\n", "N.", "(a, b)\n", "{}", "Version 1\n",
            "cos\nsystem is a word\n", "import os, sys\nsystem(1)\n", "I am\nno pickle.\n",
        ] {
            let record = try inspect(Array(text.utf8), as: "notes.txt")
            #expect(record.loading == nil, "\(text)")
        }
    }

    /// Names that are reached, and not named.
    @Test func aliasesAndAttributes() throws {
        for (module, name) in [
            ("random", "_os.system"), ("enum", "bltns.exec"), ("collections", "_sys"), ("builtins", "__dict__.get"),
            ("builtins", "__dict__"), ("builtins", "object.__getattribute__"), ("torch", "os.system"),
            ("builtins", "eval.__call__"), ("builtins", "len.__self__.eval"), ("logging", "os.popen"),
        ] {
            let pickle = PickleBuilder().proto(4).shortBinunicode(module).shortBinunicode(name).stackGlobal().stop()
            #expect(try verdict(pickle) == .dangerous, "\(module) \(name)")
        }
        let random = PickleBuilder().proto(4).shortBinunicode("random").shortBinunicode("Random").stackGlobal()
        #expect(try verdict(random.stop()) == .needsCode)
        let getattr = PickleBuilder().global("builtins", "getattr")
        let path = getattr.global("logging", "Handler").unicode("emit").tuple2().reduce().stop()
        #expect(try verdict(path) == .needsCode)
        let globals = getattr.global("logging", "Handler").unicode("__globals__").tuple2().reduce().stop()
        #expect(try verdict(globals) == .dangerous)
        let getter = PickleBuilder().global("operator", "attrgetter").unicode("a.b").tuple1().reduce()
        #expect(try verdict(getter.stop()) == .needsCode)
        let applied = PickleBuilder().global("operator", "attrgetter").unicode("os.system").tuple1().reduce()
            .global("random", "Random").tuple1().reduce().stop()
        #expect(try verdict(applied) == .dangerous)
        let fold = PickleBuilder().global("functools", "reduce").global("builtins", "getattr")
            .emptyList().mark().global("random", "Random").unicode("os").unicode("system").appends().tuple2().reduce()
            .stop()
        #expect(try verdict(fold) == .dangerous)
    }

    /// What is set on a class, and items of what is no dict.
    @Test func additions() throws {
        let state = PickleBuilder().global("collections", "OrderedDict").none().emptyDict().tuple2().build().stop()
        #expect(try verdict(state) == .needsCode)
        let items = PickleBuilder().global("numpy", "dtype").unicode("f8").tuple1().reduce()
        #expect(try verdict(items.none().none().setitem().stop()) == .needsCode)
        let ordered = PickleBuilder().global("collections", "OrderedDict").emptyTuple().reduce()
        #expect(try verdict(ordered.none().none().setitem().stop()) == .dataOnly)
        #expect(
            try verdict(PickleBuilder().global("builtins", "iter").emptyList().tuple1().reduce().stop()) == .needsCode)
    }

    /// What is loaded from bytes is followed, each value once and all within one budget.
    @Test func nestedPickles() throws {
        let inner = Self.command.stop().bytes
        let text = String(decoding: inner, as: UTF8.self)
        let encoded = PickleBuilder().proto(2).global("_codecs", "encode").binunicode(text).unicode("latin1").tuple2()
            .reduce()
        let loader = PickleBuilder().proto(2).global("torch.storage", "_load_from_bytes")
        #expect(try verdict(loader.then(encoded).tuple1().reduce().stop()) == .dangerous)
        let buffered = PickleBuilder().global("_io", "BytesIO").then(encoded).tuple1().reduce()
        #expect(
            try verdict(PickleBuilder().global("numpy", "load").then(buffered).tuple1().reduce().stop()) == .dangerous)
        var deep = PickleBuilder().proto(2).none().stop().bytes
        for _ in 0..<20 { deep = loader.binbytes(deep).tuple1().reduce().stop().bytes }
        let record = try inspect(deep)
        #expect(record.loading?.verdict == .needsCode)
        #expect(record.findings?.contains { $0.code == "pickle.nested-unseen" } == true)
    }

    /// A name of 90 KB that is used again and again costs its size once, and not a thousand times.
    @Test func longNames() throws {
        let name = String(repeating: "m", count: 90_000)
        var pickle = PickleBuilder().proto(4).binunicode(name).binput(0)
        for index in 0..<1_000 { pickle = pickle.binget(0).shortBinunicode("n\(index)").stackGlobal() }
        let record = try inspect(pickle.stop().bytes)
        #expect(record.loading?.verdict == .needsCode)
        #expect((record.loading?.imports ?? []).allSatisfy { $0.name.utf8.count < 1_000 })
    }

    @Test func everyPublicName() throws {
        let lines = try Self.fixture("public-danger-names.txt")
        #expect(lines.count > 150)
        for line in lines {
            let words = line.split(separator: "\t")[0].split(separator: " ").map(String.init)
            let pickle = PickleBuilder().proto(4).shortBinunicode(words[0]).shortBinunicode(words[1]).stackGlobal()
                .stop()
            #expect(try verdict(pickle) == .dangerous, "\(line)")
        }
    }

    @Test func benignStaysBenign() throws {
        let lines = try Self.fixture("benign-pickles.txt")
        #expect(Set(lines.map { $0.prefix { $0 != " " } }).count > 230)
        for line in lines {
            let words = line.split(separator: " ")
            let digits = Array(words[2].utf8)
            let bytes = stride(from: 0, to: digits.count, by: 2).compactMap {
                UInt8(String(decoding: digits[$0..<$0 + 2], as: UTF8.self), radix: 16)
            }
            let record = try inspect(bytes)
            #expect(record.loading?.verdict != .dangerous, "\(words[0]) \(words[1])")
            #expect(record.findings?.contains { $0.severity == .danger } != true, "\(words[0]) \(words[1])")
        }
    }
}
