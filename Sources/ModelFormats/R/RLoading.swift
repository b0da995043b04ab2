import ModelBytes
import ModelContainers

/// What R does when it reads the file, and what it may do when the object is used.
struct RLoading {
    private let tree: RTree
    private let file: String
    private var verdict = Loading.Verdict.dataOnly
    private var imports: [Loading.Import] = []
    private var packages: Set<String> = []
    var compression: Compression?
    /// The model's name in a workspace.
    var object: String?

    /// Packages of R's own distribution: their namespaces run nothing but R's code.
    private static let own = RModel.base.union([
        "MASS", "Matrix", "lattice", "nlme", "survival", "boot", "class", "cluster", "codetools", "foreign",
        "KernSmooth", "rpart", "nnet", "spatial", "mgcv",
    ])

    init(_ tree: RTree, _ file: String) {
        self.tree = tree
        self.file = file
    }

    mutating func need(_ more: Set<String>) { packages.formUnion(more.filter(Self.isPackage)) }

    /// Letters, digits and dots (Writing R Extensions, 1.1.1); what is called otherwise nobody can install.
    private static func isPackage(_ name: String) -> Bool {
        !name.isEmpty && name.utf8.count <= 128 && RText.name(name) == name && !name.contains("_")
    }

    /// Looks at everything that could run.
    mutating func judge(into result: inout ProbeResult) {
        if tree.failure != nil { raise(.incomplete) }
        if let rest = tree.rest {
            raise(.incomplete)
            result.report(
                .warning, code: "r.bytes-behind",
                "bytes after the value were not examined", at: "byte \(rest)")
        }
        for package in tree.packages {
            let isOwn = Self.own.contains(package.name)
            imports.append(
                Loading.Import(
                    name: package.name, tier: isOwn ? .allowed : .unknown, where: "byte \(package.offset)"))
            if !RModel.base.contains(package.name) { need([package.name]) }
            if !isOwn { raise(.needsCode) }
        }
        compact(&result)
        let functions = tree.closures + tree.builtins
        if functions > 0 || tree.bytecodes > 0 {
            raise(.needsCode)
            let held = functions == 0 ? "byte code" : functions == 1 ? "1 function" : "\(functions) functions"
            let called = functions > 1 ? "they are called" : "it is called"
            result.report(
                .note, code: "r.functions", "holds \(held), which R runs when \(called)",
                at: (tree.firstClosure ?? tree.firstBuiltin).map { "byte \($0)" })
        }
        if tree.hooks > 0 {
            result.report(
                .note, code: "r.reference-hook",
                "was written with a refhook: R needs the matching function to read it")
        }
        if tree.pointers > 0 {
            result.report(
                .note, code: "r.external-pointer",
                "holds \(tree.pointers) pointer\(tree.pointers == 1 ? "" : "s") to memory of the R that wrote it; "
                    + "R reads \(tree.pointers == 1 ? "it" : "them") as nothing")
        }
        promises(&result)
    }

    /// R's own forms that hold their numbers or texts themselves, as `wrap_` does (R, src/main/altclasses.c).
    private static func isPlain(_ form: String) -> Bool {
        ["compact_intseq", "compact_realseq", "deferred_string"].contains(form) || form.hasPrefix("wrap_")
    }

    /// A vector whose class is another package's: R loads that package to make it.
    private mutating func compact(_ result: inout ProbeResult) {
        for form in tree.compactClasses where form.package == "base" && !Self.isPlain(form.name) {
            guard RTree.isFileMap(form.name) else {
                raise(.needsCode)
                result.report(
                    .warning, code: "r.compact-vector",
                    "a vector in the form \(form.name), which is not a known form of R", at: "byte \(form.offset)")
                continue
            }
            raise(.dangerous)
            imports.append(
                Loading.Import(name: "base.\(form.name)", tier: .dangerous, where: "byte \(form.offset)"))
            result.report(
                .danger, code: "r.file-map",
                "a vector in the form \(form.name): R uses the file named here as its memory, and assigning to "
                    + "the vector can write to that file", at: "byte \(form.offset)")
        }
        for form in tree.compactClasses where form.package != "base" {
            imports.append(
                Loading.Import(
                    name: "\(form.package).\(form.name)", tier: Self.own.contains(form.package) ? .allowed : .unknown,
                    where: "byte \(form.offset)"))
            if !RModel.base.contains(form.package) { need([form.package]) }
            if !Self.own.contains(form.package) { raise(.needsCode) }
            result.report(
                .note, code: "r.compact-vector",
                "a vector in the form \(form.name) of the package \(form.package): R loads the package to read it",
                at: "byte \(form.offset)")
        }
    }

    /// R evaluates a promise when somebody looks at it, and R before 4.4 makes one of the file's choice (CVE-2024-27322).
    private mutating func promises(_ result: inout ProbeResult) {
        let delayed = tree.delayed
        guard !delayed.isEmpty else { return }
        raise(.needsCode)
        let waiting = delayed.filter { !$0.isForced }
        if let first = waiting.first {
            result.report(
                .warning, code: "r.promise",
                "holds \(waiting.count) expression\(waiting.count == 1 ? "" : "s") that R evaluates once somebody looks "
                    + "at the value (CVE-2024-27322)", at: "byte \(first.offset)")
        } else {
            result.report(
                .note, code: "r.promise",
                "holds \(delayed.count) promise\(delayed.count == 1 ? "" : "s"), all evaluated",
                at: "byte \(delayed[0].offset)")
        }
        for promise in waiting.prefix(1_024) {
            guard let call = RDanger.call(in: promise.expression) else { continue }
            raise(.dangerous)
            imports.append(Loading.Import(name: call, tier: .dangerous, where: "byte \(promise.offset)"))
            result.report(
                .danger, code: "r.dangerous-promise",
                "looking at the value calls \(call), which can run commands or change files",
                at: "byte \(promise.offset)")
        }
        if waiting.count > 1_024 {
            result.report(.warning, code: "r.promises", "only the first 1024 of them were looked at")
            raise(.incomplete)
        }
    }

    private mutating func raise(_ other: Loading.Verdict) { verdict = max(verdict, other) }

    var value: Loading {
        let name = PythonText.quoted(file)
        let oldest = compression == .zstd ? "4.5" : tree.header.reader
        var call = tree.header.isWorkspace ? "load(\(name))" : "readRDS(\(name))"
        if let object, tree.header.isWorkspace { call += "; \(RText.name(object))" }
        return Loading(
            verdict, call: verdict == .dangerous ? nil : call, requires: ["R>=\(oldest)"] + packages.sorted(),
            imports: imports.isEmpty ? nil : imports)
    }
}
