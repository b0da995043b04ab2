import ModelBytes
import ModelContainers

/// A pickle that no format of its own stands behind. What it imports is reported; nothing is imported.
enum PlainPickle: Format {
    static let identities: [FormatIdentity] = [
        FormatIdentity(
            "pickle-other", "Python pickle", artifactType: "pickle.dump", mediaType: "application/octet-stream",
            extensions: ["pkl", "pickle", "p"], reads: "what it would import and call, and what of that is dangerous")
    ]

    static func sniff(_ subject: Subject) -> Evidence? {
        guard let source = subject.source else { return nil }
        if Pickle.looksLikePickle(subject.head) {
            return Evidence(.plausible, "begins like a pickle of protocol 2 or later")
        }
        // Protocols 0 and 1 have no mark of their own: only a run that ends in STOP, or names an import, tells them.
        guard let first = subject.head.first, textOpcodes.contains(first), !isText(subject) else { return nil }
        var limits = subject.limits
        limits.pickleOperations.value = min(limits.pickleOperations.value, 4_096)
        let pickle = Pickle.run(source, streams: 1, window: .wary, limits: limits)
        guard !pickle.streams.isEmpty || (pickle.failure?.reason == .limit && !pickle.imports.isEmpty) else {
            return nil
        }
        return Evidence(.plausible, "opcodes of a pickle of protocol 0 or 1 up to STOP")
    }

    /// What protocol 0 and 1 begin with in practice: MARK, GLOBAL, EMPTY_LIST, EMPTY_DICT, EMPTY_TUPLE.
    private static let textOpcodes: Set<UInt8> = [0x28, 0x63, 0x5D, 0x7D, 0x29]

    private static func isText(_ subject: Subject) -> Bool {
        // JSON and source code begin with the same brackets; a pickle of protocol 0 ends its first line soon.
        guard let first = subject.head.first, first == 0x5D || first == 0x7D || first == 0x29 else { return false }
        return subject.head.dropFirst().first.map { $0 == 0x0A || $0 == 0x20 || $0 == 0x2C } ?? true
    }

    static func probe(_ subject: Subject, into reading: inout Reading) throws(InspectionError) {
        reading.become(identity("pickle-other"))
        reading.isNoModel("data")
        guard let source = subject.source else { return }
        let pickle = Pickle.run(source, window: .wary, limits: subject.limits)
        var report = PickleReport(policy: ImportPolicy(allowing: rules), limits: subject.limits)
        report.add(pickle, entry: nil, to: &reading)
        reading.loading = Loading(
            report.verdict, call: "pickle.load(open(\(PythonText.quoted(subject.artifact.name)), \"rb\"))",
            requires: PythonPackages.needed(by: report.classes), classes: report.classes, imports: report.imports)
        if let first = pickle.streams.first { reading.version = "protocol \(first.protocolVersion)" }
        if let failure = pickle.failure { throw failure }
        reading.confidence = .parsed
    }

    private static let rules: [ImportRule] = [
        ImportRule(.allowed, "collections", "OrderedDict Counter deque defaultdict", "a plain container"),
        ImportRule(
            .allowed, "builtins",
            "bytearray complex set frozenset list dict tuple int float str bytes bool object range slice",
            "a plain value"),
        ImportRule(.allowed, "_codecs", "encode", "makes bytes of text, as protocol 2 writes them"),
        ImportRule(.allowed, "datetime", "datetime date time timedelta timezone", "a plain value"),
        ImportRule(.allowed, "copyreg", "_reconstructor", "makes an object of a class that stands beside it"),
    ]
}
