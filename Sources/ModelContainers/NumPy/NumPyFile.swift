package import ModelBytes
package import ModelJSON

/// The header of a `.npy` file: `{'descr': '<f8', 'fortran_order': False, 'shape': (3, 4), }` behind a magic number, a
/// version and its own length (numpy/lib/_format_impl.py).
package struct NumPyFile {
    package let shape: [Int]
    /// nil for a structured type.
    package let type: NumPyType?
    package let isFortranOrder: Bool
    /// Elements are Python objects, or have some among their fields, or may: what follows the header is then a pickle.
    package let holdsObjects: Bool
    /// How many elements; never overflows.
    package let count: Int
    /// Where the elements begin.
    package let dataOffset: Int
    /// What it was read from.
    package let source: ByteSource

    package static let magic: [UInt8] = [0x93] + Array("NUMPY".utf8)
    /// numpy itself refuses longer ones (`_MAX_HEADER_SIZE`).
    private static let largestHeader = 10_000

    package init(_ source: ByteSource) throws(InspectionError) {
        var cursor = ByteCursor(source, window: .sparse)
        guard try cursor.bytes(6) == Self.magic else { throw cursor.malformed("no .npy magic number") }
        let version = try cursor.byte()
        _ = try cursor.byte()
        guard (1...3).contains(version) else {
            throw InspectionError(.unsupported, "a .npy file of version \(version)", entry: source.entry)
        }
        let length = try cursor.length(version == 1 ? 2 : 4)
        guard length <= Self.largestHeader else { throw cursor.malformed("a .npy header of \(length) bytes") }
        let text = String(decoding: try cursor.bytes(length), as: UTF8.self)
        let header = NumPyHeader.dictionary(text)
        guard let shape = header.map({ Self.shape($0["shape"]) }) ?? Self.shape(in: text),
            let count = TensorSize.elements(shape)
        else { throw cursor.malformed("a .npy header without a shape") }
        self.source = source
        self.shape = shape
        self.count = count
        if case .text(let description)? = header?["descr"] {
            type = NumPyType(description: description)
        } else {
            type = nil
        }
        isFortranOrder = header?["fortran_order"] == .word("True")
        // numpy looks at no more than this before it unpickles what follows, so that doubt counts as objects.
        holdsObjects = !(header?["descr"].map { NumPyHeader.isPlain($0) } ?? false)
        dataOffset = cursor.offset
    }

    /// Its elements in order, when it has at most one dimension and `limit` of them, and they are plain.
    package func values(upTo limit: Int) throws(InspectionError) -> [JSONValue]? {
        guard shape.count <= 1, count <= limit, let type, type.itemSize <= 1_024, !type.holdsObjects else { return nil }
        return type.values(try source.bytes(at: dataOffset, count: count * type.itemSize), count: count)
    }

    private static func shape(_ value: NumPyHeader.Value?) -> [Int]? {
        guard case .list(let sizes)? = value, sizes.count <= 64 else { return nil }
        var shape: [Int] = []
        for size in sizes {
            guard case .number(let size) = size, size >= 0 else { return nil }
            shape.append(size)
        }
        return shape
    }

    /// Of a header that is written as no writer known here does.
    private static func shape(in text: String) -> [Int]? {
        guard let start = text.range(of: "'shape':")?.upperBound else { return nil }
        let rest = text[start...].drop { $0 == " " }
        guard rest.first == "(", let end = rest.firstIndex(of: ")") else { return nil }
        var shape: [Int] = []
        for part in rest[rest.index(after: rest.startIndex)..<end].split(separator: ",").prefix(65) {
            let digits = part.filter { $0 != " " && $0 != "L" }
            if digits.isEmpty { continue }
            guard let size = Int(digits), size >= 0 else { return nil }
            shape.append(size)
        }
        return shape.count <= 64 ? shape : nil
    }
}

extension String {
    /// Where `text` first stands; of bytes, since Foundation's search is not at hand.
    fileprivate func range(of text: String) -> Range<String.Index>? {
        var start = startIndex
        while start < endIndex {
            if self[start...].hasPrefix(text) { return start..<index(start, offsetBy: text.count) }
            start = index(after: start)
        }
        return nil
    }
}
