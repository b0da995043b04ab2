package import ModelBytes
package import ModelJSON

/// Reads a UBJSON document forwards, value by value, building only what is asked for, as `JSONScanner` reads JSON.
///
/// An array of numbers that says how many it has is passed without being fetched: a model of hundreds of megabytes costs
/// the few bytes between its arrays. Limits: `ubjsonDepth`, `ubjsonTextBytes` for one text, and `ubjsonValues` for the
/// members and elements given to closures.
package struct UBJSONScanner: ~Copyable, DocumentScanner {
    private var cursor: ByteCursor
    private let depthLimit: Limits.Limit
    private let valuesLimit: Limits.Limit
    private let textLimit: Limits.Limit
    /// What the value is that comes next, once its marker has been passed.
    private var next: UBJSONMarker?
    private var depth = 0
    private var values = 0

    package init(_ source: ByteSource, limits: Limits) {
        // Wary: what follows a count may be payload.
        cursor = ByteCursor(source, window: .wary)
        depthLimit = limits.ubjsonDepth
        valuesLimit = limits.ubjsonValues
        textLimit = limits.ubjsonTextBytes
    }

    package var offset: Int { cursor.offset }

    package mutating func kind() throws(InspectionError) -> JSONScanner.Kind {
        guard let kind = try peekMarker().kind else { throw cursor.malformed("expected a value") }
        return kind
    }

    /// Calls `member` for each member of the object that comes next; a value that it leaves unread is skipped.
    package mutating func object(_ member: (JSONKey, inout UBJSONScanner) throws -> Void) throws(InspectionError) {
        guard try kind() == .object else { throw try mismatch(.object) }
        var container = try enter()
        while try another(in: &container) {
            let key = try text()
            try countValue()
            next = container.type
            _ = try peekMarker()
            do { try member(JSONKey(key), &self) } catch { throw inspectionError(error) }
            if next != nil { try skip() }
        }
        depth -= 1
    }

    /// Calls `element` for each element of the array that comes next; all as in `object(_:)`.
    package mutating func array(_ element: (inout UBJSONScanner) throws -> Void) throws(InspectionError) {
        guard try kind() == .array else { throw try mismatch(.array) }
        var container = try enter()
        while try another(in: &container) {
            try countValue()
            next = container.type
            _ = try peekMarker()
            do { try element(&self) } catch { throw inspectionError(error) }
            if next != nil { try skip() }
        }
        depth -= 1
    }

    package mutating func string() throws(InspectionError) -> String {
        guard try kind() == .string else { throw try mismatch(.string) }
        guard try takeMarker() == .string else { return String(decoding: [try cursor.byte()], as: UTF8.self) }
        return try text()
    }

    /// The number that comes next, if it is an integer and fits.
    package mutating func int() throws(InspectionError) -> Int {
        guard try kind() == .number else { throw try mismatch(.number) }
        let marker = try takeMarker()
        if marker.isInteger { return try integer(marker) }
        let value = try floatingPoint(marker)
        guard let int = Int(exactly: value) else { throw cursor.malformed("expected an integer of 64 bits") }
        return int
    }

    package mutating func double() throws(InspectionError) -> Double {
        guard try kind() == .number else { throw try mismatch(.number) }
        let marker = try takeMarker()
        return marker.isInteger ? Double(try integer(marker)) : try floatingPoint(marker)
    }

    package mutating func numberValue() throws(InspectionError) -> JSONValue {
        guard try kind() == .number else { throw try mismatch(.number) }
        let marker = try takeMarker()
        return marker.isInteger ? JSONValue(try integer(marker)) : JSONValue(try floatingPoint(marker))
    }

    package mutating func bool() throws(InspectionError) -> Bool {
        guard try kind() == .bool else { throw try mismatch(.bool) }
        return try takeMarker() == .yes
    }

    package mutating func null() throws(InspectionError) -> Bool {
        guard try kind() == .null else { return false }
        _ = try takeMarker()
        return true
    }

    /// Moves past the value that comes next, of any size, in constant memory; numbers that are counted are not fetched.
    package mutating func skip() throws(InspectionError) {
        var open: [Container] = []
        repeat {
            if let container = try skipOrEnter() { open.append(container) }
            while var last = open.popLast() {
                if try another(in: &last) {
                    open.append(last)
                    if last.isObject { try skipText() }
                    next = last.type
                    break
                }
                depth -= 1
            }
        } while !open.isEmpty
    }

    /// How many elements the array has that comes next, which is passed as `skip` passes it.
    package mutating func count() throws(InspectionError) -> Int {
        guard try kind() == .array else { throw try mismatch(.array) }
        var container = try enter()
        if let count = container.left, let width = container.type?.width {
            try cursor.skip(width == 0 ? 0 : count * width)
            depth -= 1
            return count
        }
        var count = 0
        while try another(in: &container) {
            count += 1
            next = container.type
            try skip()
        }
        depth -= 1
        return count
    }

    /// Whether nothing is left.
    package var isAtEnd: Bool { next == nil && cursor.isAtEnd }

    /// An object or array whose beginning has been passed.
    private struct Container {
        let isObject: Bool
        /// What all its values are; nil when each has a marker of its own.
        let type: UBJSONMarker?
        /// How many are still to come; nil when a bracket closes it.
        var left: Int?
    }

    /// Passes a plain value or an array whose size is known; an open container for any other.
    private mutating func skipOrEnter() throws(InspectionError) -> Container? {
        let marker = try peekMarker()
        switch marker {
        case .array, .object:
            let container = try enter()
            guard !container.isObject, let count = container.left, let width = container.type?.width else {
                return container
            }
            // The product fits: the count was held against what is left of the source.
            try cursor.skip(width == 0 ? 0 : count * width)
            depth -= 1
        case .string, .highPrecision:
            next = nil
            try skipText()
        default:
            next = nil
            try cursor.skip(marker.width ?? 0)
        }
        return nil
    }

    /// Passes the marker of an object or array, its type and its count.
    private mutating func enter() throws(InspectionError) -> Container {
        let isObject = try takeMarker() == .object
        depth += 1
        if depth > depthLimit.value {
            throw depthLimit.exceeded(by: depth, entry: cursor.source.entry, offset: offset)
        }
        var type: UBJSONMarker?
        if try cursor.peek() == UInt8(ascii: "$") {
            _ = try cursor.byte()
            type = try marker()
            guard try cursor.peek() == UInt8(ascii: "#") else {
                throw cursor.malformed("a container with a type has no count")
            }
        }
        guard try cursor.peek() == UInt8(ascii: "#") else { return Container(isObject: isObject, type: nil, left: nil) }
        _ = try cursor.byte()
        let count = try length()
        let least = (isObject ? 2 : 0) + (type?.leastBytes ?? 1)
        if least > 0, count > cursor.remaining / least {
            throw InspectionError(
                .truncated, "\(count) values do not fit the \(cursor.remaining) bytes that are left",
                entry: cursor.source.entry, offset: offset)
        }
        return Container(isObject: isObject, type: type, left: count)
    }

    /// Whether a container has another value; when it has none, its end is passed.
    private mutating func another(in container: inout Container) throws(InspectionError) -> Bool {
        if let left = container.left {
            container.left = left - 1
            return left > 0
        }
        try passNothing()
        let closing = container.isObject ? UInt8(ascii: "}") : UInt8(ascii: "]")
        guard try cursor.peek() == closing else { return true }
        _ = try cursor.byte()
        return false
    }

    private mutating func passNothing() throws(InspectionError) {
        while try cursor.peek() == UBJSONMarker.noOperation.rawValue { _ = try cursor.byte() }
    }

    private mutating func peekMarker() throws(InspectionError) -> UBJSONMarker {
        if let next { return next }
        try passNothing()
        let marker = try marker()
        next = marker
        return marker
    }

    private mutating func takeMarker() throws(InspectionError) -> UBJSONMarker {
        let marker = try peekMarker()
        next = nil
        return marker
    }

    private mutating func marker() throws(InspectionError) -> UBJSONMarker {
        let offset = cursor.offset
        let byte = try cursor.byte()
        guard let marker = UBJSONMarker(rawValue: byte) else {
            throw InspectionError(
                .malformed, "a byte \(byte) is not a UBJSON marker", entry: cursor.source.entry, offset: offset)
        }
        return marker
    }

    /// An integer of the type that `marker` says.
    private mutating func integer(_ marker: UBJSONMarker) throws(InspectionError) -> Int {
        let bits = try bigEndian(marker.width ?? 0)
        switch marker {
        case .int8: return Int(Int8(truncatingIfNeeded: bits))
        case .int16: return Int(Int16(truncatingIfNeeded: bits))
        case .int32: return Int(Int32(truncatingIfNeeded: bits))
        default: return Int(truncatingIfNeeded: bits)
        }
    }

    private mutating func floatingPoint(_ marker: UBJSONMarker) throws(InspectionError) -> Double {
        switch marker {
        case .float32: return Double(Float(bitPattern: UInt32(truncatingIfNeeded: try bigEndian(4))))
        case .float64: return Double(bitPattern: try bigEndian(8))
        default:
            guard let value = Double(try text()) else { throw cursor.malformed("a number is not written as one") }
            return value
        }
    }

    private mutating func bigEndian(_ width: Int) throws(InspectionError) -> UInt64 {
        var value: UInt64 = 0
        for _ in 0..<width { value = value << 8 | UInt64(try cursor.byte()) }
        return value
    }

    /// A length or count: an integer with its marker, not negative.
    private mutating func length() throws(InspectionError) -> Int {
        let marker = try marker()
        guard marker.isInteger else { throw cursor.malformed("expected a length") }
        let value = try integer(marker)
        guard value >= 0 else { throw cursor.malformed("a length is \(value)") }
        return value
    }

    private mutating func text() throws(InspectionError) -> String {
        let count = try length()
        try textLimit.check(count, entry: cursor.source.entry, offset: offset)
        return String(decoding: try cursor.bytes(count), as: UTF8.self)
    }

    private mutating func skipText() throws(InspectionError) { try cursor.skip(try length()) }

    private mutating func countValue() throws(InspectionError) {
        values += 1
        if values > valuesLimit.value {
            throw valuesLimit.exceeded(by: values, entry: cursor.source.entry, offset: offset)
        }
    }

    private mutating func mismatch(_ wanted: JSONScanner.Kind) throws(InspectionError) -> InspectionError {
        cursor.malformed("expected \(wanted), found \(try kind())")
    }

    private func inspectionError(_ error: any Error) -> InspectionError {
        error as? InspectionError ?? cursor.malformed("\(error)")
    }
}
