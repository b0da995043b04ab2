package import ModelBytes

/// Formats in the order that breaks ties, and what all of them together say. Whatever needs to know a format beside its
/// own folder asks here, so that nothing else lists formats.
package struct FormatList: Sendable {
    /// In order.
    package let formats: [any Format.Type]
    /// What looks at the bytes besides the format that they are of.
    let secondReaders: (any SecondReading.Type)?

    /// Formats in this order.
    package init(_ formats: [any Format.Type], secondReaders: (any SecondReading.Type)? = nil) {
        self.formats = formats
        self.secondReaders = secondReaders
    }

    /// Asks every format, and puts those that recognise the artifact in order.
    package func recognise(_ artifact: InspectedArtifact) -> Recognition {
        Recognition.resolve(
            formats.compactMap { format in
                format.sniff(artifact).map { Recognition.Candidate(format: format, match: $0) }
            })
    }

    /// Every identity once, in the order of the formats.
    package var identities: [FormatIdentity] { identities { _ in true } }

    /// Those whose artifacts usually have this ending, without the dot.
    package func identities(withExtension ending: String) -> [FormatIdentity] {
        identities { $0.extensions.contains(ending) }
    }

    /// Whether a loader takes a file with this ending for a zip archive, whatever its first bytes are.
    func seeksArchiveEnd(withExtension ending: String) -> Bool {
        formats.contains { $0.identities.contains { $0.ownReader.extensionOfPrefixed == ending } }
    }

    private func identities(where isWanted: (FormatIdentity) -> Bool) -> [FormatIdentity] {
        var known: Set<FormatIdentity> = []
        return formats.flatMap { $0.identities.filter(isWanted) }.filter { known.insert($0).inserted }
    }

    /// The identity with this id; nil when there is none.
    package func identity(_ id: String) -> FormatIdentity? {
        for format in formats {
            if let found = format.identities.first(where: { $0.id == id }) { return found }
        }
        return nil
    }

    /// The limits that the formats declare, each once.
    package var limits: [Limits.Limit] {
        var known: Set<String> = []
        return formats.flatMap { $0.limits }.filter { known.insert($0.name).inserted }
    }

    /// Ids that two formats mean different things by, which is a fault of one of them. Formats that share an identity
    /// share its one value; what is no model has one id for all that it can be.
    package var ambiguousIDs: [String] {
        var ids: Set<String> = []
        return identities.filter { $0.id != FormatIdentity.notAModel && !ids.insert($0.id).inserted }.map(\.id)
    }

    /// The framework that somebody means by `name`; nil when no format has one of that name.
    package func framework(called name: String) -> Framework? {
        for identity in formats.lazy.flatMap({ $0.identities }) {
            if let framework = identity.framework, framework.isCalled(name) { return framework }
            if let origin = identity.otherOrigins.first(where: { $0.isCalled(name) }) { return origin }
        }
        return nil
    }

    /// What the call `writer` writes, as far as formats say that it excludes other calls.
    package func writerFamily(of writer: String) -> String? {
        formats.lazy.flatMap { $0.identities }.first { $0.writerFamily != nil && $0.writers.contains(writer) }?
            .writerFamily
    }
}
