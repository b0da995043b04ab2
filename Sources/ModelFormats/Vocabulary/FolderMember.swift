import ModelBytes

/// What lies in a model's folder and has a format of its own: judged as the loader of that format would take it.
enum FolderMember {
    /// What its own format says of it, its findings taken over; nil when nothing recognises it.
    static func probe(
        _ path: String, _ source: ByteSource, of subject: InspectedArtifact, isWeights: Bool = false,
        listing: Listing? = nil, into result: inout ProbeResult
    ) throws(InspectionError) -> ProbeResult? {
        try subject.budget.begin(subject.limits)
        let member = subject.member(try Artifact(path: path, source: source), isWeights: isWeights)
        return try probe(path, member, listing: listing, into: &result)
    }

    /// The same for a member that is already open, which may be a folder. `listing` gets its tensors, which are the model's.
    static func probe(
        _ path: String, _ member: InspectedArtifact, listing: Listing? = nil, into result: inout ProbeResult
    ) throws(InspectionError) -> ProbeResult? {
        guard let format = member.recognise().best?.format else {
            result.report(.warning, code: "folder.unrecognised", "its format is not known", at: path)
            guard let other = member.lookAgain() else { return nil }
            take(other, path, &result)
            return other
        }
        var inner = ProbeResult(format.identities[0], listing: listing)
        defer { member.budget.spend(inner.pickleOperations) }
        do throws(InspectionError) {
            try format.probe(member, into: &inner)
        } catch {
            inner.loading?.leaveIncomplete()
            member.lookAgain(besides: &inner)
            take(inner, path, &result)
            if let loading = inner.loading { result.loading = result.loading?.joined(with: loading) ?? loading }
            throw InspectionError(
                error.reason, error.message, entry: place(error.entry, member, path), offset: error.offset)
        }
        // Another loader may read the same bytes, as it may those of a file alone.
        member.lookAgain(besides: &inner)
        take(inner, path, &result)
        return inner
    }

    /// Pickles beside the weights. What it takes to load one counts when a loader may read it, and danger always does.
    ///
    /// They have one budget together; those beyond it are not looked at, and the verdict is incomplete.
    static func judge(
        _ paths: [String], of subject: InspectedArtifact, into result: inout ProbeResult, counts: (String) -> Bool
    ) throws(InspectionError) {
        try subject.limits.shards.check(paths.count)
        var loadings: [Loading] = []
        for (index, path) in paths.enumerated() {
            if let error = subject.budget.spent(subject.limits) {
                result.report(
                    .warning, code: "folder.pickles-unseen",
                    "\(paths.count - index) pickles from here on were not looked at: \(error.message)", at: path)
                loadings.append(Loading(.incomplete))
                break
            }
            guard let source = try subject.artifact.companion(path) else { continue }
            let counted = counts(path)
            // What was said of it under its first name holds under all of them.
            if subject.isRepeated(path, source, counted ? .beside : .besideUnread) { continue }
            let loading = judge(path, source, counts: counted, of: subject, into: &result)
            if let loading { loadings.append(loading) }
        }
        // What breaks off has told of its danger on the way.
        result.loading = Loading.joined([result.loading].compactMap(\.self) + loadings)
    }

    /// What counts of one of them, for the caller to join.
    private static func judge(
        _ path: String, _ source: ByteSource, counts: Bool, of subject: InspectedArtifact,
        into result: inout ProbeResult
    ) -> Loading? {
        let inner: ProbeResult?
        do throws(InspectionError) {
            inner = try probe(path, source, of: subject, into: &result)
        } catch {
            result.report(.warning, code: "folder.unreadable", error.message, at: path)
            return counts ? Loading(.incomplete) : nil
        }
        guard let loading = inner?.loading ?? (counts ? Loading(.incomplete) : nil), loading.verdict > .dataOnly else {
            return nil
        }
        guard counts || loading.verdict == .dangerous else {
            result.report(
                .note, code: "folder.pickle",
                "a pickle that imports code when it is loaded; loading the model does not read it", at: path)
            return nil
        }
        if loading.verdict == .needsCode {
            result.report(
                .warning, code: "folder.pickle",
                "a pickle that imports code when it is loaded; a loader may read it in place of the other weights",
                at: path)
        }
        return loading
    }

    /// What lies in a folder is found below its path.
    private static func place(_ entry: String?, _ member: InspectedArtifact, _ path: String) -> String {
        guard let entry else { return path }
        return member.listing == nil ? entry : path + "/" + entry
    }

    private static func take(_ inner: ProbeResult, _ path: String, _ result: inout ProbeResult) {
        for finding in inner.findings {
            result.report(
                finding.severity, code: finding.code, finding.message,
                at: finding.where.map { "\(path): \($0)" } ?? path)
        }
    }
}

extension Loading {
    /// What it takes to load both; the worse verdict counts.
    func joined(with other: Loading) -> Loading { joined(with: [other]) }

    /// What it takes to load all of them.
    func joined(with others: [Loading]) -> Loading {
        guard !others.isEmpty else { return self }
        var joined = self
        var known = Set((imports ?? []).map(\.name))
        var imports = imports ?? []
        var classes = Set(classes ?? [])
        for other in others {
            joined.verdict = max(joined.verdict, other.verdict)
            imports += (other.imports ?? []).filter { known.insert($0.name).inserted }
            classes.formUnion(other.classes ?? [])
            joined.weightsOnly = joined.weightsOnly.map { $0 && other.weightsOnly != false } ?? other.weightsOnly
        }
        joined.imports = imports.isEmpty ? nil : imports
        joined.classes = classes.isEmpty ? nil : classes.sorted()
        return joined
    }

    /// The same of several of which none is the first.
    static func joined(_ all: [Loading]) -> Loading? { all.first?.joined(with: Array(all.dropFirst())) }
}

extension InspectionError {
    /// The same in a file of a folder, unless it says a place itself.
    func found(in file: String?) -> InspectionError {
        InspectionError(reason, message, entry: entry ?? file, offset: offset)
    }
}
