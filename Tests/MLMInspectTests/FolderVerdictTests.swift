import Foundation
import MLMInspect
import ModelBytes
import ModelFormats
import TestSupport
import Testing

/// What decides the verdict on a folder of Hugging Face's world: files that hide others, and names of code.
@Suite struct FolderVerdictTests {
    private let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    /// Writes a file of weights by its ending: one tensor, a pickle that calls os.system, or the given text.
    private func write(_ files: [String: String]) throws {
        for (path, text) in files {
            let bytes = path.hasSuffix(".safetensors") ? SafetensorsFile.oneFloat : Array(text.utf8)
            try folder.write(bytes, to: "net/" + path)
        }
    }

    private func inspect() -> Record { Inspector().inspect(folder.path("net")) }

    private static let system = "cos\nsystem\n(S'true'\ntR."
    private static let imports = "cevilmod\nRun\n(tR."
    private static let bert = #"{"model_type": "bert"}"#
    private static let pipeline =
        #"{"_class_name": "DDPMPipeline", "_diffusers_version": "0.30.0", "unet": ["diffusers", "UNet2DModel"]}"#

    @Test(arguments: [
        ["config.json": bert, "diffusion_pytorch_model.safetensors": "", "pytorch_model.bin": imports],
        ["config.json": bert, "open_clip_model.safetensors": "", "pytorch_model.bin": imports],
        ["config.json": bert, "model.safetensors": "", "pytorch_model.fp16.bin": imports],
        ["config.json": bert, "model.safetensors": "", "pytorch_model-00001-of-00002.bin": imports],
        ["adapter_config.json": "{}", "model.safetensors": "", "adapter_model.bin": imports],
        ["model_index.json": pipeline, "unet/model.safetensors": "", "unet/diffusion_pytorch_model.bin": imports],
        [
            "config.json": bert, "open_clip_config.json": "{}", "model.safetensors": "",
            "open_clip_pytorch_model.bin": imports,
        ],
        [
            "config.json": bert, "diffusion_pytorch_model.safetensors": "", "training_args.bin": imports,
            "other.bin.index.json": #"{"weight_map": {"w": "training_args.bin"}}"#, "model.safetensors": "",
        ],
        [
            "config.json": bert, "model.safetensors.index.json": #"{"weight_map": {"w": "a.bin"}}"#, "a.bin": imports,
        ],
    ])
    func aDecoyHidesNoPickle(_ files: [String: String]) throws {
        try write(files)
        #expect(inspect().loading?.verdict == .needsCode)
    }

    /// A pickle with the call of os.system that then breaks off, in a file of training and as the weights.
    @Test(arguments: ["training_args.bin", "pytorch_model.bin"])
    func whatBreaksOffKeepsItsDanger(_ name: String) throws {
        let broken = Self.system.dropLast() + "("
        try write(["config.json": Self.bert, "model.safetensors": "", name: String(broken)])
        let loading = inspect().loading
        #expect(loading?.verdict == .dangerous)
        #expect(loading?.call == nil)
    }

    /// In the block before HDF5 another loader of the same file finds a pickle.
    @Test func aMemberIsReadAsOthersReadIt() throws {
        let model = try Data(contentsOf: TestArtifact.root.appending(path: "keras-h5-model/channels_first_2_21.h5"))
        var bytes = Array(Self.system.utf8)
        bytes += [UInt8](repeating: 0, count: 512 - bytes.count) + model
        try write(["config.json": Self.bert, "model.safetensors": ""])
        try folder.write(bytes, to: "net/other.bin")
        #expect(inspect().loading?.verdict == .dangerous)
    }

    @Test(arguments: ["evil.dat", "sub/evil.dat"])
    func anotherIndexNamesItsShards(_ shard: String) throws {
        try write([
            "config.json": Self.bert, "model.safetensors": "", shard: Self.system,
            "other.bin.index.json": #"{"weight_map": {"w": "\#(shard)"}}"#,
        ])
        #expect(inspect().loading?.verdict == .dangerous)
        try write(["other.bin.index.json": #"{"weight_map": "#])
        #expect(inspect().loading?.verdict == .incomplete)
    }

    @Test func codeForGenerationIsCode() throws {
        try write(["config.json": Self.bert, "model.safetensors": "", "custom_generate/generate.py": "pass"])
        #expect(inspect().loading?.verdict == .needsCode)
    }

    /// A loader follows links out of the folder, and here none is followed.
    @Test func whatALinkLeadsToIsUnseen() throws {
        try write(["config.json": Self.bert, "model.safetensors": ""])
        try folder.write(Array(Self.system.utf8), to: "outside.bin")
        try FileManager.default.createSymbolicLink(
            atPath: folder.path("net/pytorch_model.bin"), withDestinationPath: folder.path("outside.bin"))
        #expect(inspect().loading?.verdict == .incomplete)
        var inspector = Inspector()
        inspector.followsLinks = true
        #expect(inspector.inspect(folder.path("net")).loading?.verdict == .dangerous)
    }

    @Test func aFileOfTrainingIsTakenForNoWeights() throws {
        try write([
            "config.json": Self.bert, "model.safetensors": "", "training_args.bin": Self.imports,
            "openvino_model.bin": "\u{1}\u{2}\u{3}",
        ])
        #expect(inspect().loading?.verdict == .dataOnly)
        try write(["rng_state_0.pth": Self.system])
        #expect(inspect().loading?.verdict == .dangerous)
    }

    @Test(arguments: [
        ("config.json", #"{"types": {"x_0": "evilmod.Module"}}"#),
        ("router_config.json", #"{"types": {"query_0_X": "evilmod.Module"}}"#),
        ("0_Words/wordembedding_config.json", #"{"tokenizer_class": "evilmod.Module"}"#),
        ("2_Dense/config.json", #"{"activation_function": "evilmod.Module"}"#),
        ("0_Transformer/config.json", #"{"auto_map": {"AutoModel": "evilmod.Module"}}"#),
    ])
    func aModuleThatNamesAClassNeedsCode(_ path: String, _ text: String) throws {
        let modules = #"[{"path": "", "type": "sentence_transformers.models.Transformer"}]"#
        try write([
            "modules.json": modules, "config_sentence_transformers.json": "{}", "model.safetensors": "",
            "3_Dense/config.json": #"{"activation_function": "torch.nn.modules.activation.Tanh"}"#,
        ])
        #expect(inspect().loading?.verdict == .dataOnly)
        try write([path: text])
        let loading = inspect().loading
        #expect(loading?.verdict == .needsCode)
        #expect(loading?.classes == ["evilmod.Module"])
    }

    @Test(arguments: [
        ["unet/diffusers.py": "", "unet/diffusion_pytorch_model.safetensors": ""],
        ["None.py": "", "unet/diffusion_pytorch_model.safetensors": ""],
        [
            "model_index.json": #"{"_class_name": "P", "a/../unet": ["diffusers", "UNet2DModel"]}"#,
            "unet/diffusers.py": "", "unet/diffusion_pytorch_model.safetensors": "",
        ],
    ])
    func aFileThatHidesALibraryNeedsCode(_ files: [String: String]) throws {
        try write(["model_index.json": Self.pipeline, "unet/diffusion_pytorch_model.safetensors": ""])
        #expect(inspect().loading?.verdict == .dataOnly)
        try write(files)
        #expect(inspect().loading?.verdict == .needsCode)
    }

    @Test(arguments: [
        ("sentence_transformers.models.Dense.torch", Loading.Verdict.needsCode),
        ("sentence_transformers.SentenceTransformer", .needsCode), ("sentence_transformers.models.evil", .needsCode),
        ("sentence_transformers.models.Dense.Dense", .dataOnly),
        ("sentence_transformers.sentence_transformer.modules.word_weights.WordWeights", .dataOnly),
        ("sentence_transformers.sparse_encoder.models.SpladePooling", .dataOnly),
    ])
    func onlyClassesOfTheLibraryAreItsOwn(_ type: String, _ verdict: Loading.Verdict) throws {
        try write([
            "modules.json": #"[{"path": "", "type": "\#(type)"}]"#, "config_sentence_transformers.json": "{}",
            "config.json": Self.bert, "model.safetensors": "",
        ])
        #expect(inspect().loading?.verdict == verdict)
    }

    @Test func aModuleOutsideTheFolderIsSaid() throws {
        try write([
            "modules.json": #"[{"path": "../other", "type": "sentence_transformers.models.Dense"}]"#,
            "config_sentence_transformers.json": "{}", "model.safetensors": "",
        ])
        let record = inspect()
        #expect(record.loading?.verdict == .incomplete)
        #expect(record.findings?.contains { $0.code == "sentence-transformers.outside" } == true)
    }

    @Test(arguments: [
        ("config.json", #"{"model_type": "bert", "sbert_ce_default_activation_function": "evilmod.Act"}"#),
        (
            "config.json",
            #"{"model_type": "bert", "sentence_transformers": {"activation_fn": "torch.nn.functional.os.x"}}"#
        ),
        ("config_sentence_transformers.json", #"{"model_type": "CrossEncoder", "activation_fn": "evilmod.Act"}"#),
        ("open_clip_config.json", #"{"model_cfg": {"text_cfg": {"tokenizer_kwargs": {"trust_remote_code": true}}}}"#),
        ("config.4.0.0.json", #"{"auto_map": {"AutoModel": "evilmod.Module"}}"#),
    ])
    func codeThatADocumentNamesNeedsCode(_ name: String, _ text: String) throws {
        try write([
            "config.json": #"{"model_type": "bert", "configuration_files": ["config.4.0.0.json"]}"#,
            "model.safetensors": "",
        ])
        #expect(inspect().loading?.verdict == .incomplete)
        try write([name: text])
        #expect(inspect().loading?.verdict == .needsCode)
        try FileManager.default.removeItem(atPath: folder.path("net/" + name))
        try write(["config.json": #"{"sbert_ce_default_activation_function": "torch.nn.modules.linear.Identity"}"#])
        #expect(inspect().loading?.verdict == .dataOnly)
    }

    @Test func argumentsOfATimmModelComeFirst() throws {
        try write([
            "config.json": #"""
            {"architecture": "resnet18", "num_classes": 3, "model_args": {"in_chans": 13, "img_size": 448, "num_classes": 7},
             "pretrained_cfg": {"input_size": [3, 224, 224], "mean": [0.5, 0.5, 0.5], "std": [0.2, 0.2, 0.2]}}
            """#,
            "model.safetensors": "",
        ])
        let facts = inspect().facts
        #expect(facts?.inputs?.first?.shape == [-1, 13, 448, 448])
        #expect(facts?.outputs?.first?.shape == [-1, 7])
    }

    @Test func aPoolingHasAnEmbeddingForEachMode() throws {
        try write([
            "modules.json": #"""
            [{"path": "", "type": "sentence_transformers.models.Transformer"},
             {"path": "1_Pooling", "type": "sentence_transformers.models.Pooling"}]
            """#,
            "config_sentence_transformers.json": "{}", "config.json": Self.bert, "model.safetensors": "",
            "1_Pooling/config.json":
                #"{"word_embedding_dimension": 4, "pooling_mode_cls_token": true, "pooling_mode_mean_tokens": true}"#,
        ])
        #expect(inspect().facts?.outputs?.first?.shape == [-1, 8])
        try write(["config_sentence_transformers.json": #"{"model_type": "CrossEncoder"}"#])
        #expect(inspect().facts?.outputs == nil)
        #expect(inspect().loading?.call?.hasPrefix("sentence_transformers.CrossEncoder(") == true)
    }

    @Test func thePartsOfARouterAreCounted() throws {
        let part = "sentence_transformers.models.StaticEmbedding"
        try write([
            "modules.json": #"[{"path": "", "type": "sentence_transformers.models.Router"}]"#,
            "config_sentence_transformers.json": "{}",
            "router_config.json": #"{"types": {"query_0_S": "\#(part)", "document_0_S": "\#(part)"}}"#,
            "query_0_S/model.safetensors": "", "document_0_S/model.safetensors": "",
        ])
        let record = inspect()
        #expect(record.facts?.parameters?.total == 2)
        #expect(record.loading?.verdict == .dataOnly)
    }

    @Test func modulesOfOneFolderAreCountedOnce() throws {
        let module = #"{"path": "", "type": "sentence_transformers.models.Dense"}"#
        try write([
            "modules.json": "[\(module), \(module)]", "config_sentence_transformers.json": "{}",
            "model.safetensors": "",
        ])
        #expect(inspect().facts?.parameters?.total == 1)
    }

    /// Parts of a composite model are made by `AutoModel.from_config`, which asks for their code as it does for the whole.
    @Test(arguments: [
        ("config.json", #"{"model_type": "x", "text_config": {"auto_map": {"AutoModel": "evil.Net"}}}"#),
        ("config.json", #"{"model_type": "x", "decoder": {"vision_config": {"auto_map": {"AutoModel": "evil.Net"}}}}"#),
        ("tokenizer_config.json", #"{"auto_map": ["evil.Net", null]}"#),
    ])
    func codeOfAPartNeedsCode(_ path: String, _ text: String) throws {
        try write(["config.json": Self.bert, "model.safetensors": ""])
        #expect(inspect().loading?.verdict == .dataOnly)
        try write([path: text])
        let loading = inspect().loading
        #expect(loading?.verdict == .needsCode)
        #expect(loading?.classes == ["evil.Net"])
    }

    @Test func theConfigurationMayNameTheWeights() throws {
        try write([
            "config.json": #"{"model_type": "bert", "transformers_weights": "other.safetensors"}"#,
            "other.safetensors": "", "pytorch_model.bin": Self.imports,
        ])
        let record = inspect()
        #expect(record.files?.first { $0.role == "mlm:weights" }?.path == "other.safetensors")
        #expect(record.facts?.parameters?.total == 1)
    }

    @Test func timmLooksForOtherNames() throws {
        try write([
            "config.json": #"{"architecture": "resnet18", "pretrained_cfg": {}}"#, "model.pth": Self.system,
            "open_clip_model.safetensors": "",
        ])
        let record = inspect()
        #expect(record.loading?.verdict == .dangerous)
        #expect(record.files?.first { $0.role == "mlm:weights" }?.path == "model.pth")
    }

    @Test func aBrokenShardLeavesTheOthers() throws {
        try write([
            "model.safetensors.index.json": #"{"weight_map": {"w": "a.safetensors", "v": "b.safetensors"}}"#,
            "a.safetensors": "",
        ])
        try folder.write(Array("no header at all".utf8), to: "net/b.safetensors")
        let record = inspect()
        #expect(record.error?.where == "b.safetensors at byte 8")
        #expect(record.format?.variant == "2 shards")
        #expect(record.files?.map(\.path) == ["a.safetensors", "b.safetensors"])
        #expect(record.loading?.verdict == .incomplete)
        #expect(record.facts?.framework != nil || record.facts?.artifactType != nil)
    }

    @Test(arguments: [
        #"{"attn_implementation": "org/kernel"}"#, #"{"_attn_implementation": "org/kernel"}"#,
        #"{"text_config": {"attn_implementation": "org/kernel"}}"#,
        #"{"attn_implementation": {"text_config": "org/kernel"}}"#,
    ])
    func aKernelOfTheHubNeedsCode(_ config: String) throws {
        try write(["config.json": #"{"attn_implementation": "sdpa"}"#, "model.safetensors": ""])
        #expect(inspect().loading?.verdict == .dataOnly)
        try write(["config.json": config])
        #expect(inspect().loading?.verdict == .needsCode)
    }

    @Test func aFolderWithoutWeightsIsIncomplete() throws {
        try write(["model_index.json": Self.pipeline, "unet/config.json": "{}"])
        let record = inspect()
        #expect(record.loading?.verdict == .incomplete)
        #expect(record.findings?.contains { $0.code == "folder.no-weights" } == true)
    }

    @Test func aTokenizerOfAPipelineNamesItsCode() throws {
        try write([
            "model_index.json": Self.pipeline.replacing(
                "}", with: #", "tokenizer": ["transformers", "AutoTokenizer"]}"#),
            "unet/diffusion_pytorch_model.safetensors": "",
            "tokenizer/tokenizer_config.json": #"{"auto_map": {"AutoTokenizer": ["tok.Own", null]}}"#,
        ])
        #expect(inspect().loading?.verdict == .needsCode)
    }

    @Test(arguments: ["config.json", "tokenizer_config.json", "preprocessor_config.json"])
    func whatCannotBeParsedLeavesTheVerdictOpen(_ name: String) throws {
        let deep = String(repeating: "[", count: 2000) + String(repeating: "]", count: 2000)
        try write(["config.json": Self.bert, "model.safetensors": ""])
        try write([name: #"{"a": \#(deep)}"#])
        let record = inspect()
        #expect(record.error != nil)
        #expect(record.loading?.verdict == .incomplete)
    }

    @Test(arguments: [
        ["model.fp16.safetensors": ""],
        [
            "model.safetensors.index.fp16.json": #"{"weight_map": {"w": "model.fp16-00001-of-00001.safetensors"}}"#,
            "model.fp16-00001-of-00001.safetensors": "",
        ],
    ])
    func aVariantIsRecognisedAndNamedInTheCall(_ files: [String: String]) throws {
        try write(["config.json": Self.bert])
        try write(files)
        let record = inspect()
        #expect(record.format?.id == "huggingface")
        #expect(record.facts?.parameters?.total == 1)
        #expect(record.loading?.call == "transformers.AutoModel.from_pretrained(\"net\", variant=\"fp16\")")
        try write(["model.safetensors": ""])
        #expect(inspect().loading?.call == "transformers.AutoModel.from_pretrained(\"net\")")
    }

    @Test func aVariantOfAPipelineIsNamedInItsCall() throws {
        try write(["model_index.json": Self.pipeline, "unet/diffusion_pytorch_model.fp16.safetensors": ""])
        let record = inspect()
        #expect(record.facts?.parameters?.total == 1)
        #expect(record.loading?.call?.hasSuffix("variant=\"fp16\")") == true)
    }

    /// Pickles beside a model have one budget together: what is beyond it is said, and the verdict is incomplete.
    @Test func picklesBesideTheModelHaveOneBudget() throws {
        try write(["config.json": Self.bert, "model.safetensors": ""])
        for index in 0..<6 { try write(["other\(index).bin": "(l" + String(repeating: "Na", count: 100) + "."]) }
        #expect(inspect().loading?.verdict == .dataOnly)
        for change in [\Limits.folderMembers, \Limits.folderOperations] {
            var limits = Limits()
            limits[keyPath: change].value = change == \.folderMembers ? 4 : 1_000
            let record = Inspector(limits: limits).inspect(folder.path("net"))
            #expect(record.loading?.verdict == .incomplete)
            let unseen = try #require(record.findings?.first { $0.code == "folder.pickles-unseen" })
            #expect(unseen.message.contains("limit: folder"))
        }
        try write(["other0.bin": Self.system])
        var limits = Limits()
        limits.folderMembers.value = 4
        #expect(Inspector(limits: limits).inspect(folder.path("net")).loading?.verdict == .dangerous)
    }
}
