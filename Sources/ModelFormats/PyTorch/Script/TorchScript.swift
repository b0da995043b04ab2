import ModelBytes
import ModelContainers

/// TorchScript: `torch.jit.save`, and its form for the lite interpreter.
///
/// Source: torch/csrc/jit/serialization/export_module.cpp, import.cpp.
enum TorchScript: Format {
    private static let media = "application/octet-stream; framework=pytorch; profile=torchscript"
    private static let extensions = ["pt", "pth", "ts", "jit", "torchscript", "ptl", "ptc", "bin"]

    static let identities: [FormatIdentity] = [
        FormatIdentity(
            "torchscript", "TorchScript", artifactType: "torch.jit.save", framework: "PyTorch", roles: ["mlm:compiled"],
            compileMethod: "jit", mediaType: media, extensions: extensions,
            reads: "class, names of the inputs of every method, parameters against buffers, frozen weights, extra files"
        ),
        FormatIdentity(
            "torchscript-mobile", "TorchScript for the lite interpreter", artifactType: "torch.jit.save",
            framework: "PyTorch",
            roles: ["mlm:compiled"], compileMethod: "jit", mediaType: media, extensions: extensions,
            reads: "as torchscript; bytecode version"),
    ]

    static func sniff(_ subject: Subject) -> Evidence? {
        guard let layout = subject.layout else { return nil }
        if layout.has("data.pkl"), layout.has("constants.pkl") {
            return Evidence(.structure, "zip with data.pkl and constants.pkl")
        }
        if layout.has("bytecode.pkl") { return Evidence(.structure, "zip with bytecode.pkl") }
        if layout.has("model.json"), layout.hasEntries(under: "tensors/"), layout.hasEntries(under: "code/") {
            return Evidence(.structure, "zip with model.json, tensors/ and code/")
        }
        return nil
    }

    static func probe(_ subject: Subject, into reading: inout Reading) throws(InspectionError) {
        guard let layout = try subject.zip?.get() else { return }
        reading.become(identity(layout.has("bytecode.pkl") ? "torchscript-mobile" : "torchscript"))
        reading.version = try layout.text("version")
        defer { ZipFindings.report(layout, into: &reading, loader: "torch") }
        if layout.has("model.json"), !layout.has("data.pkl") {
            try ScriptOldest.read(layout, subject, into: &reading)
        } else {
            try read(layout, subject, into: &reading)
        }
        let name = PythonText.quoted(subject.artifact.name)
        let verdict = reading.loading?.verdict ?? .dataOnly
        reading.loading = Loading(
            verdict,
            call: layout.hasEntries(under: "code/")
                ? "torch.jit.load(\(name))" : "torch.jit.mobile._load_for_lite_interpreter(\(name))",
            requires: ["torch"], classes: reading.loading?.classes,
            imports: reading.loading?.imports)
        try ExtraFiles.read(layout, folder: "extra/", limits: subject.limits, into: &reading)
        reading.confidence = .parsed
    }

    private static func read(
        _ layout: ArchiveLayout, _ subject: Subject, into reading: inout Reading
    ) throws(InspectionError) {
        var report = PickleReport(policy: policy, limits: subject.limits, ownModule: "__torch__")
        let data = try pickle("data.pkl", layout, subject, &report, &reading)
        reading.loading = Loading(
            report.verdict, classes: report.classes.isEmpty ? nil : report.classes, imports: report.imports)
        if let failure = data?.failure { throw failure }
        guard let data, let root = data.streams.first?.root else { return }

        var codes = ScriptCodes(layout, limits: subject.limits)
        guard let module = try ScriptModule(root, code: &codes) else {
            throw InspectionError(
                .malformed, "the top object is no TorchScript module", entry: layout.folder + "data.pkl")
        }
        if let architecture = module.architecture {
            reading.facts.architecture = architecture
            reading.note("architecture", .read, "\(layout.folder)data.pkl, class of the top object")
        }
        methods(module, layout, &reading)
        try parameters(module, layout, subject, &report, &reading)
        examples(try pickle("traced_inputs.pkl", layout, subject, &report, &reading), layout, &reading)
        if let bytecode = try pickle("bytecode.pkl", layout, subject, &report, &reading),
            let version = bytecode.streams.first?.root.elements.first?.int
        {
            reading.variant = "bytecode version \(version)"
        }
        for name in module.nativeClasses.sorted() {
            reading.find(
                .warning, "torchscript.native-class", "needs the C++ class \(name)", where: layout.folder + "data.pkl")
            if name.contains(".tensorrt.") {
                reading.facts.accelerator = "cuda"
                reading.facts.compileMethod = "aot"
                reading.note("accelerator", .derived, "\(layout.folder)data.pkl: \(name)")
                reading.note("compile_method", .derived, "\(layout.folder)data.pkl: \(name)")
            }
        }
        reading.loading = Loading(
            report.verdict, classes: report.classes.isEmpty ? nil : report.classes, imports: report.imports)
    }

    /// What TorchScript's own unpickler knows beside torch's tensors (torch/jit/_pickle.py).
    static let policy = ImportPolicy(
        allowing: TorchImports.rules + [
            ImportRule(
                .allowed, "torch.jit._pickle",
                "build_intlist build_doublelist build_boollist build_tensorlist build_tensor_from_id restore_type_tag",
                "gives a list or a dictionary its type")
        ])

    private static func pickle(
        _ name: String, _ layout: ArchiveLayout, _ subject: Subject, _ report: inout PickleReport,
        _ reading: inout Reading
    ) throws(InspectionError) -> Pickle? {
        guard let source = try layout.open(name), source.count > 0 else { return nil }
        let pickle = Pickle.run(source, streams: 1, limits: subject.limits)
        report.add(pickle, entry: layout.folder + name, to: &reading)
        return pickle
    }

    private static func methods(_ module: ScriptModule, _ layout: ArchiveLayout, _ reading: inout Reading) {
        for method in module.methods {
            let inputs = method.arguments.map { argument in
                Port(name: argument.name, type: argument.type == "Tensor" ? nil : argument.type)
            }
            if method.name == "forward" {
                reading.facts.inputs = inputs
                reading.note("inputs", .read, "\(layout.folder)code/, signature of forward")
            } else if !method.name.hasPrefix("_") {
                reading.facts.signatures =
                    (reading.facts.signatures ?? []) + [Signature(name: method.name, inputs: inputs)]
                reading.note("signatures", .read, "\(layout.folder)code/, signature of \(method.name)")
            }
        }
    }

    private static func parameters(
        _ module: ScriptModule, _ layout: ArchiveLayout, _ subject: Subject, _ report: inout PickleReport,
        _ reading: inout Reading
    ) throws(InspectionError) {
        let constants = try pickle("constants.pkl", layout, subject, &report, &reading)
        if !module.isFrozen {
            let packed = module.hasPackedWeights ? ", and the packed weights of quantised modules" : ""
            guard
                let counted = module.tally.parameters(
                    counting: "__parameters__ and __buffers__ of every class, shared storage once\(packed)")
            else { return }
            reading.facts.parameters = counted
            reading.note("parameters", .read, "\(layout.folder)data.pkl, code/")
            if module.hasPackedWeights {
                reading.find(
                    .note, "torchscript.quantized", "the model is quantised: its weights are packed",
                    where: layout.folder + "data.pkl")
            }
            return
        }
        var tally = TensorTally()
        guard let list = constants?.root else { return }
        for value in list.elements {
            if let tensor = TorchRebuild.tensor(value) { tally.add(tensor, isBuffer: false) }
        }
        guard let counted = tally.parameters(counting: "constants of a frozen module, shared storage once") else {
            return
        }
        reading.facts.parameters = counted
        reading.variant = "frozen"
        reading.note("parameters", .read, "\(layout.folder)constants.pkl")
        reading.find(
            .note, "torchscript.frozen", "torch.jit.freeze made the weights constants of the code",
            where: layout.folder + "constants.pkl")
    }

    /// A traced module keeps the inputs it was traced with: an example, not what it is limited to.
    private static func examples(_ pickle: Pickle?, _ layout: ArchiveLayout, _ reading: inout Reading) {
        guard let root = pickle?.streams.first?.root else { return }
        var mapping = root
        if let tagged = root.object?.arguments.elements.first { mapping = tagged }
        guard let forward = mapping["forward"] else { return }
        let list = forward.object?.arguments.elements.first ?? forward
        let shapes = list.elements.prefix(64).compactMap { TorchRebuild.tensor($0) }
            .map { "\($0.dataType) \($0.shape)" }
        guard !shapes.isEmpty else { return }
        reading.find(
            .note, "torchscript.example-inputs",
            "traced with example inputs \(shapes.joined(separator: ", ")); other sizes may work",
            where: layout.folder + "traced_inputs.pkl")
    }
}
