import ModelBytes
import ModelContainers
import ModelJSON

/// The model that lies in the folder goes through its own format; what both say is compared.
extension MLflowFacts {
    func inner(_ members: MLflowMembers, _ result: inout ProbeResult) throws(InspectionError) {
        let listing = subject.listing ?? []
        switch members.main {
        case .file(let path): try file(path, &result)
        case .folder(let path): try folder(path, listing, &result)
        case .code(let path): result.files.append(FileMember(path: path, role: "code", present: true))
        case .parts(let path):
            let parts = listing.filter { $0.path.hasPrefix(path + ".") }
            result.files += parts.map { FileMember(path: $0.path, role: "mlm:model", present: true, size: $0.size) }
            notInspected("\(parts.count) files of this name", path, &result)
        case .missing(let path) where !Artifact.staysBelow(path):
            result.report(
                .warning, code: "mlflow.outside",
                "the model that MLmodel names lies outside the folder, and is not opened", at: path)
        case .missing(let path):
            result.files.append(FileMember(path: path, role: "mlm:model", present: false))
            result.report(.warning, code: "mlflow.no-model", "the model that MLmodel names is missing", at: path)
            result.loading?.leaveIncomplete()
        case nil:
            guard let name = flavor?.value["source_model_name"]?.string, !PrivateText.holdsPath(name) else {
                return notInspected("no flavor names its file", place, &result)
            }
            result.report(
                .warning, code: "mlflow.no-model", "loading fetches the weights of \(name) from the hub", at: place)
        }
    }

    /// What is not looked at may hold anything, which the verdict leaves open as it is: loading needs code anyway.
    private func notInspected(_ what: String, _ path: String, _ result: inout ProbeResult) {
        result.report(
            .warning, code: "mlflow.not-inspected", "the model inside was not examined: \(what)", at: path)
    }

    private func file(_ path: String, _ result: inout ProbeResult) throws(InspectionError) {
        guard let source = try subject.artifact.companion(path) else { return notInspected("a link", path, &result) }
        result.files.append(FileMember(path: path, role: "mlm:model", present: true, size: source.count))
        guard subject.nesting == 0 else { return notInspected("it lies too deep", path, &result) }
        let listing = result.listing?.inside(path)
        let found = try FolderMember.probe(path, source, of: subject, listing: listing, into: &result)
        guard let inner = found else { return }
        take(inner, path, &result)
    }

    /// A folder that is a model itself, as those of transformers and TensorFlow, or one that holds a file of it.
    private func folder(
        _ path: String, _ listing: [DirectoryEntry], _ result: inout ProbeResult
    ) throws(InspectionError) {
        guard let artifact = subject.artifact.subfolder(path), subject.nesting == 0 else {
            return notInspected("it lies too deep", path, &result)
        }
        let member = subject.member(artifact)
        if member.recognise().best != nil {
            let found = try FolderMember.probe(path, member, listing: result.listing?.inside(path), into: &result)
            guard let inner = found else { return }
            result.files += inner.files.map { file in
                var file = file
                file.path = "\(path)/\(file.path)"
                return file
            }
            return take(inner, path, &result)
        }
        switch MLflowMembers.inside(path, in: listing) {
        case .file(let file): try self.file(file, &result)
        case .folder(let inner): try folder(inner, listing, &result)
        default: notInspected("a folder of no format that is known here", path, &result)
        }
    }

    private func take(_ inner: ProbeResult, _ path: String, _ result: inout ProbeResult) {
        result.variant = "holds \(inner.identity.id)"
        let packages = Set((result.loading?.requires ?? []).map(Requirements.package(of:)))
        if let own = inner.loading {
            result.loading = result.loading?.joined(with: own) ?? own
            result.loading?.requires? += (own.requires ?? []).filter {
                !packages.contains(Requirements.package(of: $0))
            }
        }
        guard case .model = inner.verdict else { return }
        let artifactType = result.facts.artifactType
        result.facts = inner.facts
        result.facts.artifactType = artifactType
        result.facts.mediaType = nil
        for item in inner.evidence {
            // MLmodel says itself what these packages have to be.
            if item.field == "requires", packages.contains(Requirements.package(of: item.where)) { continue }
            result.note(item.field, item.origin, "\(path): \(item.where)")
        }
        // What the format of the model inside decides.
        let told = Set(inner.evidence.map(\.field))
        if inner.facts.roles != nil, !told.contains("roles") {
            result.note("roles", .derived, "\(path): \(inner.identity.name)")
        }
        if inner.facts.framework != nil, !told.contains("framework") {
            result.note("framework", .derived, "\(path): \(inner.identity.name)")
        }
        compare(inner, path, &result)
    }

    private func compare(_ inner: ProbeResult, _ path: String, _ result: inout ProbeResult) {
        guard let name = flavor?.key, let said = Self.frameworks[name], let found = inner.facts.framework, said != found
        else { return }
        let wraps = said == "scikit-learn" && ["XGBoost", "LightGBM", "CatBoost"].contains(found)
        guard !wraps else { return }
        result.report(
            .warning, code: "mlflow.contradiction",
            "MLmodel says \(said), but the framework of the model inside is \(found)",
            at: path)
    }

    /// What else loading may unpickle: files that a flavour names, and pickles beside the model, as those of Keras's
    /// custom objects, or artifacts that a model of Python reads by its own code.
    func otherMembers(_ members: MLflowMembers, _ result: inout ProbeResult) throws(InspectionError) {
        let known = Set(result.files.map(\.path))
        let named = Set(members.others)
        let handedOn = Set(members.handedOn)
        var found: [String] = []
        for path in (subject.listing ?? []).lazy.map(\.path) where !known.contains(path) {
            let isNamed = named.contains(path)
            var isLookedAt = isNamed
            if !isLookedAt { isLookedAt = try mayBePickle(path) }
            if !isLookedAt, handedOn.contains(path) { isLookedAt = try isRecognised(path) }
            if isLookedAt { found.append(path) }
        }
        try FolderMember.judge(found, of: subject, into: &result) { named.contains($0) }
    }

    /// Whether any format knows it: pickles of the oldest protocols have no mark to tell them by.
    private func isRecognised(_ path: String) throws(InspectionError) -> Bool {
        guard let source = try subject.artifact.companion(path) else { return false }
        return subject.member(try Artifact(path: path, source: source)).recognise().best != nil
    }

    private static let pickleEndings = [
        ".pkl", ".pickle", ".cloudpickle", ".joblib", ".pt", ".pth", ".pt2", ".bin", ".ckpt", ".npy", ".npz",
    ]

    /// By its name, or by the first two bytes of a pickle of protocol 2 or later.
    private func mayBePickle(_ path: String) throws(InspectionError) -> Bool {
        if Self.pickleEndings.contains(where: path.hasSuffix) { return true }
        guard let head = try subject.artifact.companionHead(path, count: 2), head.count == 2 else { return false }
        return head[0] == 0x80 && (2...5).contains(head[1])
    }
}
