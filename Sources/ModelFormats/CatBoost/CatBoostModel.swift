import ModelBytes
import ModelContainers
import ModelJSON

/// What a CatBoost model says of itself, binary or as JSON. Trees are counted, never read.
struct CatBoostModel {
    /// The format's own name for itself.
    var formatVersion: String?
    /// Numbers that the trees give for one row.
    var dimension: Int?
    var trees: Int?
    /// Columns by their place in the table.
    private(set) var columns: [Int: Feature] = [:]
    /// Whether there were more columns than are listed, or one that stands in no place.
    private(set) var isIncomplete = false
    var information = JSONObject()

    let limits: Limits

    init(limits: Limits) { self.limits = limits }

    /// A model in either form.
    static func read(_ source: ByteSource, limits: Limits) throws(InspectionError) -> CatBoostModel {
        var model = CatBoostModel(limits: limits)
        if try source.bytes(at: 0, upTo: 4) == Array("CBM1".utf8) {
            try model.binary(source)
        } else {
            try model.json(source)
        }
        return model
    }

    mutating func add(_ feature: Feature, at place: Int?) {
        guard let place, place >= 0, columns.count < limits.listedValues.value, columns[place] == nil else {
            isIncomplete = true
            return
        }
        columns[place] = feature
    }

    /// The columns in their order; nil when one is missing.
    var features: [Feature]? {
        guard !isIncomplete, !columns.isEmpty else { return nil }
        let ordered = (0..<columns.count).compactMap { columns[$0] }
        return ordered.count == columns.count ? ordered : nil
    }

    /// Keeps one entry of the model's information as its text; of several of one name the last counts.
    mutating func inform(_ key: String, _ text: String) {
        guard information.count < limits.listedValues.value else { return }
        information[key] = .string(text)
    }

    /// Makes values of the texts that are JSON, once all are there: a million entries may name one text. Of those that
    /// nobody asks for only that they are no plain text is kept.
    mutating func readInformation() {
        let texts = information.compactMap { key, value in value.string.map { (key, $0) } }
        for (key, text) in texts where text.utf8.first == UInt8(ascii: "{") {
            guard let value = try? JSONValue.parse(text, limits: limits, dialect: .python) else { continue }
            information[key] = Self.asked.contains(key) ? value : .null
        }
    }

    private static let asked: Set<String> = ["params", "class_params"]
}
