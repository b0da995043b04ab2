import SystemPackage

/// A path as the operating system has it: bytes without a NUL, which need not be UTF-8.
public struct PathBytes: Hashable, Sendable {
    public let bytes: [UInt8]

    /// Nil if the bytes cannot be a path: if they are empty or contain a NUL.
    public init?(_ bytes: [UInt8]) {
        guard !bytes.isEmpty, !bytes.contains(0) else { return nil }
        self.bytes = bytes
    }

    public init?(_ text: String) { self.init(Array(text.utf8)) }

    private init(unchecked bytes: [UInt8]) { self.bytes = bytes }

    /// As records and messages write it: the path itself where it is UTF-8. In one that is not, each byte that does not
    /// belong is percent-encoded, and so is `%`, so that no two such paths look alike and a reference made of it
    /// (RFC 3986) still leads to the file.
    public var spelling: String { Self.spelling(bytes[...]) }

    private static func spelling(_ bytes: ArraySlice<UInt8>) -> String {
        if let text = String(validating: bytes, as: UTF8.self) { return text }
        var text: [UInt8] = []
        var rest = bytes
        while let first = rest.first {
            // A scalar takes at most four bytes.
            let length = (1...4).first { String(validating: rest.prefix($0), as: UTF8.self) != nil }
            if let length, first != UInt8(ascii: "%") {
                text.append(contentsOf: rest.prefix(length))
            } else {
                let digits = String(first, radix: 16, uppercase: true)
                text.append(contentsOf: ("%" + (digits.utf8.count < 2 ? "0" : "") + digits).utf8)
            }
            rest = rest.dropFirst(length ?? 1)
        }
        return String(decoding: text, as: UTF8.self)
    }

    /// The path of `name` below this one.
    public func appending(_ name: some Collection<UInt8>) -> PathBytes {
        var joined = bytes
        joined.reserveCapacity(bytes.count + 1 + name.count)
        if joined.last != UInt8(ascii: "/") { joined.append(UInt8(ascii: "/")) }
        joined.append(contentsOf: name)
        return PathBytes(unchecked: joined)
    }

    /// Without slashes at its end; `/` stays what it is.
    public var trimmed: PathBytes {
        let end = bytes.lastIndex { $0 != UInt8(ascii: "/") } ?? 0
        return end == bytes.count - 1 ? self : PathBytes(unchecked: Array(bytes[...end]))
    }

    var filePath: FilePath {
        if let text = String(validating: bytes, as: UTF8.self) { return FilePath(text) }
        return unsafe FilePath(platformString: bytes.map { CChar(bitPattern: $0) } + [0])
    }
}
