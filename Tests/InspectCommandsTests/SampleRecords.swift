import MLMInspect
import ModelBytes
import ModelContainers
import ModelFormats
import ModelJSON
import STAC

/// Records as an inspection gives them, made by hand.
enum SampleRecords {
    static func model(_ path: String, parameters: Int = 7185, framework: String = "PyTorch") -> Record {
        var record = Record(path: path, verdict: .model)
        let name = path.split(separator: "/").last.map(String.init) ?? path
        record.size = parameters * 4 + 1000
        record.bytesRead = 1000
        record.format = FormatGuess(
            id: framework == "PyTorch" ? "torch-export" : "onnx", name: "\(framework) program", version: "8.20",
            confidence: .parsed)
        var facts = ModelFacts()
        facts.name = "unet"
        facts.framework = framework
        facts.frameworkVersion = "2.13.0"
        facts.artifactType = "torch.export.save"
        facts.roles = ["mlm:model", "mlm:compiled"]
        facts.architecture = "UNet"
        facts.parameters = Parameters(
            total: parameters, bytes: parameters * 4, dataTypes: ["float32": parameters], counting: "all of them")
        facts.inputs = [
            Port(
                name: "x", shape: [-1, 13, 64, 64], dataType: "float32",
                dimOrder: ["batch", "channel", "height", "width"])
        ]
        facts.outputs = [Port(name: "y", shape: [-1, 5, 64, 64], dataType: "float32")]
        record.facts = facts
        record.loading = Loading(.dataOnly, call: "torch.export.load(\"\(name)\")", requires: ["torch>=2.9"])
        record.draft = Draft(facts, href: "./" + name, title: name, size: record.size)
        return record
    }

    static func dangerous(_ path: String) -> Record {
        var record = Record(path: path, verdict: .notAModel)
        record.cause = "data"
        record.size = 200
        record.format = FormatGuess(id: "pickle-other", name: "Pickle", confidence: .parsed)
        record.loading = Loading(
            .dangerous, call: "pickle.load(file)",
            imports: [Loading.Import(name: "os.system", tier: .dangerous, where: "byte 3")])
        record.findings = [
            Finding(severity: .danger, code: "pickle.dangerous-import", message: "imports os.system", where: "byte 3")
        ]
        return record
    }

    static func failed(_ path: String) -> Record {
        var record = Record(path: path, verdict: .failed)
        record.error = Failure(InspectionError(.truncated, "ends too early", entry: "archive/data.pkl", offset: 402))
        return record
    }

    static func unrecognised(_ path: String) -> Record {
        var record = Record(path: path, verdict: .unrecognised)
        record.size = 11
        return record
    }

    /// `text` in every place that comes from an artifact.
    static func hostile(_ text: String) -> Record {
        var record = model("models/\(text)")
        record.format?.version = text
        record.format?.variant = text
        record.alternatives = [Alternative(id: "zip", reason: text)]
        record.facts?.name = text
        record.facts?.framework = text
        record.facts?.architecture = text
        record.facts?.frameworkVersion = text
        record.facts?.inputs = [Port(name: text, shape: [1], dataType: text, dimOrder: [text], labels: [text])]
        record.facts?.signatures = [Signature(name: text, inputs: [Port(name: text, type: text)])]
        record.facts?.hyperparameters = [text: .string(text)]
        record.facts?.metadata = [text: .string(text)]
        record.facts?.producer = Producer(name: text, version: text)
        record.facts?.opsets = [text: 1]
        record.facts?.license = text
        record.loading = Loading(
            .needsCode, call: text, requires: [text], classes: [text],
            imports: [Loading.Import(name: text, tier: .dangerous, where: text)])
        record.findings = [Finding(severity: .note, code: "note.hostile", message: text, where: text)]
        record.evidence = [FieldProvenance(field: "name", origin: .read, where: text)]
        record.files = [FileMember(path: text, role: text, present: false)]
        record.draft?.asset = ["title": .string(text)]
        record.draft?.properties = [text: .string(text)]
        record.draft?.gaps = [Gap("/properties/\(text)", .notInArtifact, text)]
        return record
    }

    static let hostileTexts = [
        "<script>window.pwned = 1</script>", "</script><img src=x onerror='window.pwned = 1'>",
        "\"><svg onload=window.pwned=1>", "'onmouseover='window.pwned=1", "<!-- <script>", "-->", "]]>",
        "</template></td></tr></table><h1>out</h1>", "</style>", "&lt;b&gt;", "a\u{2028}b\u{2029}c",
        "right\u{202E}to-left",
        "nul\u{0}byte", "line\nbreak\ttab\rreturn", "\u{1B}[31mred", "=1+1", "日本語", "", "{{7*7}}", "${7*7}", "`x`",
    ]
}
