/// A name that a pickle asks for, as the unpickler reads it.
struct PythonName: Hashable {
    let module: String
    let name: String

    /// Python 3 reads the names that Python 2 wrote, and protocols below 3 still write, by two maps.
    init(_ module: String, _ name: String) {
        if let (modern, own) = Self.renamed[module + " " + name] {
            (self.module, self.name) = (modern, own)
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

    static func modern(module: String) -> String { modules[module] ?? module }

    /// Read from lines of two words: from, to.
    private static let modules: [String: String] = {
        let words = [String](words: PythonTwoNames.modules)
        var modules: [String: String] = [:]
        for at in stride(from: 0, to: words.count - 1, by: 2) { modules[words[at]] = words[at + 1] }
        return modules
    }()

    /// Read from lines of four words: module and name from, module and name to.
    private static let renamed: [String: (String, String)] = {
        let words = [String](words: PythonTwoNames.names)
        var renamed: [String: (String, String)] = [:]
        for at in stride(from: 0, to: words.count - 3, by: 4) {
            renamed[words[at] + " " + words[at + 1]] = (words[at + 2], words[at + 3])
        }
        return renamed
    }()
}
