import ModelBytes
import ModelContainers
import ModelJSON

/// The categories of one feature as xgboost 3.1 and later keep them: texts as their bytes in a row and where each begins,
/// or whole numbers and their type; both empty for a feature that has none.
///
/// Source: src/data/cat_container.cc and src/data/cat_container.h of dmlc/xgboost.
struct XGBoostCategories: Hashable {
    /// As xgboost itself takes them.
    let values: [String]
    /// Some are beyond ASCII: where texts come from pandas, xgboost up to 3.2 counts their characters for bytes, so that
    /// the texts end in the wrong places.
    let mayBeCut: Bool

    /// Bytes of texts or numbers of one feature that are looked at.
    private static let most = 1 << 16

    static func read<Scanner: DocumentScanner & ~Copyable>(
        _ scanner: inout Scanner, limits: Limits
    ) throws(InspectionError) -> XGBoostCategories? {
        guard try scanner.kind() == .object else { return nil }
        var offsets: [Int]?
        var values: [Int]?
        try scanner.object { key, scanner in
            guard try scanner.kind() == .array else { return }
            switch key {
            case "offsets": offsets = try integers(&scanner)
            case "values": values = try integers(&scanner)
            default: break
            }
        }
        guard let values else { return nil }
        let found = offsets.map { texts(values, at: $0) } ?? values.map(String.init)
        guard let texts = found, !texts.isEmpty, texts.count <= limits.listedValues.value else { return nil }
        return XGBoostCategories(
            values: texts, mayBeCut: offsets != nil && !values.allSatisfy { (0..<0x80).contains($0) })
    }

    /// Nil when there are too many, or others than whole numbers.
    private static func integers<Scanner: DocumentScanner & ~Copyable>(
        _ scanner: inout Scanner
    ) throws(InspectionError) -> [Int]? {
        var values: [Int] = []
        var isSound = true
        try scanner.array { scanner in
            guard isSound, values.count < most, case .number(let number)? = try scanner.plainValue(),
                let value = number.int
            else {
                isSound = false
                return
            }
            values.append(value)
        }
        return isSound ? values : nil
    }

    /// Nil also where a text is no UTF-8, of which xgboost makes no text either. Bytes are written as int8.
    private static func texts(_ values: [Int], at offsets: [Int]) -> [String]? {
        guard offsets.last ?? 0 == values.count, values.allSatisfy({ (-0x80...0xFF).contains($0) }) else { return nil }
        let bytes = values.map { UInt8(truncatingIfNeeded: $0) }
        var texts: [String] = []
        for (start, end) in zip(offsets, offsets.dropFirst()) {
            guard start >= 0, start <= end, end <= bytes.count,
                let text = String(validating: bytes[start..<end], as: UTF8.self)
            else { return nil }
            texts.append(text)
        }
        return texts
    }
}
