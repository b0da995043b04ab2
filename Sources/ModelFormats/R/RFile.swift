import ModelBytes
import ModelContainers
import ModelJSON

/// What R's `saveRDS` and `save` write, compressed or not. The class of the object tells whether it is a model.
enum RFile: Format {
    private static let compressions: Set<Compression> = [.gzip, .bzip2, .xz, .lzma, .zstd]

    static let identities: [FormatIdentity] = [
        FormatIdentity(
            "rds", "R object", artifactType: "saveRDS", framework: "R",
            mediaType: "application/octet-stream; framework=r", extensions: ["rds", "rda", "rdata", "model"],
            reads: reads),
        FormatIdentity(
            "rda", "R workspace", artifactType: "save", framework: "R",
            mediaType: "application/octet-stream; framework=r", extensions: ["rda", "rdata", "rds", "rdb"],
            reads: "the name and class of every object, and of the model among them what is read of an R object"),
    ]

    private static let reads =
        "class and package, predictors with types and levels, response, classes, call, settings of the training, R that "
        + "wrote it, functions, promises and packages that loading it takes"

    static let readsCompressed = true

    static func sniff(_ subject: InspectedArtifact) -> SniffMatch? {
        guard subject.source != nil else { return nil }
        if let header = RHeader(subject.head) { return SniffMatch(.structure, reason(header)) }
        guard let inflated = try? subject.inflated?.get(), compressions.contains(inflated.compression),
            // A stream that is broken at its very beginning shows nothing of what is in it.
            let head = try? ByteSource(inflated).bytes(at: 0, upTo: 256), let header = RHeader(head)
        else { return nil }
        return SniffMatch(.structure, "\(inflated.compression.rawValue) stream of \(reason(header))")
    }

    private static func reason(_ header: RHeader) -> String {
        "\(header.encoding.rawValue) serialization \(header.version) of R \(header.writer)"
    }

    static func probe(_ subject: InspectedArtifact, into result: inout ProbeResult) throws(InspectionError) {
        guard var source = subject.source else { return }
        let inflated = RHeader(subject.head) == nil ? try subject.inflated?.get() : nil
        if let inflated { source = ByteSource(inflated) }
        guard let header = RHeader(try source.bytes(at: 0, upTo: 256)) else { return }
        result.setIdentity(identity(header.isWorkspace ? "rda" : "rds"))
        result.markNotAModel(because: "data")
        result.version = String(header.version)
        result.variant = [header.encoding.rawValue, inflated.map { "\($0.compression.rawValue)-compressed" }]
            .compactMap(\.self).joined(separator: ", ")
        result.facts.producer = Producer(name: "R", version: header.writer)
        result.note("producer", .read, "header")
        let tree = try RSerialization.read(source, header, isInflated: inflated != nil, limits: subject.limits)
        var loading = RLoading(tree, subject.artifact.name)
        loading.judge(into: &result)
        loading.compression = inflated?.compression
        defer { result.loading = loading.value }
        if let failure = tree.failure { throw failure }
        result.confidence = .parsed
        guard let value = tree.value else { return }
        try RObjects(value, tree.header, source, subject).fill(&result, &loading)
    }
}
