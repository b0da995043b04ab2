import ModelBytes
import ModelContainers

/// `AbstractModel`: kind, task, and which columns of the data are label and features.
struct YggdrasilModel {
    let kind: String?
    let task: Int?
    let label: Int?
    private(set) var features: [Int] = []

    private static let mostFeatures = 1 << 20

    init(_ source: ByteSource) throws(InspectionError) {
        let outline = ProtobufOutline(source, fieldLimit: Self.mostFeatures)
        if case .broken(let error) = outline.end { throw error }
        kind = try outline.text(1, in: source)
        // By this name alone the library knows what to make of the rest.
        guard kind?.isEmpty == false else {
            throw InspectionError(.malformed, "names no kind of model", entry: source.entry)
        }
        task = outline.int(2)
        label = outline.int(3)
        for field in outline.fields where field.number == 5 {
            if field.wireType == .varint, let index = Int(exactly: field.value) { features.append(index) }
            if field.wireType == .len { features += try source.varints(field.payload) }
        }
    }

    var words: (task: String, tasks: [String])? {
        switch task {
        case 1: ("classification", ["classification"])
        case 2: ("regression", ["regression"])
        case 3: ("ranking", [])
        case 4: ("categorical uplift", [])
        case 5: ("numerical uplift", [])
        case 6: ("anomaly detection", [])
        case 7: ("survival analysis", [])
        default: nil
        }
    }
}

/// `DataSpecification`: a column for everything that the training table had.
struct YggdrasilColumns {
    struct Column {
        var name = ""
        var type = 0
        /// Categories by their index, the one for unknown values at 0.
        var categories: [String]?
        var range: [Double]?
    }

    private(set) var columns: [Column] = []

    init(_ source: ByteSource, limits: Limits) throws(InspectionError) {
        let outline = ProtobufOutline(source, fieldLimit: limits[YggdrasilLimits.columns].value)
        switch outline.end {
        case .broken(let error): throw error
        case .fieldLimit: throw limits[YggdrasilLimits.columns].reached(entry: source.entry)
        case .complete: break
        }
        // Those of all columns together have the same limit; of what is beyond it none are told.
        var categoriesLeft = limits[YggdrasilLimits.columns].value
        for field in outline.fields where field.number == 1 && field.wireType == .len {
            columns.append(try Self.column(source, field.payload, limits, &categoriesLeft))
        }
    }

    private static func column(
        _ source: ByteSource, _ range: Range<Int>, _ limits: Limits, _ categoriesLeft: inout Int
    ) throws(InspectionError) -> Column {
        let outline = ProtobufOutline(source, in: range)
        if case .broken(let error) = outline.end { throw error }
        var column = Column()
        column.type = outline.int(1) ?? 0
        column.name = try outline.text(2, in: source) ?? ""
        if let numerical = outline.first(5), numerical.wireType == .len {
            let inner = ProtobufOutline(source, in: numerical.payload)
            if let low = inner.float(2), let high = inner.float(3), low.isFinite, high.isFinite {
                column.range = [low, high]
            }
        }
        if let categorical = outline.first(6), categorical.wireType == .len {
            if categoriesLeft > 0 { column.categories = try categories(source, categorical.payload, limits) }
            categoriesLeft -= column.categories?.count ?? 0
        }
        return column
    }

    /// A map of words to their index and count; nil when it has gaps, and when the words were numbers from the start.
    private static func categories(
        _ source: ByteSource, _ range: Range<Int>, _ limits: Limits
    ) throws(InspectionError) -> [String]? {
        let outline = ProtobufOutline(source, in: range, fieldLimit: limits.listedValues.value + 16)
        guard outline.isComplete else { return nil }
        var words: [Int: String] = [:]
        for field in outline.fields where field.number == 7 && field.wireType == .len {
            let item = ProtobufOutline(source, in: field.payload)
            guard let word = try item.text(1, in: source), let value = item.first(2), value.wireType == .len else {
                continue
            }
            words[ProtobufOutline(source, in: value.payload).int(1) ?? 0] = word
        }
        guard !words.isEmpty else { return nil }
        var ordered: [String] = []
        for index in 0..<words.count {
            guard let word = words[index] else { return nil }
            ordered.append(word)
        }
        return ordered
    }
}
