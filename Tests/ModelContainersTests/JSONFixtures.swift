import ModelBytes
import ModelContainers
import ModelJSON
import Testing

extension JSONScanner {
    /// A scanner that has no more than `window` bytes in memory.
    init(_ bytes: [UInt8], window: Int, limits: Limits = Limits(), dialect: JSONDialect = []) {
        self.init(ByteSource(MemoryBytes(bytes)), limits: limits, dialect: dialect, windowSize: window)
    }

    init(_ text: String, window: Int, limits: Limits = Limits(), dialect: JSONDialect = []) {
        self.init(Array(text.utf8), window: window, limits: limits, dialect: dialect)
    }
}

/// The error that `body` throws; nil when it throws none.
func failure(_ body: () throws -> Void) -> InspectionError? {
    do {
        try body()
    } catch let error as InspectionError {
        return error
    } catch {
        Issue.record("an error of another type: \(error)")
    }
    return nil
}
