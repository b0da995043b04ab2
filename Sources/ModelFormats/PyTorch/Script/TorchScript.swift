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
            "torchscript", "TorchScript", artifactType: "torch.jit.save", framework: .pyTorch, roles: ["mlm:compiled"],
            compileMethod: "jit", mediaType: media, extensions: extensions, writerFamily: "torch.jit.save",
            ownReader: .torchMembers,
            reads: "class, names of the inputs of every method, parameters against buffers, frozen weights, extra files"
        ),
        FormatIdentity(
            "torchscript-mobile", "TorchScript for the lite interpreter", artifactType: "torch.jit.save",
            framework: .pyTorch,
            roles: ["mlm:compiled"], compileMethod: "jit", mediaType: media, extensions: extensions,
            ownReader: .torchMembers, reads: "as torchscript; bytecode version"),
    ]

    static let lists: Set<Listing.Part> = [.tensors]

    static func sniff(_ subject: InspectedArtifact) -> SniffMatch? {
        guard let layout = subject.torchLayout else { return nil }
        if layout.has("data.pkl"), layout.has("constants.pkl") {
            return SniffMatch(.structure, "zip with data.pkl and constants.pkl")
        }
        if layout.has("bytecode.pkl") { return SniffMatch(.structure, "zip with bytecode.pkl") }
        if layout.has("model.json"), layout.hasEntries(under: "tensors/"), layout.hasEntries(under: "code/") {
            return SniffMatch(.structure, "zip with model.json, tensors/ and code/")
        }
        return nil
    }

    static func probe(_ subject: InspectedArtifact, into result: inout ProbeResult) throws(InspectionError) {
        _ = try subject.zip?.get()
        guard let layout = subject.torchLayout else { return }
        result.setIdentity(identity(layout.has("bytecode.pkl") ? "torchscript-mobile" : "torchscript"))
        result.version = try layout.text("version")
        defer { ZipFindings.report(layout, into: &result, loader: "torch") }
        // What the code does is known before, and whatever, the pickles are.
        var code = try ScriptOperators(layout, limits: subject.limits)
        defer {
            var loading = result.loading ?? Loading(.incomplete)
            var requirements = Requirements(["torch"])
            ScriptReleases.need(
                &requirements, version: result.version, isOldest: result.variant == "model.json", code)
            requirements.note(into: &result)
            loading.requires = requirements.list
            code.operators.report(into: &result, &loading, at: layout.folder + "code/")
            result.loading = loading
        }
        var (isElsewhere, obstacle): (Bool, String?) = (false, nil)
        if layout.has("model.json"), !layout.has("data.pkl") {
            try ScriptOldest.read(layout, subject, into: &result)
        } else {
            (isElsewhere, obstacle) = try read(layout, subject, &code, into: &result)
        }
        if code.hasConversionOperators {
            result.report(
                .warning, code: "torchscript.cannot-load",
                "torch.jit.optimize_for_inference turned its weights into MKL-DNN tensors, which are not saved: no torch "
                    + "can load it", at: layout.folder + "code/")
            result.loading?.leaveIncomplete()
        } else if obstacle != nil {
            result.loading?.leaveIncomplete()
        } else {
            result.loading?.call = call(layout, subject, isElsewhere: isElsewhere)
        }
        try ExtraFiles.read(layout, folder: "extra/", limits: subject.limits, into: &result)
        result.confidence = .parsed
    }

    private static func read(
        _ layout: ArchiveLayout, _ subject: InspectedArtifact, _ code: inout ScriptOperators,
        into result: inout ProbeResult
    ) throws(InspectionError) -> (isElsewhere: Bool, obstacle: String?) {
        var report = PickleReport(policy: policy, limits: subject.limits, ownModule: "__torch__")
        let data = try pickle("data.pkl", layout, subject, &report, &result)
        result.loading = Loading(
            report.verdict, classes: report.classes.isEmpty ? nil : report.classes, imports: report.imports)
        if let failure = data?.failure { throw failure }
        guard let data, let root = data.streams.first?.root else { return (false, nil) }

        var codes = ScriptCodes(layout, limits: subject.limits)
        let listing = TorchListing(result.listing, layout, folder: layout.folder + "data/")
        guard let module = try ScriptModule(root, code: &codes, listing: listing) else {
            throw InspectionError(
                .malformed, "the top object is not a TorchScript module", entry: layout.folder + "data.pkl")
        }
        if let architecture = module.architecture {
            result.facts.architecture = architecture
            result.note("architecture", .read, "\(layout.folder)data.pkl, class of the top object")
        }
        methods(module, layout, &result)
        try parameters(module, layout, subject, &report, &result)
        examples(try pickle("traced_inputs.pkl", layout, subject, &report, &result), layout, &result)
        if let bytecode = try pickle("bytecode.pkl", layout, subject, &report, &result),
            let root = bytecode.streams.first?.root
        {
            code.add(bytecode: root)
            if let version = root.elements.first?.int { result.variant = "bytecode version \(version)" }
        }
        for name in module.nativeClasses.sorted() {
            code.add(nativeClass: name)
            result.report(
                .warning, code: "torchscript.native-class", "needs the C++ class \(name)",
                at: layout.folder + "data.pkl")
            if name.contains(".tensorrt.") {
                result.facts.accelerator = "cuda"
                result.facts.compileMethod = "aot"
                result.note("accelerator", .derived, "\(layout.folder)data.pkl: \(name)")
                result.note("compile_method", .derived, "\(layout.folder)data.pkl: \(name)")
            }
        }
        result.loading = Loading(
            report.verdict, classes: report.classes.isEmpty ? nil : report.classes, imports: report.imports)
        let obstacle = TorchObstacle.find(
            data, layout, folder: layout.folder, at: layout.folder + "data.pkl", isScript: true, into: &result)
        return (TorchStorage.isElsewhere(data), obstacle)
    }

    private static func call(_ layout: ArchiveLayout, _ subject: InspectedArtifact, isElsewhere: Bool) -> String {
        let name = PythonText.quoted(subject.artifact.name)
        guard layout.hasEntries(under: "code/") else { return "torch.jit.mobile._load_for_lite_interpreter(\(name))" }
        return "torch.jit.load(\(name)\(isElsewhere ? ", map_location=\"cpu\"" : ""))"
    }

    /// What TorchScript's own unpickler knows beside torch's tensors (torch/jit/_pickle.py).
    static let policy = ImportPolicy(
        allowing: TorchImports.rules + [
            ImportRule(
                "torch.jit._pickle",
                "build_intlist build_doublelist build_boollist build_tensorlist build_tensor_from_id restore_type_tag",
                "gives a list or a dictionary its type")
        ])

    private static func pickle(
        _ name: String, _ layout: ArchiveLayout, _ subject: InspectedArtifact, _ report: inout PickleReport,
        _ result: inout ProbeResult
    ) throws(InspectionError) -> Pickle? {
        guard let source = try layout.open(name), source.count > 0 else { return nil }
        let pickle = Pickle.run(source, streams: 1, limits: subject.limits)
        report.add(pickle, entry: layout.folder + name, to: &result)
        return pickle
    }

    private static func methods(_ module: ScriptModule, _ layout: ArchiveLayout, _ result: inout ProbeResult) {
        for method in module.methods {
            let inputs = method.arguments.map { argument in
                Port(name: argument.name, type: argument.type == "Tensor" ? nil : argument.type)
            }
            if method.name == "forward" {
                result.facts.inputs = inputs
                result.note("inputs", .read, "\(layout.folder)code/, signature of forward")
            } else if !method.name.hasPrefix("_") {
                result.facts.signatures =
                    (result.facts.signatures ?? []) + [Signature(name: method.name, inputs: inputs)]
                result.note("signatures", .read, "\(layout.folder)code/, signature of \(method.name)")
            }
        }
    }

    private static func parameters(
        _ module: ScriptModule, _ layout: ArchiveLayout, _ subject: InspectedArtifact, _ report: inout PickleReport,
        _ result: inout ProbeResult
    ) throws(InspectionError) {
        let constants = try pickle("constants.pkl", layout, subject, &report, &result)
        if !module.isFrozen {
            let packed = module.hasPackedWeights ? ", and the packed weights of quantised modules" : ""
            guard
                let counted = module.tally.parameters(
                    counting: "__parameters__ and __buffers__ of every class, shared storage once\(packed)")
            else { return }
            result.facts.parameters = counted
            result.note("parameters", .read, "\(layout.folder)data.pkl, code/")
            if module.hasPackedWeights {
                result.report(
                    .note, code: "torchscript.quantized", "the model is quantised: its weights are packed",
                    at: layout.folder + "data.pkl")
            }
            return
        }
        var tally = TensorTally()
        guard let list = constants?.root else { return }
        let listing = TorchListing(result.listing, layout, folder: layout.folder + "constants/")
        for (index, value) in list.elements.enumerated() {
            guard let tensor = TorchRebuild.tensor(value) else { continue }
            // As the code calls it.
            let name = "CONSTANTS.c\(index)"
            let shared = tally.add(name, tensor, isBuffer: false)
            listing?.add(name, tensor, sharedWith: shared)
        }
        guard let counted = tally.parameters(counting: "constants of a frozen module, shared storage once") else {
            return
        }
        result.facts.parameters = counted
        result.variant = "frozen"
        result.note("parameters", .read, "\(layout.folder)constants.pkl")
        result.report(
            .note, code: "torchscript.frozen", "torch.jit.freeze made the weights constants of the code",
            at: layout.folder + "constants.pkl")
    }

    /// A traced module keeps the inputs it was traced with: an example, not what it is limited to.
    private static func examples(_ pickle: Pickle?, _ layout: ArchiveLayout, _ result: inout ProbeResult) {
        guard let root = pickle?.streams.first?.root else { return }
        var mapping = root
        if let tagged = root.object?.arguments.elements.first { mapping = tagged }
        guard let forward = mapping["forward"] else { return }
        let list = forward.object?.arguments.elements.first ?? forward
        let shapes = list.elements.prefix(64).compactMap { TorchRebuild.tensor($0) }
            .map { "\($0.dataType) \($0.shape)" }
        guard !shapes.isEmpty else { return }
        result.report(
            .note, code: "torchscript.example-inputs",
            "traced with example inputs \(shapes.joined(separator: ", ")); other sizes may work",
            at: layout.folder + "traced_inputs.pkl")
    }
}
