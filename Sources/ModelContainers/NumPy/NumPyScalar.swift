import ModelBytes
package import ModelJSON

/// A numpy number in a pickle: `scalar(dtype, bytes)` (numpy/_core/src/multiarray/scalartypes.c.src, `gentype_reduce`).
package struct NumPyScalar {
    package let type: NumPyType
    package let value: JSONValue

    package init?(_ value: PickleValue) {
        guard let object = value.object, let (module, name) = object.callee.global, name == "scalar",
            NumPyArray.isMultiarray(module)
        else { return nil }
        let arguments = Array(object.arguments.elements.prefix(2))
        guard arguments.count == 2, let type = NumPyType(arguments[0]), type.itemSize <= 1_024, type.itemSize > 0,
            let bytes = Self.bytes(arguments[1]), bytes.count == type.itemSize, let json = type.value(bytes[...])
        else { return nil }
        self.type = type
        self.value = json
    }

    package var int: Int? { value.int }

    private static func bytes(_ value: PickleValue) -> [UInt8]? {
        if let place = value.bytes {
            guard place.count <= 1_024 else { return nil }
            // What cannot be read here is not known; the run itself has met the same bytes.
            return try? value.content(place.count)
        }
        if let utf8 = value.utf8 { return utf8.count <= 1_024 ? Array(utf8) : nil }
        // A byte of Latin-1 takes two at most.
        guard let object = value.object, object.callee.isGlobal("_codecs", "encode"),
            let text = object.arguments.elements.first?.utf8, text.count <= 2_048
        else { return nil }
        return NumPyArray.latin1(text)
    }

    /// A text of more bytes is no name, label or setting; thousands of values may share one.
    private static let longestText = 4_096

    /// A Python or numpy number, boolean or short text.
    package static func plain(_ value: PickleValue) -> JSONValue? {
        if let bool = value.bool { return .bool(bool) }
        if let int = value.int { return JSONValue(int) }
        if let double = value.double {
            // `nil` beside a JSONValue would be its null.
            guard double.isFinite else { return nil }
            return JSONValue(double)
        }
        if let text = value.string(upTo: longestText) { return .string(text) }
        return NumPyScalar(value)?.value
    }
}

extension NumPyType {
    /// The first `count` elements in `bytes`, which has so many; nil when one of them is not plain.
    func values(_ bytes: [UInt8], count: Int) -> [JSONValue]? {
        var values: [JSONValue] = []
        values.reserveCapacity(count)
        for index in 0..<count {
            let start = index * itemSize
            guard let value = value(bytes[start..<start + itemSize]) else { return nil }
            values.append(value)
        }
        return values
    }

    /// One element; nil when it is no plain number or text, or no finite one.
    func value(_ bytes: ArraySlice<UInt8>) -> JSONValue? {
        let ordered = isBigEndian ? Array(bytes.reversed()) : Array(bytes)
        switch (kind, itemSize) {
        case ("b", 1): return .bool(ordered[0] != 0)
        case ("i", 1...8):
            let unused = 64 - 8 * itemSize
            return JSONValue(Int(Int64(bitPattern: Self.word(ordered) << UInt64(unused)) >> Int64(unused)))
        case ("u", 1...8): return JSONValue(Self.word(ordered))
        case ("f", 4):
            let value = Float(bitPattern: UInt32(truncatingIfNeeded: Self.word(ordered)))
            guard value.isFinite else { return nil }
            return JSONValue(value)
        case ("f", 8):
            let value = Double(bitPattern: Self.word(ordered))
            guard value.isFinite else { return nil }
            return JSONValue(value)
        case ("U", _): return text(Array(bytes))
        case ("S", _):
            let text = bytes.prefix(bytes.lastIndex { $0 != 0 }.map { $0 - bytes.startIndex + 1 } ?? 0)
            return String(validating: text, as: UTF8.self).map { .string($0) }
        default: return nil
        }
    }

    private static func word(_ bytes: [UInt8]) -> UInt64 {
        bytes.reversed().reduce(0) { $0 << 8 | UInt64($1) }
    }

    /// UTF-32 without the zeros at its end.
    private func text(_ bytes: [UInt8]) -> JSONValue? {
        var scalars = String.UnicodeScalarView()
        var zeros = 0
        for start in stride(from: 0, to: bytes.count - 3, by: 4) {
            let four = Array(bytes[start..<start + 4])
            let point = Self.word(isBigEndian ? Array(four.reversed()) : four)
            if point == 0 {
                zeros += 1
                continue
            }
            guard let scalar = Unicode.Scalar(UInt32(truncatingIfNeeded: point)) else { return nil }
            while zeros > 0 {
                scalars.append("\0")
                zeros -= 1
            }
            scalars.append(scalar)
        }
        return .string(String(scalars))
    }
}
