import ModelBytes
import ModelContainers

/// What other loaders would begin to run in the same bytes, whatever the best format says of them: two readers of the
/// same bytes are two verdicts, and the worse one counts.
package struct OtherReaders: SecondReading {
    private let subject: InspectedArtifact
    /// Its budget of opcodes is what is left for all ways of reading and all members together.
    private var limits: Limits
    /// What compressed members have become so far, in bytes.
    private var inflated = 0
    private var isSpent = false
    /// Whether there are more members than are looked at.
    private var isCut = false
    private var reads: [Loading.Read] = []
    private var report: PickleReport

    /// Members of an archive that are looked at; so many begin as a pickle in nobody's archive.
    private static let mostMembers = 4_096

    /// Looks at `subject`, of which a format has told what it is, and adds to its `result` what that leaves out.
    package static func look(
        at subject: InspectedArtifact, besides result: inout ProbeResult
    ) {
        guard subject.source != nil else { return }
        var readers = OtherReaders(subject)
        readers.look(besides: result.identity.ownReader, &result)
        readers.finish(&result)
    }

    /// What they find in an artifact that no format knows; nil when there is nothing.
    package static func look(at subject: InspectedArtifact) -> ProbeResult? {
        var result = ProbeResult(PickledObject.identity("pickle-other"))
        guard subject.source != nil else { return nil }
        var readers = OtherReaders(subject)
        readers.look(besides: nil, &result)
        readers.finish(&result)
        return result.loading == nil ? nil : result
    }

    private init(_ subject: InspectedArtifact) {
        self.subject = subject
        limits = subject.limits
        report = PickleReport(policy: PickledImports.policy, limits: subject.limits)
    }

    private mutating func look(besides own: OwnReader?, _ result: inout ProbeResult) {
        guard let source = subject.source else { return }
        let isPickle = own?.runsPickle ?? false
        if !isPickle, subject.inflated == nil {
            see(source, head: subject.head, "pickle", nil, &result)
        }
        if !isPickle, case .success(let inflated)? = subject.inflated {
            see(ByteSource(inflated), head: nil, "joblib", nil, &result)
        }
        array(source, head: subject.head, nil, &result)
        if let layout = subject.layout {
            members(of: layout, besides: own ?? OwnReader(), &result)
        } else if own == nil, TarArchive.mayBeTar(head: subject.head), let tar = try? TarArchive(source, limits: limits)
        {
            members(of: tar, &result)
        }
    }

    // MARK: - Ways of reading

    /// `numpy.load` with `allow_pickle`: an array of objects is a pickle behind its header.
    private mutating func array(_ source: ByteSource, head: [UInt8], _ entry: String?, _ result: inout ProbeResult) {
        guard head.starts(with: NumPyFile.magic), let file = try? NumPyFile(source), file.holdsObjects else { return }
        let pickle = Pickle.run(source, at: file.dataOffset, streams: 1, window: .wary, limits: limits)
        spend(pickle.operations)
        take(pickle, "numpy", entry, &result)
    }

    private mutating func members(of layout: ArchiveLayout, besides own: OwnReader, _ result: inout ProbeResult) {
        guard !own.seesMembers else { return }
        let archive = layout.archive
        var looked = 0
        for entry in archive.entries where !entry.isDirectory && entry.size > 1 {
            if own.covers(layout.name(entry)) { continue }
            guard OwnReader.looksInto(entry) else { continue }
            looked += 1
            guard looked <= Self.mostMembers else { return leaveOut(&result) }
            if !entry.isStored { inflated += entry.size }
            do throws(InspectionError) {
                try subject.limits.inflatedBytes.check(inflated)
                try checkOperations()
                member(try archive.open(entry), entry.name, &result)
            } catch {
                // What cannot be opened no loader opens; what is beyond a limit it does.
                if error.reason == .limit { return giveUp(error, entry.name, &result) }
            }
        }
    }

    private mutating func members(of archive: TarArchive, _ result: inout ProbeResult) {
        for (index, entry) in archive.entries.enumerated() where entry.kind == .file && entry.size > 1 {
            guard index < Self.mostMembers else { return leaveOut(&result) }
            guard let source = try? archive.open(entry) else { continue }
            if let error = spent { return giveUp(error, entry.name, &result) }
            member(source, entry.name, &result)
        }
    }

    private mutating func member(_ source: ByteSource, _ name: String, _ result: inout ProbeResult) {
        guard let head = try? source.bytes(at: 0, upTo: 256) else { return }
        if head.starts(with: NumPyFile.magic) {
            array(source, head: head, name, &result)
        } else {
            see(source, head: head, "pickle", name, &result)
        }
    }

    private mutating func spend(_ operations: Int) {
        isSpent = isSpent || operations >= limits.pickleOperations.value
        limits.pickleOperations.value = max(1, limits.pickleOperations.value - operations)
    }

    /// The error once all opcodes have been spent.
    private var spent: InspectionError? { isSpent ? subject.limits.pickleOperations.reached() : nil }

    private func checkOperations() throws(InspectionError) { if let spent { throw spent } }

    /// The members from here on are not looked at.
    private mutating func giveUp(_ error: InspectionError, _ entry: String, _ result: inout ProbeResult) {
        report.raise(to: .incomplete)
        reads.append(Loading.Read(reader: "pickle", verdict: .incomplete, where: entry))
        result.report(
            .warning, code: "pickle.members-unseen",
            "from here on members were not looked at as pickles: \(error.message)", at: entry)
    }

    private mutating func leaveOut(_ result: inout ProbeResult) {
        isCut = true
        result.report(
            .warning, code: "pickle.members", "only the first \(Self.mostMembers) members were looked at as pickles")
    }

    // MARK: - Results

    private mutating func see(
        _ source: ByteSource, head: [UInt8]?, _ reader: String, _ entry: String?, _ result: inout ProbeResult
    ) {
        var operations = 0
        let sighting = PickleSighting(source, head: head, limits: limits, operations: &operations)
        spend(operations)
        guard let sighting else { return }
        take(sighting.pickle, reader, entry, &result)
    }

    private mutating func take(_ pickle: Pickle, _ reader: String, _ entry: String?, _ result: inout ProbeResult) {
        var own = PickleReport(policy: PickledImports.policy, limits: limits)
        own.add(pickle, entry: entry, to: &result)
        spend(own.nestedOperations)
        report.raise(to: own.verdict)
        report.take(own.imports)
        guard reads.count < 64 else { return }
        reads.append(Loading.Read(reader: reader, verdict: own.verdict, where: entry))
    }

    private mutating func finish(_ result: inout ProbeResult) {
        // Of what no format knows nothing is promised, unless something was found in it.
        if isCut, result.loading != nil || !reads.isEmpty {
            report.raise(to: .incomplete)
            reads.append(Loading.Read(reader: "pickle", verdict: .incomplete))
        }
        guard !reads.isEmpty else { return }
        guard var loading = result.loading else {
            result.loading = Loading(report.verdict, imports: report.imports, reads: reads)
            return
        }
        let own = loading.reads ?? [Loading.Read(reader: result.identity.reader, verdict: loading.verdict)]
        loading.reads = own + reads
        if report.verdict > loading.verdict {
            let name = result.identity.reader
            if reads.contains(where: { $0.verdict > loading.verdict && $0.reader != name }) {
                result.report(
                    .warning, code: "loading.other-reader",
                    "another loader that reads the same bytes would run more than \(name) does")
            }
            loading.verdict = report.verdict
        }
        let known = Set((loading.imports ?? []).map(\.name))
        let more = report.imports.filter { !known.contains($0.name) }
        if !more.isEmpty { loading.imports = (loading.imports ?? []) + more }
        result.loading = loading
    }
}
