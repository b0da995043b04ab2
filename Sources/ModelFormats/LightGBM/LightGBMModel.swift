import ModelBytes
import ModelContainers
import ModelJSON

/// What a LightGBM model text says before and behind its trees. Trees are counted, never read.
///
/// Source: `GBDT::SaveModelToString` and `LoadModelFromString`, src/boosting/gbdt_model_text.cpp of LightGBM.
struct LightGBMModel {
    /// Of the format: `v2` to `v4`.
    var version: String?
    var objective: String?
    /// `sigmoid:1` behind the objective's name.
    var objectiveParameters = JSONObject()
    var classes = 1
    var treesPerIteration = 1
    var features = 0
    /// Trees are averaged, not added: a random forest.
    var averagesOutput = false
    private(set) var columns: TableColumns
    /// How many infos there were, one a feature.
    private(set) var infos = 0
    private(set) var trees = 0
    /// Whether every tree begins where `tree_sizes` says, as LightGBM itself takes it.
    private(set) var sizesFit = true
    /// The block of parameters, typed where they are numbers.
    private(set) var parameters = JSONObject()
    /// The categories of pandas columns, one list for each of them.
    private(set) var categories: JSONValue?

    /// The leaves hold linear models of their own, as the parameters of the training say.
    var hasLinearTrees: Bool { parameters["linear_tree"].flatMap { $0.int ?? ($0.bool == true ? 1 : 0) } == 1 }

    private let limits: Limits

    init(_ source: ByteSource, limits: Limits) throws(InspectionError) {
        self.limits = limits
        columns = TableColumns(limits: limits)
        var lines = TextLines(source, limits: limits)
        guard let first = try lines.next(prefix: 16), first == Array("tree".utf8) else {
            throw InspectionError(.malformed, "does not begin with a line \"tree\"", entry: source.entry, offset: 0)
        }
        let sizes = try header(&lines, source)
        try countTrees(&lines, source, sizes)
        try footer(&lines)
    }

    /// Up to the first tree, whose line is still to come; returns the bytes of each tree, when they are there.
    private mutating func header(
        _ lines: inout TextLines, _ source: ByteSource
    ) throws(InspectionError) -> [Int]? {
        var sizes: [Int]?
        var names: [UInt8] = []
        var infos: [UInt8] = []
        while true {
            let start = lines.offset
            guard let line = try lines.next() else { break }
            if line.starts(with: "Tree=".utf8) || line.starts(with: "end of trees".utf8) {
                try lines.seek(to: start)
                break
            }
            let equals = line.firstIndex(of: UInt8(ascii: "=")) ?? line.endIndex
            let value = line[min(equals + 1, line.endIndex)...]
            func integer() throws(InspectionError) -> Int {
                let text = String(decoding: value.prefix(40), as: UTF8.self)
                // As wide as LightGBM's own int.
                guard let number = Int32(text), number >= 0 else {
                    throw InspectionError(
                        .malformed, "\(String(decoding: line[..<equals], as: UTF8.self)) is \"\(text)\", no number",
                        entry: source.entry, offset: start)
                }
                return Int(number)
            }
            switch String(decoding: line[..<equals].prefix(40), as: UTF8.self) {
            case "version": version = String(decoding: value.prefix(16), as: UTF8.self)
            case "num_class": classes = try integer()
            case "num_tree_per_iteration": treesPerIteration = try integer()
            case "max_feature_idx": features = try integer() + 1
            case "objective": objective(value)
            case "average_output": averagesOutput = true
            case "feature_names": names = Array(value)
            case "feature_infos": infos = Array(value)
            case "tree_sizes": sizes = Self.sizes(value)
            default: break
            }
        }
        fillColumns(names, infos)
        return sizes
    }

    private mutating func objective(_ value: ArraySlice<UInt8>) {
        let words = String(decoding: value.prefix(4_096), as: UTF8.self).split(separator: " ")
        guard let name = words.first else { return }
        objective = String(name)
        for word in words.dropFirst() {
            let parts = word.split(separator: ":", maxSplits: 1)
            // A word alone is a switch that is on: `regression sqrt`.
            objectiveParameters[String(parts[0])] = parts.count > 1 ? PlainText.value(parts[1]) : true
        }
    }

    private mutating func fillColumns(_ names: [UInt8], _ infos: [UInt8]) {
        Self.forEachWord(names) { columns.add(Feature(name: String(decoding: $0, as: UTF8.self))) }
        var index = 0
        Self.forEachWord(infos) { word in
            columns.change(index) { Self.fill(&$0, from: word, limits: limits) }
            index += 1
        }
        self.infos = index
    }

    /// `[0.5:7]` is a range, `-1:0:1` a list of categories, `none` a feature that was constant.
    ///
    /// Source: `BinMapper::bin_info_string`, include/LightGBM/bin.h.
    private static func fill(_ feature: inout Feature, from word: ArraySlice<UInt8>, limits: Limits) {
        if word.first == UInt8(ascii: "["), word.last == UInt8(ascii: "]") {
            let ends = String(decoding: word.dropFirst().dropLast(), as: UTF8.self).split(separator: ":")
            let numbers = ends.compactMap { Double($0) }
            if numbers.count == 2, ends.count == 2, numbers.allSatisfy(\.isFinite) { feature.range = numbers }
        } else if !word.elementsEqual("none".utf8), word.count <= 1 << 16 {
            let codes = String(decoding: word, as: UTF8.self).split(separator: ":")
            guard codes.count <= limits.listedValues.value, codes.allSatisfy({ Int($0) != nil }) else { return }
            feature.dataType = "categorical"
            // A negative code stands for a missing value.
            let known = codes.filter { !$0.hasPrefix("-") }
            feature.categories = known.isEmpty ? nil : known.map(String.init)
        }
    }

    private static func forEachWord(_ text: [UInt8], _ body: (ArraySlice<UInt8>) -> Void) {
        var start = 0
        for index in text.indices where text[index] == UInt8(ascii: " ") {
            if index > start { body(text[start..<index]) }
            start = index + 1
        }
        if start < text.count { body(text[start...]) }
    }

    private static func sizes(_ value: ArraySlice<UInt8>) -> [Int]? {
        var sizes: [Int] = []
        var isSound = true
        forEachWord(Array(value)) { word in
            guard let size = Int32(String(decoding: word, as: UTF8.self)), size > 0 else {
                isSound = false
                return
            }
            sizes.append(Int(size))
        }
        return isSound && !sizes.isEmpty ? sizes : nil
    }

    /// Moves behind the trees: at once when their sizes lead there, else by each of their sizes, as LightGBM itself does,
    /// else line by line.
    private mutating func countTrees(
        _ lines: inout TextLines, _ source: ByteSource, _ sizes: [Int]?
    ) throws(InspectionError) {
        let start = lines.offset
        if let sizes {
            // No sum of an int for each byte of the file overflows.
            let bytes = sizes.reduce(0, +)
            if bytes <= source.count - start {
                try lines.seek(to: start + bytes)
                if try lines.next(prefix: 16) == Array("end of trees".utf8) {
                    trees = sizes.count
                    return
                }
                if try begin(sizes, at: start, &lines) {
                    trees = sizes.count
                    try lines.seek(to: start + bytes)
                    return
                }
            }
            sizesFit = false
            try lines.seek(to: start)
        }
        try countLines(&lines, source)
    }

    /// Whether a tree begins wherever one has to.
    private func begin(_ sizes: [Int], at start: Int, _ lines: inout TextLines) throws(InspectionError) -> Bool {
        var offset = start
        for size in sizes {
            try lines.seek(to: offset)
            guard try lines.next(prefix: 16)?.starts(with: "Tree=".utf8) == true else { return false }
            offset += size
        }
        return true
    }

    /// Up to what follows the trees. Nothing has to, since LightGBM stops at what is no tree: then the last one is whole
    /// when its last line is there, and no size says that more should follow.
    private mutating func countLines(_ lines: inout TextLines, _ source: ByteSource) throws(InspectionError) {
        var last: [UInt8] = []
        while true {
            let offset = lines.offset
            guard let line = try lines.next(prefix: 24) else { break }
            if line.starts(with: "Tree=".utf8) { trees += 1 }
            if line == Array("end of trees".utf8) { return }
            if Self.endings.contains(where: { line.starts(with: $0.utf8) }) {
                try lines.seek(to: offset)
                return
            }
            if !line.isEmpty { last = line }
        }
        guard sizesFit, trees > 0, last.starts(with: "shrinkage=".utf8) else { throw Self.cut(source) }
    }

    private static let endings = ["feature importances:", "feature_importances:", "parameters:", "pandas_categorical:"]

    private static func cut(_ source: ByteSource) -> InspectionError {
        InspectionError(
            .truncated, "ends among its trees, without a line \"end of trees\"", entry: source.entry,
            offset: source.count)
    }

    private mutating func footer(_ lines: inout TextLines) throws(InspectionError) {
        var isParameter = false
        while true {
            let start = lines.offset
            guard let line = try lines.next(prefix: 32) else { return }
            if line == Array("parameters:".utf8) {
                isParameter = true
            } else if line == Array("end of parameters".utf8) {
                isParameter = false
            } else if isParameter, line.first == UInt8(ascii: "[") {
                try lines.seek(to: start)
                if let line = try lines.next() { parameter(line) }
            } else if line.starts(with: "pandas_categorical:".utf8) {
                try lines.seek(to: start)
                if let line = try lines.next() { pandas(line) }
            }
        }
    }

    /// `[learning_rate: 0.1]`
    private mutating func parameter(_ line: [UInt8]) {
        guard line.count <= 1 << 16, line.last == UInt8(ascii: "]"), parameters.count < limits.listedValues.value else {
            return
        }
        let parts = line.dropFirst().dropLast().split(separator: UInt8(ascii: ":"), maxSplits: 1)
        guard parts.count == 2 else { return }
        let key = String(decoding: parts[0], as: UTF8.self)
        guard !Self.ofTheRun.contains(key), !key.hasPrefix("gpu_") else { return }
        let value = String(decoding: parts[1].drop { $0 == UInt8(ascii: " ") }, as: UTF8.self)
        parameters[key] = PlainText.value(value[...])
    }

    /// What says where and how the training ran, not what it made.
    private static let ofTheRun: Set<String> = [
        "data", "valid", "config", "input_model", "output_model", "output_result", "machines", "num_machines",
        "machine_list_filename", "local_listen_port", "time_out", "forcedsplits_filename", "forcedbins_filename",
        "parser_config_file", "num_threads", "num_gpu", "verbosity", "snapshot_freq",
    ]

    private mutating func pandas(_ line: [UInt8]) {
        let json = Array(line.dropFirst("pandas_categorical:".utf8.count))
        // The line is the last of the file, and no loader fails for it.
        guard let lists = (try? JSONValue.parse(json, limits: limits, dialect: .python))?.array, !lists.isEmpty,
            lists.reduce(0, { $0 + ($1.array?.count ?? 0) }) <= limits.listedValues.value
        else { return }
        categories = .array(lists)
    }
}
