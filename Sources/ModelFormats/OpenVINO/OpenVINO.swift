import ModelBytes
import ModelContainers
import ModelJSON

/// OpenVINO's intermediate representation: an XML document of layers, and the constants in a `.bin` beside it.
///
/// Source: docs.openvino.ai, Intermediate Representation and Operation Sets; of versions before 10 the Model Optimizer.
enum OpenVINO: Format {
    static let identities: [FormatIdentity] = [
        FormatIdentity(
            "openvino-ir", "OpenVINO IR", artifactType: "openvino.save_model", framework: "OpenVINO",
            roles: ["mlm:compiled"], mediaType: "application/xml; framework=openvino", extensions: ["xml"],
            versionName: "IR version",
            reads: "inputs, outputs, constants, runtime version, labels, operators of no operator set")
    ]

    static let lists: Set<Listing.Part> = [.tensors]

    static func sniff(_ subject: InspectedArtifact) -> SniffMatch? {
        guard subject.source != nil, subject.leadingText.first == "<" else { return nil }
        let collector = OpenVINOCollector(limits: subject.limits, stopsAtRoot: true)
        do throws(InspectionError) {
            try XMLReader.read(ByteSource(MemoryBytes(subject.head)), limits: subject.limits, collector)
        } catch {
            return nil
        }
        guard let version = collector.version, collector.hasLayers else { return nil }
        return SniffMatch(.structure, "XML whose root is net of version \(version), with layers")
    }

    static func probe(_ subject: InspectedArtifact, into result: inout ProbeResult) throws(InspectionError) {
        result.setIdentity(identity("openvino-ir"))
        guard let source = subject.source else { return }
        let listing = result.listing?.inside(subject.artifact.stem + ".bin")
        let collector = OpenVINOCollector(limits: subject.limits, listing: listing)
        let name = PythonText.quoted(subject.artifact.name)
        result.loading = Loading(.dataOnly, call: "openvino.Core().read_model(\(name))", requires: ["openvino"])
        var failure: InspectionError?
        do throws(InspectionError) {
            try XMLReader.read(source, limits: subject.limits, collector)
        } catch {
            failure = error
        }
        collector.fill(&result)
        if let failure {
            // Another reader may go on where this one stops.
            result.loading?.leaveIncomplete()
            throw failure
        }
        try weights(collector, subject, &result)
        result.confidence = .parsed
    }

    /// The `.bin` of the same name holds the constants.
    private static func weights(
        _ collector: OpenVINOCollector, _ subject: InspectedArtifact, _ result: inout ProbeResult
    ) throws(InspectionError) {
        guard collector.lastByte > 0 else { return }
        let name = subject.artifact.stem + ".bin"
        let size = try subject.artifact.companionSize(name)
        result.files.append(FileMember(path: name, role: "mlm:weights", present: size != nil, size: size))
        guard let size else {
            result.report(.warning, code: "openvino.weights-missing", "the file of its constants is missing", at: name)
            result.loading?.leaveIncomplete()
            return
        }
        guard size >= collector.lastByte else {
            throw InspectionError(
                .truncated, "the constants end at \(collector.lastByte), but there are \(size) bytes", entry: name)
        }
    }
}
