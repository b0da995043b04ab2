import ModelBytes
import ModelContainers

/// MLIR bytecode alone: a StableHLO module, or a program of other dialects.
enum StableHLO: Format {
    static let identities: [FormatIdentity] = [
        FormatIdentity(
            "stablehlo", "StableHLO module", artifactType: "stablehlo.serialize_portable_artifact",
            framework: "StableHLO", roles: ["mlm:compiled"],
            mediaType: "application/octet-stream; framework=stablehlo", extensions: extensions,
            reads: "StableHLO version, name of the module where JAX wrote it"),
        FormatIdentity(
            "stablehlo-text", "StableHLO module in text", extensions: extensions, reads: "that it is one"),
        FormatIdentity(
            "mlir-bytecode", "MLIR bytecode", extensions: extensions, reads: "its version and who wrote it"),
    ]

    private static let extensions = ["mlirbc", "mlir", "bc", "stablehlo", "vhlo", "hlo"]

    static func sniff(_ subject: InspectedArtifact) -> SniffMatch? {
        guard subject.source != nil else { return nil }
        if isText(subject) { return SniffMatch(.signature, "a module with functions and operations of stablehlo") }
        return subject.begins(with: MLIRBytecode.magic) ? SniffMatch(.signature, "signature of MLIR bytecode") : nil
    }

    /// As MLIR prints a module; places in the source that it was made from may stand before it.
    private static func isText(_ subject: InspectedArtifact) -> Bool {
        let text = subject.leadingText
        return (text.hasPrefix("module ") || text.hasPrefix("#loc")) && subject.headContains("func.func ")
            && subject.headContains(" stablehlo.")
    }

    static func probe(_ subject: InspectedArtifact, into result: inout ProbeResult) throws(InspectionError) {
        guard !isText(subject) else {
            result.setIdentity(identity("stablehlo-text"))
            result.markNotAModel(because: "dump")
            result.report(
                .note, code: "stablehlo.text",
                "a program in text form; save with jax.export.Exported.serialize to get a file that loads")
            result.confidence = .signature
            return
        }
        result.setIdentity(identity("mlir-bytecode"))
        result.markNotAModel(because: "data")
        guard let source = subject.source else { return }
        let module = try MLIRBytecode(source, limits: subject.limits)
        result.variant = PrivateText.holdsPath(module.producer) ? nil : module.producer
        result.version = String(module.version)
        result.confidence = .structure
        guard module.producer.hasPrefix("StableHLO_v") else {
            result.report(
                .note, code: "mlir.no-model", "an MLIR program; its dialects alone do not tell what it is for")
            return
        }
        result.setIdentity(identity("stablehlo"))
        result.verdict = .model
        result.facts.frameworkVersion = String(module.producer.dropFirst("StableHLO_v".count))
        result.note("framework_version", .read, "name of the writer")
        let isJAX = module.strings.contains { $0 == "_wrapped_jax_export_main" || $0.hasPrefix("jax.") }
        if isJAX {
            result.report(
                .note, code: "stablehlo.jax",
                "JAX wrote it; jax.export.Exported.serialize keeps the types of inputs and outputs beside it")
        }
        let file = PythonText.quoted(subject.artifact.name)
        var loading = Loading(
            .dataOnly,
            call: "jaxlib.mlir.dialects.stablehlo.deserialize_portable_artifact(context, open(\(file), \"rb\").read())",
            requires: ["jaxlib"])
        try StableHLOCustomCalls(in: module, limits: subject.limits).judge(&result, &loading)
        result.loading = loading
    }
}
