import ModelBytes
import ModelContainers
import ModelJSON

/// A function that `jax.export` has serialized: a FlatBuffer around StableHLO.
///
/// Source: jax/_src/export/serialization.py, serialization.fbs.
enum JAXExport: Format {
    static let identities: [FormatIdentity] = [
        FormatIdentity(
            "jax-export", "JAX exported function", artifactType: "jax.export.Exported.serialize", framework: .jax,
            roles: ["mlm:compiled"], mediaType: "application/octet-stream; framework=jax; profile=export",
            extensions: ["jaxexport", "jax", "jax_exported", "export", "bin", "stablehlo"],
            reads:
                "function name, inputs and outputs with symbolic dimensions and their bounds, platforms, StableHLO version, "
                + "calling convention, safety checks that were switched off")
    ]

    static func sniff(_ subject: InspectedArtifact) -> SniffMatch? {
        guard subject.source != nil, mayBe(subject), let exported = try? JAXExported(subject) else { return nil }
        return SniffMatch(.structure, "a FlatBuffer with a function name, platforms and \(exported.module.producer)")
    }

    /// The root table and its fields: few files get any further.
    private static func mayBe(_ subject: InspectedArtifact) -> Bool {
        func number(_ bytes: [UInt8], _ position: Int, _ width: Int) -> Int? {
            guard position >= 0, position + width <= bytes.count else { return nil }
            return bytes[position..<position + width].reversed().reduce(0) { $0 << 8 | Int($1) }
        }
        guard let source = subject.source, let root = number(subject.head, 0, 4), root >= 4,
            let distance = number(subject.head, root, 4)
        else { return false }
        let vtable = root - Int(Int32(truncatingIfNeeded: distance))
        guard vtable >= 0, vtable + 4 < source.count else { return false }
        // Up to the calling convention's version at least, and no more than a few fields that nobody knows yet.
        let largest = 4 + 2 * 64
        var fields = Array(subject.head.dropFirst(vtable).prefix(largest))
        // An inner function can have the same fields, and then one table of them stands for both, further behind.
        if vtable + 4 > subject.head.count, root < 256 {
            do throws(InspectionError) { fields = try source.bytes(at: vtable, upTo: largest) } catch { return false }
        }
        guard let size = number(fields, 0, 2), (4 + 2 * 15...largest).contains(size), size.isMultiple(of: 2) else {
            return false
        }
        // Version, name, tree of inputs, tree of outputs, module.
        return [0, 1, 2, 4, 13].allSatisfy { slot in number(fields, 4 + 2 * slot, 2).map { $0 > 0 } ?? false }
    }

    static func probe(_ subject: InspectedArtifact, into result: inout ProbeResult) throws(InspectionError) {
        result.setIdentity(identity("jax-export"))
        let exported = try JAXExported(subject)
        let file = PythonText.quoted(subject.artifact.name)
        var loading = Loading(
            .dataOnly, call: "jax.export.deserialize(bytearray(open(\(file), \"rb\").read()))",
            requires: ["flatbuffers", "jax"])
        defer { result.loading = loading }
        do throws(InspectionError) {
            try read(exported, subject, &result, &loading)
        } catch {
            loading.leaveIncomplete()
            throw error
        }
        result.confidence = .parsed
    }

    private static func read(
        _ exported: JAXExported, _ subject: InspectedArtifact, _ result: inout ProbeResult, _ loading: inout Loading
    ) throws(InspectionError) {
        result.version = String(exported.serializationVersion)
        result.variant = exported.module.producer
        result.facts.architecture = exported.name
        result.note("architecture", .read, "function_name")
        var trees = JAXTrees(limits: subject.limits)
        let inputs = try trees.leaves(exported.table, 2, of: .inputs)
        let outputs = try trees.leaves(exported.table, 4, of: .outputs)
        let derivatives = try exported.derivatives()
        for derivative in derivatives {
            _ = try trees.leaves(derivative.table, 2, of: .inputs)
            _ = try trees.leaves(derivative.table, 4, of: .outputs)
        }
        if !trees.custom.isEmpty {
            loading.verdict = .needsCode
            loading.classes = trees.custom
            result.report(
                .note, code: "jax.custom-tree",
                "its arguments are of types that have to be registered before it is loaded: "
                    + ShortList.text(trees.custom))
        }
        let bounds = JAXConstraints(exported.module.strings)
        result.facts.inputs = try exported.ports(inputs, 3, indices: 22, bounds)
        result.note("inputs", .read, "in_tree, in_avals")
        result.facts.outputs = try exported.ports(outputs, 5, indices: 23, bounds)
        result.note("outputs", .read, "out_tree, out_avals")
        if !bounds.texts.isEmpty {
            // A range cannot say all of them: one may be of two dimensions, or of a remainder.
            result.facts.metadata = JSONObject([("symbolic_constraints", .array(bounds.texts.map { .string($0) }))])
            result.note("metadata", .read, "mlir_module_serialized: what JAX says when a constraint is not kept")
        }
        try checks(exported, &result, &loading)
        for module in [exported.module] + derivatives.map(\.module) {
            try StableHLOCustomCalls(in: module, limits: subject.limits).judge(&result, &loading)
        }
        try words(exported, &result)
    }

    /// Safety checks that the exporter was told to leave out.
    private static func checks(
        _ exported: JAXExported, _ result: inout ProbeResult, _ loading: inout Loading
    ) throws(InspectionError) {
        var targets: [String] = []
        var words: [String] = []
        try exported.table.forEachTable(12) { check throws(InspectionError) in
            guard words.count < 64 else { return }
            switch try check.unsigned(0, width: 1) ?? 0 {
            case 0: words.append("platform")
            case 1:
                let target = try check.string(1) ?? ""
                targets.append(target)
                words.append("custom_call: \(target)")
            default: words.append("shape_assertions")
            }
        }
        guard !words.isEmpty else { return }
        if !targets.isEmpty {
            loading.verdict = .needsCode
            result.report(
                .warning, code: "jax.custom-call",
                "calls functions that a library has to register, which JAX was told not to check: "
                    + ShortList.text(targets), at: "disabled_checks")
        }
        var metadata = result.facts.metadata ?? JSONObject()
        metadata["disabled_checks"] = .array(words.map { .string($0) })
        result.facts.metadata = metadata
        result.note("metadata", .read, "disabled_checks")
    }

    private static func words(_ exported: JAXExported, _ result: inout ProbeResult) throws(InspectionError) {
        let platforms = exported.platforms
        var metadata = result.facts.metadata ?? JSONObject()
        metadata["platforms"] = .array(platforms.map { .string($0) })
        metadata["calling_convention_version"] = JSONValue(exported.callingConvention)
        if exported.devices > 1 { metadata["nr_devices"] = JSONValue(exported.devices) }
        if try exported.table.has(17) { metadata["has_vjp"] = true }
        result.facts.metadata = metadata
        result.note("metadata", .read, "platforms, calling_convention_version")
        // One platform says what it was made for; several leave the choice.
        let accelerators = ["cuda": "cuda", "tpu": "xla", "rocm": "amd-rocm"]
        if platforms.count == 1, let accelerator = accelerators[platforms[0]] {
            result.facts.accelerator = accelerator
            result.note("accelerator", .read, "platforms")
        }
    }
}
