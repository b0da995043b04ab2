import ModelBytes
import ModelContainers

/// The operators of graphs, of their functions and of the graphs that are constants in them: whether TensorFlow has them
/// all, and what some of them reach beyond the graph.
struct TensorFlowOperators {
    private let limits: Limits
    private var names: Set<String> = []
    /// Functions of the graphs, which are called by their names like operators.
    private var functions: Set<String> = []
    /// Paths that operators are given by the graph itself, and not by its caller.
    private var writtenPaths: Set<String> = []
    private var readPaths: Set<String> = []
    private var restoredPaths: Set<String> = []
    private var streams: Set<String> = []
    private var nestedGraphs = 0
    /// Why not all of the graphs inside, or of what they are given, could be looked at.
    private var skipped: String?
    /// Nodes on the ways to paths that may still be looked at: a million operators may be given one path.
    private var stepsLeft = 100_000

    /// A graph in a constant of a graph in a constant: more is found in nobody's honest model.
    private static let deepest = 4
    private static let mostNestedGraphs = 256

    init(limits: Limits) { self.limits = limits }

    /// Functions that XLA compiles when they are run.
    private var compiled = 0
    private var versions = TensorFlowVersions()
    private var calls = TensorFlowCalls()

    /// Adds all of a GraphDef that was read from `source`.
    mutating func add(_ graph: ProtobufMessage, from source: ByteSource) {
        var waiting = [(graph: graph, source: source, depth: 0)]
        while let (graph, source, depth) = waiting.popLast() {
            var found: [ByteSource] = []
            versions.add(graph)
            add(graph.messages("node"), source, of: nil, [], &found)
            if let library = graph.message("library") {
                for function in library.messages("function") {
                    let name = function.message("signature")?.string("name") ?? ""
                    functions.insert(name)
                    if function.tensorFlowAttribute("_XlaMustCompile")?.int("b") == 1 { compiled += 1 }
                    let arguments = function.message("signature")?.messages("input_arg").prefix(Self.mostArguments)
                        .map { $0.string("name") ?? "" }
                    add(function.messages("node_def"), source, of: name, arguments ?? [], &found)
                }
            }
            for inner in found {
                guard depth < Self.deepest, nestedGraphs < Self.mostNestedGraphs else {
                    skipped = "there are too many graphs inside constants"
                    continue
                }
                nestedGraphs += 1
                do throws(InspectionError) {
                    waiting.append((try ProtobufMessage.read(inner, as: .graphDef, limits: limits), inner, depth + 1))
                } catch {
                    // What is no message TensorFlow cannot run either.
                    if error.reason == .limit { skipped = "a graph inside a constant is beyond a limit" }
                }
            }
        }
    }

    /// Adds one operator that runs outside a graph, as the Flex delegate of TensorFlow Lite does it.
    mutating func add(operator name: String) { note(name) }

    /// All that TensorFlow has are kept, of others the first thousands.
    private mutating func note(_ name: String) {
        guard !names.contains(name) else { return }
        if names.count < Self.mostNames || TensorFlowRegistry.operators.contains(name) {
            names.insert(name)
        } else {
            hasMore = true
        }
    }

    private static let mostArguments = 4_096
    private static let mostNames = 8_192
    private var hasMore = false

    private mutating func add(
        _ nodes: ProtobufList<ProtobufMessage>, _ source: ByteSource, of function: String?, _ arguments: [String],
        _ inner: inout [ByteSource]
    ) {
        var strings: TensorFlowStrings?
        calls.begin(nodes, source, of: function, arguments)
        for node in nodes {
            let operation = node.string("op") ?? ""
            note(operation)
            let isOwn = TensorFlowRegistry.operators.contains(operation)
            calls.add(node, operation, isOwn: isOwn)
            if operation == TensorFlowVersions.gradient { versions.add(gradient: node) }
            let isCut = TensorFlowStrings.collectGraphs(of: node, in: source, limits: limits, into: &inner)
            if isCut { skipped = "a constant of texts is beyond a limit" }
            if operation == "PrintV2", let stream = node.tensorFlowAttribute("output_stream")?.string("s"),
                stream.hasPrefix("file:")
            {
                streams.insert(operation)
            }
            guard isOwn, let (use, inputs) = TensorFlowEffects.paths[operation] else { continue }
            let given = node.strings("input").lazy.filter { !$0.hasPrefix("^") }.prefix(1 + (inputs.max() ?? 0))
            let known = strings ?? TensorFlowStrings(nodes, in: source, limits: limits)
            strings = known
            for (position, input) in given.enumerated() where inputs.contains(position) {
                note(known.constants(reaching: input, &stepsLeft), of: operation, use, in: function)
            }
        }
    }

    /// What the path is made of that `operation` is given.
    private mutating func note(
        _ origin: TensorFlowStrings.Origin, of operation: String, _ use: TensorFlowEffects.PathUse, in function: String?
    ) {
        let paths: [String]
        switch origin {
        case .constants(let found): paths = found
        case .given(let arguments, let found):
            paths = found
            // A checkpoint is none the worse for where it lies.
            if use != .restores { calls.note(operation, in: function, by: arguments) }
        case .unseen:
            if use != .restores { skipped = "a path is computed, or the ways to it are too many to follow" }
            return
        }
        // What tf.train.Saver of TensorFlow 1 has when nobody says where.
        guard paths.contains(where: Self.leaves) else { return }
        switch use {
        case .writes: writtenPaths.insert(operation)
        case .reads: readPaths.insert(operation)
        case .restores: restoredPaths.insert(operation)
        }
    }

    /// Whether a path leads anywhere but into the folder where the program runs.
    static func leaves(_ path: String) -> Bool {
        path.hasPrefix("/") || path.hasPrefix("\\") || path.hasPrefix("~") || path.contains(":")
            || path.split(whereSeparator: { $0 == "/" || $0 == "\\" }).contains("..")
    }

    /// What loading the graphs takes.
    struct Need {
        var verdict = Loading.Verdict.dataOnly
        /// Modules that register further operators.
        var first: Set<String> = []
        var packages: Set<String> = []
        /// The releases of TensorFlow that take the graphs.
        var releases = Requirements(["tensorflow"])

        func loading(call: String?) -> Loading {
            var loading = Loading(verdict, call: call, requires: releases.list + packages.sorted())
            loading.first = first.isEmpty ? nil : first.sorted()
            return loading
        }
    }

    /// Says what the graphs reach.
    func report(into result: inout ProbeResult) -> Need {
        var need = Need()
        if compiled > 0 {
            result.report(
                .note, code: "tensorflow.xla",
                "functions that XLA compiles when they are run (jit_compile): \(compiled); if the model needs that, its "
                    + "mlm:compile_method is jit, and mlm:accelerator names xla",
                at: "library.function: _XlaMustCompile")
        }
        func find(_ found: Set<String>, _ code: String, _ message: String, _ worse: Loading.Verdict) {
            guard !found.isEmpty else { return }
            need.verdict = max(need.verdict, worse)
            let list = found.sorted().prefix(32).joined(separator: ", ")
            result.report(.warning, code: code, message, at: "graph: " + list)
        }
        func find(_ group: Set<String>, in code: String, _ message: String, _ worse: Loading.Verdict) {
            find(names.intersection(group), code, message, worse)
        }
        find(
            TensorFlowEffects.python, in: "tensorflow.python-operator",
            "runs Python functions of the program that wrote it; elsewhere those parts cannot run", .needsCode)
        find(
            TensorFlowEffects.native, in: "tensorflow.native-operator",
            "runs native code that it names or carries itself", .needsCode)
        find(TensorFlowEffects.reads, in: "tensorflow.reads-files", "reads files when it is run", .dangerous)
        find(
            TensorFlowEffects.pipelines.subtracting(readPaths), in: "tensorflow.input-pipeline",
            "reads record files when it is run; its inputs name them", .dataOnly)
        let given = calls.given(limits)
        find(
            readPaths.union(given.operations.filter { TensorFlowEffects.readers[$0] != nil }), "tensorflow.reads-files",
            "reads files when it is run, by a path that the graph itself holds",
            .dangerous)
        find(TensorFlowEffects.writes, in: "tensorflow.writes-files", "writes files when it is run", .dangerous)
        find(
            writtenPaths.union(streams).union(given.operations.filter { TensorFlowEffects.savers[$0] != nil }),
            "tensorflow.writes-files",
            "writes a file when it is run, to a path that is in the graph", .dangerous)
        if !restoredPaths.isEmpty {
            result.report(
                .note, code: "tensorflow.restores",
                "reads values of variables from a checkpoint whose path is in the graph, when that part of it is run, "
                    + "as in a warm start",
                at: "graph: " + restoredPaths.sorted().joined(separator: ", "))
        }
        find(
            TensorFlowEffects.network, in: "tensorflow.network", "may reach other machines when it is run", .dangerous)
        custom(&need, &result)
        versions.need(&need.releases, operators: names.subtracting(functions), into: &result)
        let unseen = given.isUnseen ? "a path that a function is given is computed" : nil
        if let skipped = skipped ?? unseen ?? (given.isCut ? "calls of functions are too many to follow" : nil) {
            need.verdict = max(need.verdict, .incomplete)
            result.report(.warning, code: "tensorflow.not-all-read", "\(skipped): what is in it is unknown")
        }
        return need
    }

    /// Operators that TensorFlow itself has not.
    private func custom(_ need: inout Need, _ result: inout ProbeResult) {
        let unknown = names.filter { !TensorFlowRegistry.operators.contains($0) && !functions.contains($0) }.sorted()
        guard !unknown.isEmpty || hasMore else { return }
        need.verdict = max(need.verdict, .needsCode)
        var byLibrary: [String: [String]] = [:]
        for name in unknown {
            let library = TensorFlowEffects.library(of: name)
            if let library {
                need.first.insert(library.module)
                need.packages.insert(library.package)
            }
            byLibrary[library?.package ?? "", default: []].append(name)
        }
        for (package, operations) in byLibrary.sorted(by: { $0.key < $1.key }) {
            let list = ShortList.text(operations)
            let library = package.isEmpty ? "a library that registers them" : "the package \(package)"
            result.report(
                .warning, code: "tensorflow.custom-operators",
                "operators that TensorFlow does not have (\(list)) need \(library), whose code runs", at: "graph")
        }
    }
}
