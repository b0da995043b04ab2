package import ModelBytes

/// A file of `saveRDS` or `save`: what is in it, as far as it can be read.
package enum RSerialization {
    /// `isInflated`: the bytes come out of a decoder, so that all of them are read anyway.
    package static func read(
        _ source: ByteSource, _ header: RHeader, isInflated: Bool, limits: Limits
    ) throws(InspectionError) -> RTree {
        var parser = try RParser(
            source, header, window: isInflated ? .sequential : .wary, limits: limits)
        parser.run()
        return parser.tree
    }
}
