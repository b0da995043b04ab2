/// The start of an element as the parser has it, valid while it is handed over. Nothing is copied that is not asked for:
/// a forest has millions of elements, and of most of them the name is all that counts.
@safe
package struct XMLElement {
    private let name: UnsafePointer<CChar>
    /// Names and values by turns, up to a null.
    private let attributes: UnsafePointer<UnsafePointer<CChar>?>?
    /// How many elements this one is in; 0 for the root.
    package let depth: Int

    init(name: UnsafePointer<CChar>, attributes: UnsafePointer<UnsafePointer<CChar>?>?, depth: Int) {
        unsafe self.name = name
        unsafe self.attributes = attributes
        self.depth = depth
    }

    /// As it stands in the document, with its prefix.
    package var qualifiedName: String { unsafe String(cString: name) }

    /// What stands before the colon; empty when there is none.
    package var prefix: String {
        let name = qualifiedName
        return name.firstIndex(of: ":").map { String(name[..<$0]) } ?? ""
    }

    /// The name without its prefix.
    package var localName: String {
        let name = qualifiedName
        return name.firstIndex(of: ":").map { String(name[name.index(after: $0)...]) } ?? name
    }

    /// The value of the attribute of this name, entities resolved.
    package subscript(_ wanted: StaticString) -> String? {
        unsafe value(of: { unsafe Self.isSame($0, wanted) })
    }

    /// The value of an attribute whose name is no constant.
    package func attribute(_ wanted: String) -> String? {
        unsafe value(of: { unsafe String(cString: $0) == wanted })
    }

    private func value(of isWanted: (UnsafePointer<CChar>) -> Bool) -> String? {
        guard var next = unsafe attributes else { return nil }
        while let name = unsafe next.pointee, let value = unsafe next[1] {
            if unsafe isWanted(name) { return unsafe String(cString: value) }
            unsafe next += 2
        }
        return nil
    }

    /// Whether the name, with its prefix, is this one.
    package func isNamed(_ wanted: StaticString) -> Bool { unsafe Self.isSame(name, wanted) }

    /// The first byte of the name.
    package var initial: UInt8 { unsafe UInt8(bitPattern: name.pointee) }

    /// This element by its name without `prefix` and the colon; nil when it has another prefix. With an empty one it is
    /// this element, whose name then holds a colon if it has a prefix.
    package func without(prefix: String) -> XMLElement? {
        guard !prefix.isEmpty else { return self }
        var rest = unsafe name
        for byte in prefix.utf8 {
            guard unsafe UInt8(bitPattern: rest.pointee) == byte else { return nil }
            unsafe rest += 1
        }
        guard unsafe UInt8(bitPattern: rest.pointee) == UInt8(ascii: ":") else { return nil }
        return unsafe XMLElement(name: rest + 1, attributes: attributes, depth: depth)
    }

    /// A static string ends with a NUL, as the parser's do.
    private static func isSame(_ text: UnsafePointer<CChar>, _ wanted: StaticString) -> Bool {
        wanted.withUTF8Buffer { wanted in
            guard let start = wanted.baseAddress else { return unsafe text.pointee == 0 }
            var index = 0
            while index <= wanted.count {
                if unsafe UInt8(bitPattern: text[index]) != start[index] { return false }
                index += 1
            }
            return true
        }
    }
}
