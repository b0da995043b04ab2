package import ModelBytes

/// A tar archive that is read in place: only its headers are fetched, and every member is a slice of the source.
///
/// Knows ustar, GNU and pax names and sizes. PyTorch up to 0.1.10 saved models as tar.
package struct TarArchive {
    /// One member. Its name is data: `..` and control characters are kept, and what is not UTF-8 is repaired.
    package struct Entry: Hashable, Sendable {
        package enum Kind: Hashable, Sendable {
            case file, directory, link
            /// Also a FIFO.
            case device
        }
        package let name: String
        package let kind: Kind
        /// Where its content begins in the source, and how many bytes it has.
        package let offset: Int
        package let size: Int
    }

    /// In the order of the archive.
    package let entries: [Entry]
    private let source: ByteSource

    /// Reads every header of `source`.
    ///
    /// Throws `malformed` when a header's checksum does not hold, `truncated` when the archive ends inside a member,
    /// `unsupported` for sparse members, `limit` for more than `limits.tarEntries` headers or an extended header over
    /// `limits.tarHeaderBytes`.
    package init(_ source: ByteSource, limits: Limits) throws(InspectionError) {
        var entries: [Entry] = []
        var override = TarOverride()
        var headers = 0
        var position = 0
        while position < source.count {
            let block = try source.bytes(at: position, count: TarHeader.byteCount)
            // A block of zeros ends the archive; whatever follows it is padding.
            if block.allSatisfy({ $0 == 0 }) { break }
            headers += 1
            try limits.tarEntries.check(headers, entry: source.entry, offset: position)
            guard let header = TarHeader(block) else {
                throw InspectionError(
                    .malformed, "no tar header: its checksum does not hold", entry: source.entry, offset: position)
            }
            let content = position + TarHeader.byteCount
            let size =
                switch header.kind {
                case .member(.file): override.size ?? header.size
                case .member: 0
                default: header.size
                }
            guard size <= source.count - content else {
                throw InspectionError(
                    .truncated, "a tar member of \(size) bytes, but only \(source.count - content) are left",
                    entry: source.entry, offset: position)
            }
            // The next header begins at a multiple of 512, which the last member need not be filled up to.
            let padding = (TarHeader.byteCount - size % TarHeader.byteCount) % TarHeader.byteCount
            position = content + size
            position += min(padding, source.count - position)

            switch header.kind {
            case .member(let kind):
                let name = String(decoding: override.name ?? header.name, as: UTF8.self)
                entries.append(Entry(name: name, kind: kind, offset: content, size: size))
                override = TarOverride()
            case .longName, .extended:
                try limits.tarHeaderBytes.check(size, entry: source.entry, offset: content)
                let bytes = try source.bytes(at: content, count: size)
                if header.kind == .longName {
                    override.name = Array(bytes.prefix { $0 != 0 })
                } else if !override.read(pax: bytes) {
                    throw InspectionError(
                        .malformed, "a pax header that is not a list of records", entry: source.entry, offset: content)
                }
            case .ignored:
                continue
            case .sparse:
                override.isSparse = true
            }
            if override.isSparse {
                throw InspectionError(.unsupported, "a sparse tar member", entry: source.entry, offset: content)
            }
        }
        self.entries = entries
        self.source = source
    }

    /// The member of this name; the last of several, as Python's tarfile takes it.
    package func entry(_ name: String) -> Entry? { entries.last { $0.name == name } }

    /// The content of a member, a slice of the archive's source; empty for what is not a file.
    package func open(_ entry: Entry) throws(InspectionError) -> ByteSource {
        try source.slice(at: entry.offset, count: entry.size, entry: entry.name)
    }

    /// True when a file's first bytes are a tar header: tar has no magic of old, but its checksum is as good.
    package static func mayBeTar(head: [UInt8]) -> Bool {
        guard let header = TarHeader(Array(head.prefix(TarHeader.byteCount))) else { return false }
        return !header.name.isEmpty
    }
}
