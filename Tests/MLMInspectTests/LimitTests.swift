import Foundation
import MLMInspect
import ModelBytes
import ModelFormats
import TestSupport
import Testing

/// Every limit that has a name is one: an artifact that is beyond it ends in an error that names it.
@Suite struct LimitTests {
    /// A limit as it is spelt on the command line, what it is set to, and an artifact that has more.
    private static let errors: [(flag: String, value: Int, artifact: String)] = [
        ("bson-depth", 1, "bson/arrays.bson"), ("bson-elements", 3, "bson/arrays.bson"),
        ("flatbuffer-elements", 1, "tflite/buffers_behind.tflite"),
        ("flatbuffer-tables", 1, "tflite/buffers_behind.tflite"),
        ("flatbuffer-text-bytes", 1, "tflite/buffers_behind.tflite"),
        ("folder-operations", 0, "hostile/huggingface_pickle_system"), ("gguf-keys", 1, "gguf/big_endian.gguf"),
        ("gguf-tensors", 0, "gguf/big_endian.gguf"), ("gguf-text-bytes", 5, "gguf/big_endian.gguf"),
        ("keras-calls", 1, "keras-v3/bfloat16_weights_3_15_tensorflow.keras"),
        ("mlflow-flavors", 0, "mlflow/from_code"), ("mlir-items", 2, "stablehlo/module.mlirbc"),
        ("msgpack-depth", 1, "flax-msgpack/chunks.msgpack"), ("msgpack-values", 5, "flax-msgpack/chunks.msgpack"),
        ("ocdbt-bytes", 10, "orbax/batch_stats"), ("ocdbt-key-bytes", 5, "orbax/batch_stats"),
        ("ocdbt-keys", 1, "orbax/batch_stats"), ("ocdbt-nodes", 0, "orbax/batch_stats"),
        ("pmml-fields", 1, "pmml/catboost_classifier.pmml"), ("r-depth", 3, "rds/caret_knn.rds"),
        ("r-items", 5, "rds/builtin.rds"), ("safetensors-header-bytes", 5, "safetensors/escaped_header.safetensors"),
        ("stream-ratio", 1, "hostile/bomb_gzip.pkl.gz"),
        ("table-block-bytes", 1, "tf-checkpoint/keras_weights_untrained.index"),
        ("table-entries", 1, "tf-checkpoint/keras_weights_untrained.index"),
        ("table-key-bytes", 1, "tf-checkpoint/keras_weights_untrained.index"),
        ("xml-depth", 1, "pmml/catboost_classifier.pmml"), ("yaml-bytes", 5, "mlflow/from_code"),
        ("yaml-depth", 1, "mlflow/from_code"), ("ydf-columns", 1, "ydf/boosted_regression"),
    ]

    private static func limits(_ flag: String, _ value: Int) throws -> Limits {
        var limits = Limits()
        if let path = Limits.all.first(where: { limits[keyPath: $0].flag == flag }) {
            limits[keyPath: path].value = value
        } else {
            var limit = try #require(FormatList.all.limits.first { $0.flag == flag })
            limit.value = value
            limits[limit] = limit
        }
        return limits
    }

    private static func inspect(_ artifact: String, _ flag: String, _ value: Int) throws -> Record {
        Inspector(limits: try limits(flag, value)).inspect(TestArtifact.root.appending(path: artifact).path)
    }

    @Test(arguments: errors) func whatIsBeyondIsAnError(_ limit: (flag: String, value: Int, artifact: String)) throws {
        let message = try Self.inspect(limit.artifact, limit.flag, limit.value).error?.message ?? ""
        #expect(message.hasPrefix("limit: \(limit.flag.replacingOccurrences(of: "-", with: " ")) "), "\(message)")
    }

    /// A file that has fewer bytes than it claims to have values is no MessagePack that is too large.
    @Test func valuesThatAreOnlyClaimed() throws {
        let bytes: [UInt8] = [0x81, 0xA1, 0x61, 0xDF, 0xFF, 0xFF, 0xFF, 0xFF] + [UInt8](repeating: 0xC0, count: 64)
        let artifact = try Artifact(path: "claims.msgpack", source: ByteSource(MemoryBytes(bytes)))
        #expect(Inspector().inspect(artifact).verdict == .unrecognised)
    }

    /// The items of a distributed checkpoint are looked at one by one, and it is said of how many that is not so.
    @Test func itemsOfADistributedCheckpoint() throws {
        func unseen(_ most: Int) throws -> String? {
            try Self.inspect("torch-dcp/training", "folder-members", most).findings?
                .first { $0.code == "torch.checkpoint-items-unseen" }?.message
        }
        #expect(try unseen(2_048) == nil)
        #expect(try unseen(4)?.hasPrefix("45 of its items were not looked at: limit: folder members ") == true)
    }

    /// Texts of R beyond their limits are left out.
    @Test(arguments: ["r-text-bytes", "r-heap-bytes"]) func textsOfR(_ flag: String) throws {
        func record(_ value: Int) throws -> Record { try Self.inspect("rds/caret_knn.rds", flag, value) }
        #expect(try record(1 << 16).verdict == .model)
        #expect(try record(3).facts != record(1 << 16).facts)
    }

    /// Folders that are deeper are not looked into: what lies in them is missing.
    @Test func foldersWithinEachOther() throws {
        #expect(try Self.inspect("diffusers/ddpm", "directory-depth", 8).loading?.verdict == .dataOnly)
        #expect(try Self.inspect("diffusers/ddpm", "directory-depth", 0).loading?.verdict == .incomplete)
    }

    private func inspect(_ pickle: PickleBuilder, _ flag: String, _ value: Int) throws -> Record {
        let source = ByteSource(MemoryBytes(pickle.stop().bytes))
        return Inspector(limits: try Self.limits(flag, value)).inspect(try Artifact(path: "model.pkl", source: source))
    }

    @Test func memoryOfAPickle() throws {
        let pickle = PickleBuilder().proto(2).mark().repeating(3_000) { $0.binunicode("text") }.list()
        #expect(try inspect(pickle, "pickle-memory", 1 << 20).error == nil)
        let error = try #require(try inspect(pickle, "pickle-memory", 1 << 10).error)
        #expect(error.message.hasPrefix("limit: pickle memory "))
    }

    @Test func picklesInAPickle() throws {
        let inner = PickleBuilder().proto(2).emptyDict().stop().bytes
        let pickle = PickleBuilder().proto(3).repeating(3) {
            $0.global("pickle", "loads").shortBinbytes(inner).tuple1().reduce().pop()
        }.none()
        func isUnseen(_ most: Int) throws -> Bool {
            try inspect(pickle, "nested-pickles", most).findings?.contains { $0.code == "pickle.nested-unseen" } == true
        }
        #expect(try !isUnseen(3))
        #expect(try isUnseen(2))
    }

    /// A limit that no test exceeds may be taken out, and nobody sees it.
    @Test func everyLimitHasATest() throws {
        let folder = URL(filePath: #filePath, directoryHint: .notDirectory).deletingLastPathComponent()
            .deletingLastPathComponent()
        let files = FileManager.default.enumerator(at: folder, includingPropertiesForKeys: nil)
        var tests = ""
        for case let file as URL in try #require(files) where file.pathExtension == "swift" {
            tests += try String(contentsOf: file, encoding: .utf8)
        }
        // What the kernel holds, which differs from machine to machine; what only cuts a list of the record; and what
        // belongs to the schemas of documents.
        let others: Set<String> = ["worker-memory-bytes", "nested-hyperparameters", "pattern-steps"]
        let defaults = Limits()
        for limit in Limits.all.map({ defaults[keyPath: $0] }) + FormatList.all.limits
        where !others.contains(limit.flag) {
            let words = limit.name.split(separator: " ")
            let property = words.dropFirst().reduce(String(words[0])) {
                $0 + $1.prefix(1).uppercased() + $1.dropFirst()
            }
            #expect(
                tests.contains("\"\(limit.flag)") || tests.contains(".\(property)"), "no test exceeds \(limit.name)")
        }
    }
}
