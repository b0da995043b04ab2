public import ModelBytes

/// What reads a tree of objects, arrays and plain values forwards, building only what is asked for, however it is encoded:
/// JSON as text, or one of its binary forms.
///
/// What is written against it reads all of these encodings. The members mean what they do in `JSONScanner`.
public protocol DocumentScanner: ~Copyable {
    /// Position in the source.
    var offset: Int { get }
    mutating func kind() throws(InspectionError) -> JSONScanner.Kind
    mutating func object(_ member: (JSONKey, inout Self) throws -> Void) throws(InspectionError)
    mutating func array(_ element: (inout Self) throws -> Void) throws(InspectionError)
    mutating func string() throws(InspectionError) -> String
    mutating func int() throws(InspectionError) -> Int
    mutating func double() throws(InspectionError) -> Double
    /// The number that comes next, with all of its digits; a text for one that is not finite.
    mutating func numberValue() throws(InspectionError) -> JSONValue
    mutating func bool() throws(InspectionError) -> Bool
    mutating func null() throws(InspectionError) -> Bool
    mutating func skip() throws(InspectionError)
    /// How many elements the array has that comes next, which is passed.
    mutating func count() throws(InspectionError) -> Int
}

extension JSONScanner: DocumentScanner {
    public mutating func numberValue() throws(InspectionError) -> JSONValue { .number(try number()) }

    public mutating func count() throws(InspectionError) -> Int {
        var count = 0
        try array { _ in count += 1 }
        return count
    }
}

extension DocumentScanner where Self: ~Copyable {
    /// The plain value that comes next: text, number, true, false or null; nil for an object or array, which is not passed.
    public mutating func plainValue() throws(InspectionError) -> JSONValue? {
        switch try kind() {
        case .object, .array: return nil
        case .string: return .string(try string())
        case .bool: return .bool(try bool())
        case .number: return try numberValue()
        case .null:
            _ = try null()
            return .null
        }
    }
}
