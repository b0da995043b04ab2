import ModelContainers
package import ModelFormats
package import ModelJSON

/// Compares declared metadata with what was read from the artifact.
///
/// A contradiction is a pair of values that cannot both be true. A value that only one side has is not a contradiction, nor
/// is another way to say the same: a batch that may vary, a count without buffers, a class name as architecture.
package struct Agreement: Sendable {
    /// What was read.
    package var facts: ModelFacts
    /// Bytes of the file; nil for a directory.
    package var size: Int?
    /// The multihash of the file in hexadecimal digits, when it was asked for.
    package var checksum: String?

    private let formats: FormatList

    package init(_ facts: ModelFacts, size: Int? = nil, checksum: String? = nil, formats: FormatList = .all) {
        self.facts = facts
        self.size = size
        self.checksum = checksum
        self.formats = formats
    }

    private var families: FrameworkFamily { FrameworkFamily(formats: formats) }

    private var hasEstimators: Bool { facts.hasEstimators(formats) }

    /// Everything in the `properties` of an Item, and in the one of its assets that is this artifact, that the artifact
    /// contradicts. What MLM allows in both places counts where it is nearer: on the asset.
    package func contradictions(
        properties: JSONObject, asset: JSONObject = [:], assetKey: String = "model"
    ) -> [Contradiction] {
        let declared = DeclaredFields(properties: properties, asset: asset, assetKey: assetKey)
        var found: [Contradiction] = []
        for kind in [PortKind.input, .output] {
            found += PortAgreement(kind, facts, hasEstimators: hasEstimators).contradictions(
                declared.property(kind.key))
        }
        found += [
            parameters(declared.field("mlm:total_parameters")),
            framework(declared.field("mlm:framework")),
            frameworkVersion(declared.field("mlm:framework_version"), of: declared.field("mlm:framework")),
            architecture(declared.field("mlm:architecture")),
            artifactType(declared.assetField("mlm:artifact_type")),
            fileSize(declared.assetField("file:size")),
            fileChecksum(declared.assetField("file:checksum")),
        ].compactMap(\.self)
        return found
    }

    private func parameters(_ declared: Declared?) -> Contradiction? {
        guard let declared, let count = declared.value.int, let read = facts.parameters,
            !ParameterAgreement(facts, formats).accepts(count)
        else { return nil }
        return declared.contradicted(by: JSONValue(read.total), "the artifact has \(read.total) (\(read.counting))")
    }

    private func framework(_ declared: Declared?) -> Contradiction? {
        guard let declared, let name = declared.value.string, let read = facts.framework,
            families.exclude(declared: name, read: read)
        else { return nil }
        return declared.contradicted(by: .string(read), "the artifact was written by \(read)")
    }

    private func frameworkVersion(_ declared: Declared?, of framework: Declared?) -> Contradiction? {
        guard let declared, let version = declared.value.string, let read = facts.frameworkVersion,
            // A version of another framework, such as that of TensorFlow for a Keras model, says nothing of this one.
            let name = facts.framework, framework?.value.string.map({ families.isSame($0, name) }) ?? false,
            !VersionAgreement.agree(declared: version, read: read)
        else { return nil }
        return declared.contradicted(by: .string(read), "the artifact was written by \(name) \(read)")
    }

    /// Class names are the one case where two names of an architecture cannot mean the same.
    private func architecture(_ declared: Declared?) -> Contradiction? {
        guard let declared, let name = declared.value.string, let read = facts.architecture, name != read,
            hasEstimators, Self.isEstimator(name), Self.isEstimator(read)
        else { return nil }
        return declared.contradicted(by: .string(read), "the artifact holds a \(read)")
    }

    private static func isEstimator(_ name: String) -> Bool {
        name.utf8.allSatisfy { (65...90).contains($0) || (97...122).contains($0) }
            && (name.hasSuffix("Classifier") || name.hasSuffix("Regressor"))
    }

    private func artifactType(_ declared: Declared?) -> Contradiction? {
        guard let declared, let call = declared.value.string, let read = facts.artifactType,
            families.exclude(writer: call, read)
        else { return nil }
        return declared.contradicted(by: .string(read), "the artifact was written by \(read)")
    }

    private func fileSize(_ declared: Declared?) -> Contradiction? {
        guard let declared, let bytes = declared.value.int, let size, bytes != size else { return nil }
        return declared.contradicted(by: JSONValue(size), "the file has \(size) bytes")
    }

    /// Multihashes of different functions cannot be compared; the first two digits name the function.
    private func fileChecksum(_ declared: Declared?) -> Contradiction? {
        guard let declared, let digits = declared.value.string?.lowercased(), let checksum,
            digits.utf8.count == checksum.utf8.count, digits.prefix(4) == checksum.prefix(4), digits != checksum
        else { return nil }
        return declared.contradicted(by: .string(checksum), "the checksum of the file is \(checksum)")
    }
}

extension ModelFacts {
    /// Whether the framework's models have the interface of scikit-learn.
    func hasEstimators(_ formats: FormatList) -> Bool {
        framework.flatMap(formats.framework(called:))?.hasEstimators ?? false
    }
}
