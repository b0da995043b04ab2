import ModelBytes
import ModelContainers
import ModelJSON

/// Compiled code in `data/aotinductor/<model>/`: a shared library for each model, and what it was compiled for.
struct AOTInductorCode {
    private(set) var models: [String] = []
    /// `AOTI_DEVICE_KEY`: cpu, cuda, xpu, mps.
    private(set) var device: String?
    private(set) var platform: String?
    /// `x86_64`, `aarch64` …, from the metadata or from the library's own header.
    private(set) var machine: String?
    private(set) var instructions: String?
    private(set) var computeCapability: String?
    private var isROCm = false
    private var place = ""

    /// Nil when the archive holds no compiled code.
    init?(_ layout: ArchiveLayout, limits: Limits) throws(InspectionError) {
        let folder = "data/aotinductor/"
        let entries = layout.entries(under: folder)
        guard !entries.isEmpty else { return nil }
        place = layout.folder + folder
        for entry in entries {
            let name = layout.name(entry).dropFirst(folder.count)
            if let slash = name.firstIndex(of: "/") {
                let model = String(name[..<slash])
                if !models.contains(model) { models.append(model) }
            }
            if name.hasSuffix(".hsaco") { isROCm = true }
            if name.hasSuffix("_metadata.json") {
                metadata(try JSONValue.parse(try layout.archive.open(entry), limits: limits, dialect: .python))
            } else if name.hasSuffix(".so"), machine == nil {
                machine = Self.machine(try layout.archive.open(entry).bytes(at: 0, upTo: 20))
            }
        }
    }

    /// The call for the file at `path`, a Python literal. `aoti_load_package` takes the model called `model`.
    static func call(_ path: String, _ models: [String]) -> String {
        guard let first = models.first, !models.contains("model") else {
            return "torch._inductor.aoti_load_package(\(path))"
        }
        return "torch._inductor.package.load_package(\(path), model_name=\(PythonText.quoted(first)))"
    }

    private mutating func metadata(_ value: JSONValue) {
        func text(_ key: String) -> String? { value[key]?.string.flatMap { $0.isEmpty ? nil : $0 } }
        device = text("AOTI_DEVICE_KEY") ?? device
        platform = text("AOTI_PLATFORM") ?? platform
        machine = text("AOTI_MACHINE") ?? machine
        instructions = text("AOTI_CPU_ISA") ?? instructions
        computeCapability = text("AOTI_COMPUTE_CAPABILITY") ?? computeCapability
    }

    /// `e_machine` of an ELF header (System V ABI).
    private static func machine(_ head: [UInt8]) -> String? {
        guard head.count >= 20, head.starts(with: [0x7F, 0x45, 0x4C, 0x46]) else { return nil }
        switch Int(head[18]) | Int(head[19]) << 8 {
        case 62: return "x86_64"
        case 183: return "aarch64"
        case 243: return "riscv64"
        default: return nil
        }
    }

    func fill(_ result: inout ProbeResult) {
        result.facts.compileMethod = "aot"
        result.note("compile_method", .read, "\(place) holds AOTInductor code")
        if let accelerator {
            result.facts.accelerator = accelerator
            result.note(
                "accelerator", .derived, "\(place): device \(device ?? "unknown"), machine \(machine ?? "unknown")")
        }
        var metadata = result.facts.metadata ?? JSONObject()
        let values = [
            ("aoti_device", device), ("aoti_platform", platform), ("aoti_machine", machine),
            ("aoti_cpu_isa", instructions),
            ("aoti_compute_capability", computeCapability),
        ]
        for (key, value) in values {
            if let value { metadata[key] = JSONValue(value) }
        }
        if models.count > 1 { metadata["aoti_models"] = .array(models.map { JSONValue($0) }) }
        if !metadata.isEmpty {
            result.facts.metadata = metadata
            result.note("metadata", .read, "\(place)*_metadata.json, header of the shared library")
        }
        result.report(
            .warning, code: "torch.native-code", "holds a compiled shared library that runs when the package is loaded",
            at: place)
    }

    /// As MLM spells it; nil where it has no word.
    private var accelerator: String? {
        switch (device, machine) {
        case ("cuda", _): isROCm ? "amd-rocm" : "cuda"
        case ("mps", _): "macos-arm"
        case ("cpu", "x86_64"), ("cpu", "AMD64"): "amd64"
        default: nil
        }
    }
}
