import ModelBytes

/// A file in a model's folder that has a format of its own: judged as the loader of that format would take it.
enum FolderMember {
    /// What its own format says of it, its findings taken over; nil when nothing recognises it.
    static func probe(
        _ path: String, _ source: ByteSource, of subject: InspectedArtifact, isWeights: Bool = false,
        into result: inout ProbeResult
    ) throws(InspectionError) -> ProbeResult? {
        let member = subject.member(try Artifact(path: path, source: source), isWeights: isWeights)
        guard let format = member.recognise().best?.format else {
            result.report(.warning, code: "folder.unrecognised", "it is of no format that is known here", at: path)
            return nil
        }
        var inner = ProbeResult(format.identities[0])
        do throws(InspectionError) {
            try format.probe(member, into: &inner)
        } catch {
            take(inner, path, &result)
            if let loading = inner.loading { result.loading = result.loading?.joined(with: loading) ?? loading }
            throw InspectionError(error.reason, error.message, entry: error.entry ?? path, offset: error.offset)
        }
        take(inner, path, &result)
        return inner
    }

    /// A pickle beside the weights: what it takes to load it `counts` when a loader may read it, and danger always does.
    static func judge(
        _ path: String, _ source: ByteSource, counts: Bool, of subject: InspectedArtifact,
        into result: inout ProbeResult
    ) {
        let inner: ProbeResult?
        do throws(InspectionError) {
            inner = try probe(path, source, of: subject, into: &result)
        } catch {
            result.report(.warning, code: "folder.unreadable", error.message, at: path)
            if counts { result.loading = result.loading?.joined(with: Loading(.incomplete)) ?? Loading(.incomplete) }
            return
        }
        guard let loading = inner?.loading ?? (counts ? Loading(.incomplete) : nil), loading.verdict > .dataOnly else {
            return
        }
        if counts || loading.verdict == .dangerous {
            result.loading = result.loading?.joined(with: loading) ?? loading
            guard loading.verdict == .needsCode else { return }
            result.report(
                .warning, code: "folder.pickle",
                "a pickle that imports code when it is loaded; a loader may read it in place of the other weights",
                at: path)
        } else {
            result.report(
                .note, code: "folder.pickle",
                "a pickle that imports code when it is loaded; loading the model does not read it", at: path)
        }
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
    func joined(with other: Loading) -> Loading {
        var joined = self
        joined.verdict = max(verdict, other.verdict)
        let known = Set((imports ?? []).map(\.name))
        let all = (imports ?? []) + (other.imports ?? []).filter { !known.contains($0.name) }
        joined.imports = all.isEmpty ? nil : all
        let classes = Set((classes ?? []) + (other.classes ?? [])).sorted()
        joined.classes = classes.isEmpty ? nil : classes
        joined.weightsOnly = weightsOnly.map { $0 && other.weightsOnly != false } ?? other.weightsOnly
        return joined
    }
}
