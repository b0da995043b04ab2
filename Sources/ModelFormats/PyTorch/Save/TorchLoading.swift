import ModelBytes
import ModelContainers

/// The call of `torch.load` for what torch.save wrote, and what it needs; the same for every container it reads.
struct TorchLoading {
    private let name: String
    private let report: PickleReport
    private let pickle: Pickle?
    private let restriction: WeightsOnly?
    private let refusal: String?
    /// Why torch cannot load it at all.
    var obstacle: String?

    /// `refusal` says why weights_only=True is refused where not the pickle, but its container is the reason.
    init(_ pickle: Pickle?, _ report: PickleReport, _ subject: InspectedArtifact, refusal: String? = nil) {
        name = subject.artifact.name
        self.report = report
        self.pickle = pickle
        restriction = refusal == nil ? pickle.map { WeightsOnly($0) } : nil
        self.refusal = refusal ?? restriction?.refusal
    }

    /// The call with what must come before it; findings and the evidence of bounds go to `result`.
    func value(into result: inout ProbeResult) -> Loading {
        let needed = PythonPackages.needed(by: report.classes, into: &result)
        let known = needed.compactMap(TorchLibraries.registering)
        let safe = safeGlobals(known)
        let isRestricted = refusal == nil || safe != nil
        var requirements = Requirements(["torch"])
        for package in needed { requirements.need(package) }
        requirements.need(
            "torch", .atLeast(TorchReleases.weightsOnly), .derived, because: "the call has weights_only=")
        if let pickle { TorchReleases.require(pickle, isRestricted: isRestricted, &requirements) }
        if let safe, !safe.isEmpty {
            let version = restriction?.renames == true ? TorchReleases.namedSafeGlobals : TorchReleases.safeGlobals
            requirements.need("torch", .atLeast(version), .derived, because: "the call has safe_globals")
        }
        NumPyReleases.require(report.imports.map(\.name) + (safe ?? []), &requirements)
        requirements.note(into: &result)

        var loading = Loading(
            report.verdict, requires: requirements.list, classes: report.classes, weightsOnly: refusal == nil,
            imports: report.imports)
        loading.define = PythonText.undefined(report.classes)
        var first = known
        if let safe, !safe.isEmpty {
            loading.safeGlobals = safe
            first += Self.modules(safe)
        }
        loading.first = first.isEmpty ? nil : Set(first).sorted()
        guard obstacle == nil else {
            loading.leaveIncomplete()
            (loading.first, loading.safeGlobals, loading.weightsOnly) = (nil, nil, nil)
            return loading
        }
        loading.call = call(isRestricted: isRestricted, safe: safe ?? [])
        return loading
    }

    /// What has to be named safe; nil when weights_only=True is refused all the same, empty when nothing has to be.
    private func safeGlobals(_ libraries: [String]) -> [String]? {
        guard refusal != nil, let names = restriction?.safeGlobals else { return nil }
        // A library names its own classes safe when it is imported.
        return names.filter { name in !libraries.contains { name.hasPrefix($0 + ".") } }
    }

    private func call(isRestricted: Bool, safe: [String]) -> String {
        var call = "torch.load(\(PythonText.quoted(name))"
        if let pickle, TorchStorage.isElsewhere(pickle) { call += ", map_location=\"cpu\"" }
        call += ", weights_only=\(isRestricted ? "True" : "False"))"
        guard !safe.isEmpty else { return call }
        // What the caller defines has no module before its name there, and what Python has needs none.
        let names = safe.map { name in
            ["__main__.", "builtins."].first(where: name.hasPrefix).map { String(name.dropFirst($0.count)) } ?? name
        }
        return "with torch.serialization.safe_globals([\(names.joined(separator: ", "))]): loaded = \(call)"
    }

    /// The modules that these names are attributes of.
    private static func modules(_ names: [String]) -> [String] {
        names.compactMap { name in
            let path = name.hasPrefix("(") ? name.dropFirst().prefix { $0 != "," } : name[...]
            guard let dot = path.lastIndex(of: ".") else { return nil }
            let module = String(path[..<dot])
            let isLoaded = Self.loaded.contains { module == $0 || module.hasPrefix($0 + ".") }
            return ["__main__", "builtins", "torch"].contains(module) || isLoaded ? nil : module
        }
    }

    /// What `import torch` brings with it.
    private static let loaded = [
        "torch.nn", "torch.optim", "torch.fx", "torch.ao", "torch.storage", "torch.torch_version",
        "torch.serialization",
    ]
}

/// Libraries that register their classes or operators with torch when they are imported.
enum TorchLibraries {
    /// The module to import for the package; nil for a package that registers nothing.
    static func registering(_ package: String) -> String? { package == "torchao" ? "torchao" : nil }
}
