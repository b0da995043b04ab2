public import ModelBytes
public import ModelFormats

/// Why an artifact cannot be listed.
public enum ListingError: Error, Hashable, Sendable {
    /// It is of no format that is known.
    case unrecognised
    /// Its format has nothing of the kind, or does not tell.
    case notListed(format: String, Listing.Part)
    /// It could not be read to its end; what was given before holds.
    case failed(InspectionError)
}

extension Inspector {
    /// Gives every tensor or operator of the file or folder at `path`, or of standard input if it is nil, while the artifact is
    /// read: none is kept.
    public func list(_ path: String?, _ listing: Listing) throws(ListingError) {
        let subject = try opened(path)
        guard let format = subject.recognise().best?.format else {
            // Its content is unknown, because it cannot be opened.
            if case .failure(let error)? = subject.zip { throw .failed(error) }
            throw .unrecognised
        }
        guard format.lists.contains(listing.part) else {
            throw .notListed(format: format.identities[0].name, listing.part)
        }
        var result = ProbeResult(format.identities[0], listing: listing)
        do throws(InspectionError) {
            try format.probe(subject, into: &result)
        } catch {
            throw .failed(error)
        }
    }

    private func opened(_ path: String?) throws(ListingError) -> InspectedArtifact {
        do throws(InspectionError) {
            if let path { return subject(try Artifact.open(path, limits: limits, followsLinks: followsLinks)) }
            return subject(try Artifact.standardInput(limits: limits))
        } catch {
            throw .failed(error)
        }
    }
}
