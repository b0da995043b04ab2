import ModelBytes
import ModelContainers
import ModelJSON

extension Framework {
    static let lightgbm = estimators("LightGBM")
}

/// LightGBM's model text: a header, the trees, their importances, the parameters of the training.
enum LightGBMText: Format {
    static let identities: [FormatIdentity] = [
        FormatIdentity(
            "lightgbm-text", "LightGBM model text", artifactType: "lightgbm.Booster.save_model", framework: .lightgbm,
            mediaType: "text/plain; framework=lightgbm", extensions: ["txt", "model", "lgb", "lgbm", "bin"],
            writerFamily: "lightgbm.Booster.save_model",
            reads:
                "objective and so the task, number of trees and classes, features with names, ranges and categories, "
                + "parameters of the training")
    ]

    static func sniff(_ subject: InspectedArtifact) -> SniffMatch? {
        guard subject.source != nil, subject.begins(with: Array("tree".utf8)) else { return nil }
        let lines = subject.leadingText.split(maxSplits: 8, whereSeparator: \.isNewline)
        guard lines.count > 2, lines[0] == "tree", lines[1].hasPrefix("version=v"),
            lines.contains(where: { $0.hasPrefix("num_class=") })
        else { return nil }
        return SniffMatch(.structure, "a line \"tree\", then \(lines[1])")
    }

    static func probe(_ subject: InspectedArtifact, into result: inout ProbeResult) throws(InspectionError) {
        guard let source = subject.source else { return }
        let model = try LightGBMModel(source, limits: subject.limits)
        result.version = model.version
        LightGBMFacts(model).fill(&result)
        result.noteTable()
        result.confidence = .parsed
        LightGBMLoading.fill(&result, model, name: subject.artifact.name)
    }
}

/// What `dump_model` gives, written as JSON: for people, LightGBM does not read it.
enum LightGBMDump: Format {
    static let identities: [FormatIdentity] = [
        FormatIdentity(
            "lightgbm-dump", "LightGBM dump", framework: .lightgbm, mediaType: "application/json",
            extensions: ["json"], reads: "that it is a dump, which cannot be loaded")
    ]

    static func sniff(_ subject: InspectedArtifact) -> SniffMatch? {
        guard subject.source != nil, subject.leadingText.first == "{" else { return nil }
        var scanner = JSONScanner(ByteSource(MemoryBytes(subject.head)), limits: subject.limits, dialect: .python)
        var keys: Set<String> = []
        var name: String?
        // The head ends within the document; what came before counts.
        try? scanner.object { key, scanner in
            keys.insert(key.text)
            if key == "name", try scanner.kind() == .string { name = try scanner.string() }
        }
        guard name == "tree", keys.isSuperset(of: ["version", "num_tree_per_iteration", "max_feature_idx"]) else {
            return nil
        }
        return SniffMatch(.structure, "JSON with the keys of LightGBM's dump_model")
    }

    static func probe(_ subject: InspectedArtifact, into result: inout ProbeResult) throws(InspectionError) {
        result.markNotAModel(because: "dump")
        result.confidence = .structure
        result.report(
            .warning, code: "not-a-model.dump",
            "written from Booster.dump_model for people to read; LightGBM does not load it. Ask for the file of save_model"
        )
    }
}
