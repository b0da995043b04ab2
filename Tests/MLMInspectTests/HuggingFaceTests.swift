import Foundation
import Glibc
import ModelBytes
import ModelFormats
import TestSupport
import Testing

@testable import MLMInspect

/// What folders and files of Hugging Face's world cost, and how their cache is walked.
@Suite struct HuggingFaceTests {
    private let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    private func write(_ bytes: [UInt8], _ path: String) throws {
        try folder.write(bytes, to: path)
    }

    @Test func theCacheIsWalkedAsItsSnapshots() throws {
        let repository = "hub/models--org--net"
        try write(Array(#"{"model_type": "x"}"#.utf8), "\(repository)/blobs/aaaa")
        try write(SafetensorsFile.oneFloat, "\(repository)/blobs/bbbb")
        try write(SafetensorsFile.oneFloat, "\(repository)/blobs/cccc")
        try write(Array("1234".utf8), "\(repository)/refs/main")
        for (revision, files) in [
            ("1111", ["config.json": "aaaa", "model.safetensors": "bbbb"]), ("2222", ["net.safetensors": "cccc"]),
        ] {
            let place = folder.path("\(repository)/snapshots/\(revision)")
            try FileManager.default.createDirectory(atPath: place, withIntermediateDirectories: true)
            for (name, blob) in files {
                try FileManager.default.createSymbolicLink(
                    atPath: "\(place)/\(name)", withDestinationPath: "../../blobs/\(blob)")
            }
        }
        var paths: [String] = []
        var walker = Walker([try #require(PathBytes(folder.path("hub")))], Walker.Options(), limits: Limits())
        while let item = walker.next() {
            if case .artifact(let path, _) = item { paths.append(path.spelling) }
        }
        let start = folder.path(repository) + "/snapshots/"
        #expect(paths == [start + "1111", start + "2222/net.safetensors"])
        let record = Inspector().inspect(start + "1111")
        #expect(record.format?.id == "huggingface")
        #expect(record.facts?.name == "net")
        #expect(record.facts?.parameters?.total == 1)
    }

    @Test func aLinkToABlobThatIsNotThereIsSaid() throws {
        let repository = "hub/models--org--net"
        try write(Array(#"{"model_type": "x"}"#.utf8), "\(repository)/blobs/aaaa")
        for (revision, files) in [
            ("1111", ["config.json": "aaaa", "model.safetensors": "gone"]), ("2222", ["net.gguf": "gone"]),
        ] {
            let place = folder.path("\(repository)/snapshots/\(revision)")
            try FileManager.default.createDirectory(atPath: place, withIntermediateDirectories: true)
            for (name, blob) in files {
                try FileManager.default.createSymbolicLink(
                    atPath: "\(place)/\(name)", withDestinationPath: "../../blobs/\(blob)")
            }
        }
        var problems: [String] = []
        var paths: [String] = []
        var walker = Walker([try #require(PathBytes(folder.path("hub")))], Walker.Options(), limits: Limits())
        while let item = walker.next() {
            switch item {
            case .artifact(let path, _): paths.append(path.spelling)
            case .problem(let path, let message): problems.append("\(path.spelling): \(message)")
            }
        }
        let start = folder.path(repository) + "/snapshots/"
        #expect(paths == [start + "1111"])
        #expect(problems == [start + "2222/net.gguf: a link that leads nowhere"])
        let record = Inspector().inspect(start + "1111")
        #expect(record.findings?.first { $0.code == "file.link-dangling" }?.where == "model.safetensors")
        // It is a model all the same, whose weights are not there.
        #expect(record.format?.id == "huggingface")
        #expect(record.files?.first { $0.path == "model.safetensors" }?.present == false)
        #expect(record.loading?.verdict == .incomplete)
        #expect(record.facts?.parameters == nil)
    }

    /// What transformers would read is not there; the pickle that it reads instead is.
    @Test func aFileThatIsThereGoesBeforeALinkToNothing() throws {
        try write(Array(#"{"model_type": "x"}"#.utf8), "net/config.json")
        try write([0x80, 2] + Array("cos\nsystem\n(S'true'\ntR.".utf8), "net/pytorch_model.bin")
        try FileManager.default.createSymbolicLink(
            atPath: folder.path("net/model.safetensors"), withDestinationPath: "gone")
        #expect(Inspector().inspect(folder.path("net")).loading?.verdict == .dangerous)
    }

    @Test func aComponentWithoutItsWeightsLeavesTheCountOpen() throws {
        try write(
            Array(#"{"_class_name": "P", "unet": ["diffusers", "U"], "vae": ["diffusers", "V"]}"#.utf8),
            "net/model_index.json")
        for part in ["unet", "vae"] { try write(Array("{}".utf8), "net/\(part)/config.json") }
        try write(SafetensorsFile.oneFloat, "net/unet/diffusion_pytorch_model.safetensors")
        try FileManager.default.createSymbolicLink(
            atPath: folder.path("net/vae/diffusion_pytorch_model.safetensors"), withDestinationPath: "gone")
        let record = Inspector().inspect(folder.path("net"))
        #expect(record.facts?.parameters == nil)
        #expect(record.loading?.verdict == .incomplete)
    }

    /// peft writes the second adapter into a folder of the first one's; a training its checkpoints.
    @Test func modelsBelowAModelAreNamed() throws {
        for place in ["net", "net/second"] {
            try write(Array(#"{"peft_type": "LORA"}"#.utf8), "\(place)/adapter_config.json")
            try write(SafetensorsFile.oneFloat, "\(place)/adapter_model.safetensors")
        }
        let record = Inspector().inspect(folder.path("net"))
        #expect(record.format?.id == "peft-adapter")
        #expect(record.findings?.first { $0.code == "folder.models-inside" }?.where == "second")
    }

    /// Each in a walk of its own would find the same.
    @Test func codeIsFoundWhereverItIsNamed() throws {
        let config = #"""
            {"model_type": "x", "text_config": {"auto_map": {"AutoModel": "a.B"}, "attn_implementation": "org/kernel"},
             "tokenizer_kwargs": {"trust_remote_code": true}}
            """#
        try write(Array(config.utf8), "net/config.json")
        try write(SafetensorsFile.oneFloat, "net/model.safetensors")
        let record = Inspector().inspect(folder.path("net"))
        #expect(record.loading?.verdict == .needsCode)
        #expect(record.loading?.classes == ["a.B", "org/kernel"])
        let found = record.findings ?? []
        #expect(found.contains { $0.where == "config.json: text_config.auto_map" })
        #expect(found.contains { $0.code == "huggingface.kernel" })
        #expect(found.contains { $0.message.contains("trust_remote_code") })
    }

    @Test func aMissingShardLeavesTheCountOpen() throws {
        try write(Array(#"{"model_type": "x"}"#.utf8), "net/config.json")
        try write(
            Array(#"{"weight_map": {"w": "a.safetensors", "v": "b.safetensors"}}"#.utf8),
            "net/model.safetensors.index.json")
        try write(SafetensorsFile.oneFloat, "net/a.safetensors")
        let record = Inspector().inspect(folder.path("net"))
        #expect(record.facts?.parameters == nil)
        #expect(record.loading?.verdict == .incomplete)
        #expect(record.findings?.contains { $0.code == "shards.missing" } == true)
    }

    @Test func anIndexOfTooManyShardsNamesTheLimit() throws {
        try write(Array(#"{"model_type": "x"}"#.utf8), "net/config.json")
        let map = (0..<20).map { #""t\#($0)": "s\#($0).safetensors""# }.joined(separator: ",")
        try write(Array(#"{"weight_map": {\#(map)}}"#.utf8), "net/model.safetensors.index.json")
        var limits = Limits()
        limits.shards.value = 10
        let record = Inspector(limits: limits).inspect(folder.path("net"))
        #expect(record.error?.reason == .limit)
        #expect(record.error?.message.contains("shards 20 > 10") == true)
    }

    private func number(_ value: UInt64, _ width: Int) -> [UInt8] {
        (0..<width).map { UInt8(truncatingIfNeeded: value >> (8 * UInt64($0))) }
    }

    private func text(_ value: String) -> [UInt8] { number(UInt64(value.utf8.count), 8) + Array(value.utf8) }

    /// llama.cpp refuses both; gguf-py takes the first key.
    @Test func whatGGUFNamesTwiceIsSaid() throws {
        var file = Array("GGUF".utf8) + number(3, 4) + number(2, 8) + number(2, 8)
        for name in ["llama", "gemma"] { file += text("general.architecture") + number(8, 4) + text(name) }
        for offset in [0, 32] as [UInt64] {
            file += text("w") + number(1, 4) + number(4, 8) + number(0, 4) + number(offset, 8)
        }
        file += [UInt8](repeating: 0, count: (32 - file.count % 32) % 32 + 64)
        try write(file, "twice.gguf")
        let record = Inspector().inspect(folder.path("twice.gguf"))
        #expect(record.facts?.architecture == "llama")
        #expect(record.facts?.parameters == nil)
        #expect(record.findings?.filter { $0.code == "gguf.repeated" }.count == 2)
    }

    /// 40 GB with nothing but a header: what is read is the header and the windows around it.
    @Test func aLargeGGUFIsNotReadThrough() throws {
        let bytes = 40 << 30
        let rows = UInt64(bytes / 4)
        var file = Array("GGUF".utf8) + number(3, 4) + number(1, 8) + number(1, 8)
        file += text("general.architecture") + number(8, 4) + text("llama")
        file += text("w") + number(1, 4) + number(rows, 8) + number(0, 4) + number(0, 8)
        file += [UInt8](repeating: 0, count: (32 - file.count % 32) % 32)
        try write(file, "large.gguf")
        let path = folder.path("large.gguf")
        let grown = unsafe truncate(path, file.count + bytes)
        try #require(grown == 0)
        let record = Inspector().inspect(path)
        #expect(record.facts?.parameters?.total == Int(rows))
        #expect(try #require(record.bytesRead) < 1 << 20)
    }
}
