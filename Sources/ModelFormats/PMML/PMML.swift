import ModelBytes
import ModelContainers

/// Predictive Model Markup Language, 3.0 to 4.4 and the older form with a document type.
///
/// Source: dmg.org/pmml/v4-4-1/GeneralStructure.html.
enum PMML: Format {
    static let identities: [FormatIdentity] = [
        FormatIdentity(
            "pmml", "PMML", artifactType: "PMML", framework: Framework("PMML", hasEstimators: true),
            roles: ["mlm:compiled"],
            mediaType: "application/xml; framework=pmml", extensions: ["pmml", "xml"],
            versionName: "PMML",
            reads:
                "version, producer, every model with its function, inputs and their types, outputs, class labels, trees"
        )
    ]

    static let limits = PMMLLimits.all

    static func sniff(_ subject: InspectedArtifact) -> SniffMatch? {
        guard subject.source != nil, mayBeXML(subject.head) else { return nil }
        let collector = PMMLCollector(limits: subject.limits, stopsAtRoot: true)
        do throws(InspectionError) {
            // The head ends within the document, as a rule behind its root.
            try XMLReader.read(ByteSource(MemoryBytes(subject.head)), limits: subject.limits, collector)
        } catch {
            // Nothing is expanded here, so that a document with entities is not read as far as its root.
            guard error.reason == .unsupported, subject.leadingText.holds("<!DOCTYPE PMML") else { return nil }
            return SniffMatch(.signature, "XML whose document type is PMML")
        }
        guard let namespace = collector.document.namespace else {
            return SniffMatch(.signature, "XML whose root is PMML, without a namespace, as before PMML 3.0")
        }
        return isPMML(namespace) ? SniffMatch(.structure, "XML whose root is PMML of \(namespace)") : nil
    }

    /// `http://www.dmg.org/PMML-4_4`; some write https.
    private static func isPMML(_ namespace: String) -> Bool {
        ["http://www.dmg.org/PMML-", "https://www.dmg.org/PMML-"].contains { namespace.hasPrefix($0) }
    }

    /// Begins with `<`, in UTF-8 or UTF-16, white space and a byte order mark before it allowed.
    private static func mayBeXML(_ head: [UInt8]) -> Bool {
        var bytes = head[...]
        if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { bytes = bytes.dropFirst(3) }
        if bytes.starts(with: [0xFE, 0xFF]) || bytes.starts(with: [0xFF, 0xFE]) { return true }
        return bytes.first { $0 != 0x20 && !(0x09...0x0D).contains($0) && $0 != 0 } == UInt8(ascii: "<")
    }

    static func probe(_ subject: InspectedArtifact, into result: inout ProbeResult) throws(InspectionError) {
        result.setIdentity(identity("pmml"))
        guard let source = subject.source else { return }
        let collector = PMMLCollector(limits: subject.limits)
        var failure: InspectionError?
        do throws(InspectionError) {
            // To its end: further models may follow the first, and trees are counted.
            try XMLReader.read(source, limits: subject.limits, collector)
        } catch {
            failure = error
        }
        PMMLFacts(collector.document, subject).fill(&result)
        if let failure { throw failure }
        result.confidence = .parsed
    }
}
