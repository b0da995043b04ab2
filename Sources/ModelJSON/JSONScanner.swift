public import ModelBytes

/// Reads a JSON document forwards, value by value, building only what is asked for.
///
///     var scanner = JSONScanner(source, limits: limits)
///     try scanner.object { key, scanner in
///         switch key {
///         case "dtype": dtype = try scanner.string()
///         case "shape": try scanner.array { scanner in shape.append(try scanner.int()) }
///         default: break  // a value that is not read is skipped
///         }
///     }
///     try scanner.end()
///
/// Everything that is passed is checked by RFC 8259, skipped or not: grammar, UTF-8, no control characters in strings.
/// A value of another kind than asked for is a `malformed` error. After an error the scanner is of no further use.
/// Limits: `jsonTextBytes` for a string or number that is read, `jsonDepth`, and `jsonValues` for the members and elements
/// given to closures or built. How long the document is does not matter: what is skipped is not kept.
public struct JSONScanner: ~Copyable {
    /// What a value is, by its first byte.
    public enum Kind: String, Sendable {
        case object, array, string, number, bool, null
    }

    /// Raising `Limits.jsonDepth` beyond this has no effect: values are built, written and freed by recursion.
    public static let deepest = 1_024

    private var window: JSONWindow
    let dialect: JSONDialect
    private let depthLimit: Limits.Limit
    private let valuesLimit: Limits.Limit
    /// The closing brackets that are still to come, the innermost last.
    private var open: [UInt8] = []
    private var values = 0

    /// Scans all of `source`, or the part in `range`; offsets are positions in `source` all the same.
    public init(_ source: ByteSource, in range: Range<Int>? = nil, limits: Limits, dialect: JSONDialect = []) {
        self.init(source, in: range, limits: limits, dialect: dialect, windowSize: JSONWindow.size)
    }

    package init(
        _ source: ByteSource, in range: Range<Int>? = nil, limits: Limits, dialect: JSONDialect = [], windowSize: Int
    ) {
        let whole = 0..<source.count
        self.window = JSONWindow(source, in: range?.clamped(to: whole) ?? whole, limits: limits, size: windowSize)
        self.dialect = dialect
        var depthLimit = limits.jsonDepth
        depthLimit.value = min(depthLimit.value, Self.deepest)
        self.depthLimit = depthLimit
        self.valuesLimit = limits.jsonValues
    }

    /// Position in the source: before a value that of its first byte, after it that of the byte behind it.
    public var offset: Int { window.offset }

    /// The kind of the value that comes next, without moving past it. `truncated` when there is none.
    @inline(__always)
    public mutating func kind() throws(InspectionError) -> Kind {
        switch try window.first() {
        case UInt8(ascii: "{"): return .object
        case UInt8(ascii: "["): return .array
        case UInt8(ascii: "\""): return .string
        case UInt8(ascii: "-"): return .number
        case let byte? where byte &- 0x30 < 10: return .number
        case UInt8(ascii: "t"), UInt8(ascii: "f"): return .bool
        case UInt8(ascii: "n"): return .null
        case UInt8(ascii: "N"), UInt8(ascii: "I"):
            if dialect.contains(.nonFiniteNumbers) { return .number }
            throw window.malformed("NaN and Infinity are not JSON")
        default: throw try window.unexpected("a value")
        }
    }

    /// Calls `member` for each member of the object that comes next; a value that it leaves unread is skipped.
    ///
    /// Throws what `member` throws. That is no typed throw, as otherwise every closure of several statements would need
    /// `throws(InspectionError)` spelt out; an error of another type becomes a `malformed` one.
    public mutating func object(_ member: (JSONKey, inout JSONScanner) throws -> Void) throws(InspectionError) {
        guard try enterObject() else { return }
        repeat {
            let key = try key()
            let start = try countValue()
            do { try member(key, &self) } catch { throw inspectionError(error) }
            if offset == start { try skip() }
        } while try another()
    }

    /// Calls `element` for each element of the array that comes next; all as in `object(_:)`.
    public mutating func array(_ element: (inout JSONScanner) throws -> Void) throws(InspectionError) {
        guard try enterArray() else { return }
        repeat {
            _ = try window.first()
            let start = try countValue()
            do { try element(&self) } catch { throw inspectionError(error) }
            if offset == start { try skip() }
        } while try another()
    }

    /// The string that comes next, its escapes resolved.
    public mutating func string() throws(InspectionError) -> String {
        guard try window.first() == UInt8(ascii: "\"") else { throw try mismatch(.string) }
        return try text().text
    }

    /// The number that comes next, with all of its digits.
    public mutating func number() throws(InspectionError) -> JSONNumber {
        guard try kind() == .number else { throw try mismatch(.number) }
        window.beginToken()
        try window.passNumber(dialect)
        return JSONNumber(checked: try window.endToken { JSONScanner.string($0, isASCII: true) })
    }

    /// The number that comes next, if it is an integer and fits, whichever way it is written; any other is a `malformed` error.
    public mutating func int() throws(InspectionError) -> Int {
        guard try kind() == .number else { throw try mismatch(.number) }
        let start = offset
        window.beginToken()
        try window.passNumber(dialect)
        guard let value = try window.endToken({ JSONNumber.integer($0, as: Int.self) }) else {
            throw window.malformed("expected an integer of 64 bits", at: start)
        }
        return value
    }

    /// The nearest `Double` to the number that comes next; one beyond its range is a `malformed` error.
    public mutating func double() throws(InspectionError) -> Double {
        let start = offset
        guard let value = try number().double else {
            throw window.malformed("the number is beyond the range of a double", at: start)
        }
        return value
    }

    /// The `true` or `false` that comes next.
    public mutating func bool() throws(InspectionError) -> Bool {
        guard try kind() == .bool else { throw try mismatch(.bool) }
        let value = try window.peek() == UInt8(ascii: "t")
        try window.passWord(value ? "true" : "false")
        return value
    }

    /// Moves past a null if one comes next; says whether.
    public mutating func null() throws(InspectionError) -> Bool {
        guard try kind() == .null else { return false }
        try window.passWord("null")
        return true
    }

    /// Moves past the value that comes next, of any size, in constant memory.
    public mutating func skip() throws(InspectionError) {
        let outside = open.count
        while true {
            switch try kind() {
            case .object:
                if try enterObject() {
                    try skipKey()
                    continue
                }
            case .array:
                if try enterArray() { continue }
            case .string: try skipText()
            case .number: try window.passNumber(dialect)
            case .bool: _ = try bool()
            case .null: _ = try null()
            }
            repeat {
                if open.count == outside { return }
            } while try !another()
            if open.last == UInt8(ascii: "}") { try skipKey() }
        }
    }

    /// Whether nothing but white space is left. When something is, it can be read as the next document.
    public mutating func isAtEnd() throws(InspectionError) -> Bool {
        try window.first() == nil
    }

    /// Throws `malformed` when anything but white space is left.
    public mutating func end() throws(InspectionError) {
        guard try isAtEnd() else { throw try window.unexpected("the end of the JSON") }
    }

    /// The error for a value of another kind than `wanted`.
    private mutating func mismatch(_ wanted: Kind) throws(InspectionError) -> InspectionError {
        window.malformed("expected \(wanted), found \(try kind())")
    }

    /// The error for a key that its object has already.
    func repeated(_ key: JSONKey) -> InspectionError {
        window.malformed("the key \"\(String(key.text.unicodeScalars.prefix(80)))\" occurs twice in one object")
    }

    private func inspectionError(_ error: any Error) -> InspectionError {
        error as? InspectionError ?? window.malformed("\(error)")
    }

    /// Moves past the opening bracket of `kind`; false when the closing one follows, which is passed, too.
    private mutating func enter(_ kind: Kind, _ opening: UInt8, closing: UInt8) throws(InspectionError) -> Bool {
        guard try window.first() == opening else { throw try mismatch(kind) }
        let depth = open.count + 1
        if depth > depthLimit.value {
            throw depthLimit.exceeded(by: depth, entry: window.source.entry, offset: offset)
        }
        window.next += 1
        guard try window.first() != closing else {
            window.next += 1
            return false
        }
        open.append(closing)
        return true
    }

    private mutating func enterObject() throws(InspectionError) -> Bool {
        try enter(.object, UInt8(ascii: "{"), closing: UInt8(ascii: "}"))
    }

    private mutating func enterArray() throws(InspectionError) -> Bool {
        try enter(.array, UInt8(ascii: "["), closing: UInt8(ascii: "]"))
    }

    /// After a value: moves past a comma, true; or past the closing bracket, false.
    @inline(__always)
    private mutating func another() throws(InspectionError) -> Bool {
        let byte = try window.first()
        if byte == UInt8(ascii: ",") {
            window.next += 1
            return true
        }
        guard let closing = open.last, byte == closing else {
            throw try window.unexpected(open.last == UInt8(ascii: "}") ? "',' or '}'" : "',' or ']'")
        }
        open.removeLast()
        window.next += 1
        return false
    }

    /// Counts the value that comes next; returns where it begins.
    private mutating func countValue() throws(InspectionError) -> Int {
        values += 1
        if values > valuesLimit.value {
            throw valuesLimit.exceeded(by: values, entry: window.source.entry, offset: offset)
        }
        return offset
    }

    /// Moves past a key, given or skipped, to the value that belongs to it.
    private mutating func key() throws(InspectionError) -> JSONKey {
        try beginKey()
        let (text, isASCII) = try text()
        try endKey()
        return JSONKey(text, isASCII: isASCII)
    }

    private mutating func skipKey() throws(InspectionError) {
        try beginKey()
        try skipText()
        try endKey()
    }

    private mutating func beginKey() throws(InspectionError) {
        guard try window.first() == UInt8(ascii: "\"") else { throw try window.unexpected("a key in quotes") }
    }

    private mutating func endKey() throws(InspectionError) {
        guard try window.first() == UInt8(ascii: ":") else { throw try window.unexpected("':'") }
        window.next += 1
        _ = try window.first()
    }

    private mutating func skipText() throws(InspectionError) {
        window.next += 1
        _ = try window.passString()
        window.next += 1
    }

    /// `isASCII` when that is known.
    @inline(__always)
    private mutating func text() throws(InspectionError) -> (text: String, isASCII: Bool) {
        let start = offset
        window.next += 1
        window.beginToken()
        let content = try window.passString()
        let isASCII = content.isEmpty
        let dialect = dialect
        let text = try window.endToken { raw in
            content.contains(.escapes)
                ? JSONEscapes.resolve(raw, dialect)
                : JSONScanner.string(raw, isASCII: isASCII)
        }
        window.next += 1
        guard let text else {
            throw window.malformed("a string has one half of a surrogate pair without the other", at: start)
        }
        return (text, isASCII)
    }

    /// The grammar has checked that `text` is UTF-8.
    private static func string(_ text: Span<UInt8>, isASCII: Bool) -> String {
        unsafe String(copying: UTF8Span(unchecked: text, isKnownASCII: isASCII))
    }
}
