import ModelBytes
import ModelContainers
import ModelJSON

/// The old binary form: structures of C as they lay in memory. Written by default up to xgboost 1.x, read up to 3.0.
///
/// Source: src/learner.cc (`LearnerModelParamLegacy`), src/gbm/gbtree_model.h, include/xgboost/tree_model.h of 1.7.
enum XGBoostBinary {
    /// The parameters of the learner take this much; the objective's name follows.
    static let parameterBytes = 136

    /// Where the parameters begin: at once, or behind `binf`. nil when no name of an objective stands behind them.
    static func start(_ head: [UInt8]) -> Int? {
        let start = head.starts(with: "binf".utf8) ? 4 : 0
        let place = start + parameterBytes
        guard head.count > place + 8 else { return nil }
        let length = head[place..<place + 8].reversed().reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
        guard (4...64).contains(length) else { return nil }
        let name = String(decoding: head[(place + 8)...].prefix(Int(length)), as: UTF8.self)
        return XGBoostObjective.isName(name) ? start : nil
    }

    /// What stands as base64 behind `bs64` and a tab: a model that was written as a line of text.
    ///
    /// Source: src/common/base64.h up to xgboost 1.x.
    static func decoded(_ source: ByteSource, limits: Limits) throws(InspectionError) -> ByteSource {
        let prefix = 5
        try limits.inflatedBytes.check(source.count, entry: source.entry)
        let text = try source.bytes(at: prefix, upTo: source.count - prefix).filter { $0 > 0x20 }
        guard let bytes = Base64.decode(String(decoding: text, as: UTF8.self)) else {
            throw InspectionError(.malformed, "the text after bs64 is not base64", entry: source.entry, offset: prefix)
        }
        return ByteSource(MemoryBytes(bytes), entry: source.entry)
    }
}

extension XGBoostModel {
    mutating func binary(_ source: ByteSource, at start: Int) throws(InspectionError) {
        guard let begin = XGBoostBinary.start(try source.bytes(at: 0, upTo: XGBoostEncoding.headBytes)) else {
            throw InspectionError(.malformed, "names no objective", entry: source.entry, offset: start)
        }
        var cursor = ByteCursor(source, at: begin, window: .wary)
        let score = Float(bitPattern: UInt32(try cursor.littleEndian(4)))
        features = Int(try cursor.littleEndian(4))
        let classes = try cursor.int32()
        let hasAttributes = try cursor.littleEndian(4) != 0
        _ = try cursor.littleEndian(4)
        let (major, minor) = (try cursor.littleEndian(4), try cursor.littleEndian(4))
        let targets = Int(try cursor.littleEndian(4))
        guard classes >= 0 else { throw cursor.malformed("a number of classes of \(classes)") }
        self.classes = classes
        if targets > 0 { self.targets = targets }
        // 0.x writes no version, and the base score as the objective's link function left it.
        if major > 0 { release = "\(major).\(minor)" }
        let value = PlainText.number("\(score)")
        if major > 0 { baseScore = value } else { baseMargin = value }
        try cursor.seek(to: begin + XGBoostBinary.parameterBytes)
        objective = try cursor.text(upTo: 64)
        booster = try cursor.text(upTo: 64)
        hasModel = true
        switch booster {
        case "gbtree": try skipTrees(&cursor)
        case "dart":
            try skipTrees(&cursor)
            // One weight a tree; 0.x leaves the list out when there are no trees.
            if trees != 0 { try cursor.skipList(width: 4) }
        case "gblinear":
            try cursor.skip(136)
            try cursor.skipList(width: 4)
        default: throw cursor.malformed("\"\(booster ?? "")\" is not a booster")
        }
        if hasAttributes { try binaryAttributes(&cursor) }
    }

    /// xgboost 1.0 to 1.2 pickle a Booster as this: a mark, the size of the binary model, the model, JSON.
    mutating func binaryWithConfiguration(_ source: ByteSource) throws(InspectionError) {
        var cursor = ByteCursor(source, at: "CONFIG-offset:".utf8.count)
        let size = try cursor.length(8)
        let model = try source.slice(at: cursor.offset, count: min(size, cursor.remaining))
        var scanner = JSONScanner(source, in: cursor.offset + model.count..<source.count, limits: limits)
        try binary(model, at: 0)
        try document(&scanner)
    }

    private mutating func skipTrees(_ cursor: inout ByteCursor) throws(InspectionError) {
        let begin = cursor.offset
        let count = try cursor.int32()
        guard count >= 0 else { throw cursor.malformed("a number of trees of \(count)") }
        trees = count
        // The second field was the number of roots before it became this; it is 1 in any model of those days.
        let parallel = try cursor.int32()
        if release != nil, parallel > 0 { parallelTrees = parallel }
        try cursor.seek(to: begin)
        try cursor.skip(160)
        for _ in 0..<count {
            let tree = cursor.offset
            _ = try cursor.littleEndian(4)
            let nodes = try cursor.int32()
            guard nodes > 0 else { throw cursor.malformed("a tree of \(nodes) nodes") }
            try cursor.seek(to: tree)
            try cursor.skip(20)
            // 2.0 made it 1 for a plain tree and wrote no vector with it any more.
            let leafVector = try cursor.littleEndian(4) > 1
            try cursor.seek(to: tree)
            // A node takes 20 bytes, its statistics 16; 2^31 of them are far from an overflow.
            try cursor.skip(148 + 36 * nodes)
            if leafVector { try cursor.skipList(width: 4) }
        }
        try cursor.skip(4 * count)
    }

    private mutating func binaryAttributes(_ cursor: inout ByteCursor) throws(InspectionError) {
        let count = try cursor.length(8)
        for _ in 0..<count {
            try limits.listedValues.check(attributes.count, entry: cursor.source.entry, offset: cursor.offset)
            let key = try cursor.text(upTo: limits.ubjsonTextBytes.value)
            let value = try cursor.text(upTo: limits.ubjsonTextBytes.value)
            if release != nil, key == "objective" {
                var scanner = JSONScanner(ByteSource(MemoryBytes(Array(value.utf8))), limits: limits)
                try objective(&scanner)
            } else if key.hasPrefix("SAVED_PARAM_") {
                settings[String(key.dropFirst(12))] = PlainText.value(value)
            } else {
                attributes[key] = .string(value)
            }
        }
    }
}

extension ByteCursor {
    fileprivate mutating func int32() throws(InspectionError) -> Int {
        Int(Int32(truncatingIfNeeded: try littleEndian(4)))
    }

    /// A text with its length before it.
    fileprivate mutating func text(upTo limit: Int) throws(InspectionError) -> String {
        let count = try length(8)
        guard count <= limit else { throw malformed("a text of \(count) bytes") }
        return String(decoding: try bytes(count), as: UTF8.self)
    }

    /// Passes a list with its count before it.
    fileprivate mutating func skipList(width: Int) throws(InspectionError) {
        let count = try length(8)
        guard count <= remaining / width else { throw truncated(count) }
        try skip(count * width)
    }
}
