/// Operators that a TorchScript archive or an exported program names: whether they are built into torch, and what some of
/// them reach.
struct TorchOperators {
    private(set) var unlisted: Set<String> = []
    /// Operators of aten by their names, those of quantized and prim with their namespace before it.
    private(set) var named: Set<String> = []
    private var writes: Set<String> = []
    private var network: Set<String> = []
    /// Why something of the code has to run while it is loaded.
    private var runsAtLoad: Set<String> = []
    private var hostileExpressions = 0
    private var skipped: String?

    /// `name` may have its overload behind it.
    mutating func add(namespace: String, name: String) {
        let isListed =
            switch namespace {
            case "aten": TorchRegistry.aten.contains(name)
            case "prim": TorchRegistry.prim.contains(name)
            case "prims": TorchRegistry.prims.contains(name)
            case "quantized": TorchRegistry.quantized.contains(name)
            default: TorchRegistry.others.contains("\(namespace).\(name)")
            }
        if namespace == "aten", Self.files.contains(name) { writes.insert("aten::\(name)") }
        if namespace == "debugprims", writes.count < Self.mostNames { writes.insert("\(namespace)::\(name)") }
        if namespace == "prim", Self.remote.contains(name) { network.insert("prim::\(name)") }
        guard isListed || unlisted.count < Self.mostNames else { return }
        if !isListed { unlisted.insert("\(namespace)::\(name)") }
        if namespace == "aten" { named.insert(name) } else { named.insert("\(namespace).\(name)") }
    }

    /// All that torch has are kept, of others the first thousands, each of which says the same of the verdict.
    private static let mostNames = 8_192

    /// `torch.name(…)` of the code, which is an operator of aten, or one of prim that has a name there.
    mutating func add(builtin name: String) {
        if TorchRegistry.prim.contains(name) { return add(namespace: "prim", name: name) }
        add(namespace: "aten", name: name)
    }

    mutating func addCodeThatRunsAtLoad(_ place: String) { runsAtLoad.insert(place) }

    mutating func addHostileExpression() { hostileExpressions += 1 }

    mutating func addForeign(_ target: String) { unlisted.insert(target) }

    mutating func skip(_ why: String) { skipped = skipped ?? why }

    /// Writes a file, or maps one (aten/src/ATen/native/native_functions.yaml, register_prim_ops.cpp).
    static let files: Set<String> = ["save", "from_file"]
    private static let remote: Set<String> = ["rpc_async", "rpc_sync", "rpc_remote"]

    /// Modules that register operators of a namespace, and the package that brings each.
    private static let libraries: [String: (module: String, package: String)] = [
        "torchvision": ("torchvision", "torchvision"), "torchaudio": ("torchaudio", "torchaudio"),
        "torchtext": ("torchtext", "torchtext"), "torchao": ("torchao", "torchao"),
        "quantized_decomposed": ("torchao.quantization.pt2e", "torchao"), "fbgemm": ("fbgemm_gpu", "fbgemm-gpu"),
        "torch_scatter": ("torch_scatter", "torch-scatter"), "torch_sparse": ("torch_sparse", "torch-sparse"),
        "torch_cluster": ("torch_cluster", "torch-cluster"),
        "torch_spline_conv": ("torch_spline_conv", "torch-spline-conv"),
        "pyg": ("pyg_lib", "pyg-lib"), "tensorrt": ("torch_tensorrt", "torch-tensorrt"),
        "detectron2": ("detectron2", "detectron2"), "xformers": ("xformers", "xformers"),
        "executorch": ("executorch", "executorch"), "torchrec": ("torchrec", "torchrec"),
    ]

    /// Says what was found; `loading` gets the verdict of that and what has to be imported first.
    func report(into result: inout ProbeResult, _ loading: inout Loading, at place: String) {
        func find(
            _ severity: Finding.Severity, _ code: String, _ message: String, _ verdict: Loading.Verdict
        ) {
            result.report(severity, code: code, message, at: place)
            loading.verdict = max(loading.verdict, verdict)
        }
        if !writes.isEmpty {
            find(
                .warning, "torch.reaches-files",
                "operators write or open files when they are run: \(Self.list(writes))", .dangerous)
        }
        if !network.isEmpty {
            find(
                .warning, "torch.network", "operators call other machines when they are run: \(Self.list(network))",
                .dangerous)
        }
        if hostileExpressions > 0 {
            find(
                .danger, "torch.expression-code",
                "the size of a dimension is not plain arithmetic; torch.export.load lets sympy evaluate it as "
                    + "Python", .dangerous)
        }
        for name in runsAtLoad.sorted().prefix(8) {
            find(
                .warning, "torchscript.runs-at-load", "the code of \(name) runs while the archive is loaded", .needsCode
            )
        }
        if let skipped { find(.warning, "torch.not-all-read", "\(skipped): what it does is unknown", .incomplete) }
        guard !unlisted.isEmpty else { return }
        if unlisted.contains(where: { $0.hasPrefix("quantized_decomposed::") }) {
            result.report(
                .note, code: "torch.quantized",
                "the graph is quantised: it quantises and dequantises between its operators", at: place)
        }
        var first: Set<String> = Set(loading.first ?? [])
        var packages: Set<String> = []
        for name in unlisted {
            guard
                let library = Self.libraries[
                    name.replacing("::", with: ".").split(separator: ".").first.map(String.init) ?? ""]
            else { continue }
            first.insert(library.module)
            packages.insert(library.package)
        }
        let need =
            packages.isEmpty
            ? "a library that registers them" : "\(first.sorted().joined(separator: ", ")), imported before the call"
        find(
            .warning, "torch.custom-operators",
            "operators that torch itself has not (\(Self.list(unlisted))) need \(need)", .needsCode)
        if !first.isEmpty { loading.first = first.sorted() }
        let required = loading.requires ?? []
        loading.requires = required + packages.sorted().filter { !required.contains($0) }
    }

    private static func list(_ names: Set<String>) -> String {
        ShortList.text(names.sorted())
    }
}
