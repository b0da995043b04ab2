import ModelContainers

/// The call that loads a pickle, and what it needs.
struct PickledLoading {
    private let report: PickleReport
    private let file: PickledFile
    private let name: String
    private var pinned: [String: String] = [:]
    /// The package whose `load` it takes: `pickle` unless another one wrote it.
    var reader = "pickle"
    var reads: [Loading.Read]?
    /// How the model is reached in what is loaded, as Python spells it.
    var access = ""

    init(_ report: PickleReport, _ file: PickledFile, name: String) {
        self.report = report
        self.file = file
        self.name = name
    }

    /// Loading takes this version: scikit-learn promises nothing between versions.
    mutating func pin(_ package: ModelPackage, _ version: String?, sklearn: String?) {
        if let version { pinned[package.distribution] = version }
        if let sklearn { pinned["scikit-learn"] = sklearn }
    }

    /// The call, what it needs, and the evidence of that.
    func value(into result: inout ProbeResult) -> Loading {
        // What its own reader imports: the names that another way of reading meets in the bytes of arrays are no modules.
        let names = file.pickle.imports.filter { $0.kind == .named }.map { PythonName($0.module, $0.name).path }
        var packages = Set(PythonPackages.needed(by: names, into: &result))
        if file.isJoblib { packages.insert("joblib") }
        if file.compression == .lz4 { packages.insert("lz4") }
        if reader != "pickle" { packages.insert(reader) }
        // Without scikit-learn it is None, and nothing that is of this class can be made.
        if names.contains("xgboost.compat.XGBoostLabelEncoder") { packages.insert("scikit-learn") }
        var requirements = Requirements(packages.sorted())
        for (package, version) in pinned.sorted(by: { $0.key < $1.key }) where packages.contains(package) {
            requirements.need(
                package, .exactly(version), .read, because: "the version that wrote it; it supports no other")
        }
        NumPyReleases.require(names, &requirements)
        ScikitLearnReleases.require(names, &requirements)
        if let sklearn = pinned["scikit-learn"], packages.contains("scikit-learn") {
            NumPyReleases.require(scikitLearn: sklearn, &requirements)
        }
        requirements.note(into: &result)
        var loading = Loading(
            report.verdict, call: isRefused ? nil : call + access, requires: requirements.list, classes: report.classes,
            imports: report.imports, reads: reads)
        loading.define = PythonText.undefined(report.classes)
        return loading
    }

    /// joblib of Python 3 does not decode the texts of Python 2.
    private var isRefused: Bool { file.isJoblib && file.pickle.hasByteStrings }

    private var call: String {
        let path = PythonText.quoted(name)
        if file.isJoblib { return "joblib.load(\(path))" }
        // Python 3 takes the bytes of Python 2 for ASCII unless it is told otherwise; numpy's arrays are such bytes.
        let encoding = file.pickle.hasByteStrings ? ", encoding=\"latin1\"" : ""
        return switch file.compression {
        case .gzip: "\(reader).load(gzip.open(\(path))\(encoding))"
        case .bzip2: "\(reader).load(bz2.open(\(path))\(encoding))"
        case .xz, .lzma: "\(reader).load(lzma.open(\(path))\(encoding))"
        case .zstd: "\(reader).load(compression.zstd.open(\(path))\(encoding))"
        default: "\(reader).load(open(\(path), \"rb\")\(encoding))"
        }
    }
}
