/// A name that a pickle asks for, as the unpickler reads it.
struct PythonName: Hashable {
    let module: String
    let name: String

    /// Python 3 reads the names that Python 2 wrote, and protocols below 3 still write, by two maps.
    init(_ module: String, _ name: String) {
        if let modern = Self.renamed[module + " " + name], let space = modern.firstIndex(of: " ") {
            self.module = String(modern[..<space])
            self.name = String(modern[modern.index(after: space)...])
        } else {
            (self.module, self.name) = (Self.modern(module: module), name)
        }
    }

    /// `module.name`
    var path: String { "\(module).\(name)" }

    /// Whether both are what can stand behind `import`: words between dots.
    static func isPlain(_ module: String, _ name: String) -> Bool {
        isDotted(module) && isDotted(name)
    }

    private static func isDotted(_ text: String) -> Bool {
        var isStart = true
        for byte in text.utf8 {
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "_"),
                0x80...:
                isStart = false
            case UInt8(ascii: "0")...UInt8(ascii: "9"):
                if isStart { return false }
            case UInt8(ascii: "."):
                if isStart { return false }
                isStart = true
            default: return false
            }
        }
        return !isStart
    }

    static func modern(module: String) -> String { modules[module].map(String.init) ?? module }

    /// Module from, module to.
    private static let modules = WordLines(PythonTwoNames.modules)

    /// Module and name from, module and name to.
    private static let renamed = WordLines(PythonTwoNames.names)
}
