import ModelBytes
import ModelContainers

/// Reads the code of a TorchScript archive as far as it takes to see which operators it names, and what of it runs while
/// the archive is loaded.
///
/// Source: torch/csrc/jit/serialization/import_source.cpp: `torch` stands for the operators of aten, `ops` for those of any
/// namespace; a method that a tensor has not is the operator of aten of that name.
struct ScriptOperators {
    private(set) var operators = TorchOperators()
    /// The code asks for weights in a layout that no archive can hold (torch/csrc/jit/passes/frozen_ops_to_mkldnn.cpp).
    private(set) var hasConversionOperators = false
    /// What the code says that not every release understands.
    private(set) var namesNoneType = false
    private(set) var raisesClasses = false
    private(set) var convolvesWithTensorFloat = false
    private var methods: Set<String> = []
    private var sugared: Set<String> = []

    /// All files below `code/`, whatever `data.pkl` names of them.
    init(_ layout: ArchiveLayout, limits: Limits) throws(InspectionError) {
        var bytes = 0
        for entry in layout.entries(under: "code/") where entry.name.hasSuffix(".py") {
            bytes += entry.size
            guard bytes <= limits.inflatedBytes.value else {
                operators.skip("the code is beyond the limit of inflated bytes")
                break
            }
            let source = try layout.archive.open(entry)
            add(try source.bytes(at: 0, count: source.count), layout.name(entry))
        }
        // `x.save("f")` is torch.save(x, "f") when no class of the archive has a method of that name.
        for name in sugared {
            if methods.contains(name) { operators.addForeign("a method \(name)") } else { operators.add(builtin: name) }
        }
    }

    /// What the lite interpreter runs: ("operators", (("aten::add", "Tensor", 3), …)) of every method in bytecode.pkl.
    mutating func add(bytecode root: PickleValue) {
        var waiting = [(value: root, depth: 0)]
        while let (value, depth) = waiting.popLast() {
            let elements = value.elements
            if elements.count == 2, elements.first?.string == "operators" {
                for item in Array(elements)[1].elements {
                    guard let name = item.elements.first?.string else { continue }
                    let parts = name.split(separator: ":", omittingEmptySubsequences: true)
                    guard parts.count == 2 else { continue }
                    operators.add(namespace: String(parts[0]), name: String(parts[1]))
                }
            } else if depth < 6 {
                for item in elements where item.kind == .tuple || item.kind == .list {
                    waiting.append((item, depth + 1))
                }
            }
        }
    }

    /// A C++ class, `__torch__.torch.classes.tensorrt.Engine`, which a library has to have registered.
    mutating func add(nativeClass name: String) {
        let parts = name.split(separator: ".").map(String.init)
        guard let index = parts.firstIndex(of: "classes"), index + 1 < parts.count else { return }
        if !Self.ownClasses.contains(parts[index + 1]) {
            operators.addForeign(parts[(index + 1)...].joined(separator: "."))
        }
    }

    /// Namespaces of the classes that torch registers itself.
    private static let ownClasses: Set<String> = [
        "quantized", "rnn", "sparse", "xnnpack", "mkldnn", "metal", "vulkan", "profiling", "nnapi", "_nnapi",
        "__backends__",
    ]

    // MARK: words of the code

    private mutating func add(_ code: [UInt8], _ file: String) {
        var position = 0
        var isDefinition = false
        var restoresState = false
        while position < code.count {
            let byte = code[position]
            switch byte {
            case UInt8(ascii: "#"):
                while position < code.count, code[position] != UInt8(ascii: "\n") { position += 1 }
            case UInt8(ascii: "\""), UInt8(ascii: "'"):
                position = Self.endOfText(code, position)
            case _ where Self.isWord(byte):
                let start = position
                while position < code.count, Self.isWord(code[position]) || code[position] == UInt8(ascii: ".") {
                    position += 1
                }
                let word = String(decoding: code[start..<position], as: UTF8.self)
                if isDefinition {
                    methods.insert(word)
                    if word == "__setstate__" { restoresState = true }
                    isDefinition = false
                } else if word == "def" {
                    isDefinition = true
                } else {
                    name(word, isMember: start > 0 && code[start - 1] == UInt8(ascii: "."))
                    release(word, code, position)
                }
            default:
                position += 1
            }
        }
        if restoresState { judgeState(code, file) }
    }

    /// A dotted word: `torch` and `ops` are the names of operators, called or not.
    private mutating func name(_ word: String, isMember: Bool) {
        // Most words are names of variables and numbers.
        guard isMember || word.utf8.contains(UInt8(ascii: ".")) else { return }
        let parts = word.utf8.split(separator: UInt8(ascii: ".")).map { String(Substring($0)) }
        if !isMember, parts.count >= 3, parts[0] == "ops" {
            operators.add(namespace: parts[1], name: parts[2])
            if parts[1] == "prim", parts[2] == "ConstantMKLDNNTensor" { hasConversionOperators = true }
        } else if !isMember, parts.count == 2, parts[0] == "torch" {
            operators.add(builtin: parts[1])
        } else if let last = parts.last, isMember || parts.count > 1, TorchOperators.files.contains(last) {
            sugared.insert(last)
        }
    }

    /// Notes what tells releases apart; the operands of a word begin at `position`.
    private mutating func release(_ word: String, _ code: [UInt8], _ position: Int) {
        switch word {
        case "NoneType": namesNoneType = true
        case "ops.prim.RaiseException": raisesClasses = raisesClasses || Self.operands(code, position) == 2
        case "torch._convolution":
            convolvesWithTensorFloat = convolvesWithTensorFloat || Self.operands(code, position) == 13
        default: break
        }
    }

    /// How many operands stand in the parentheses at `start`; 0 when they do not end soon.
    private static func operands(_ code: [UInt8], _ start: Int) -> Int {
        var (position, depth, count) = (start, 0, 0)
        let end = min(code.count, start + 4_096)
        while position < end {
            switch code[position] {
            case UInt8(ascii: "("), UInt8(ascii: "["), UInt8(ascii: "{"): depth += 1
            case UInt8(ascii: ")"), UInt8(ascii: "]"), UInt8(ascii: "}"):
                depth -= 1
                if depth <= 0 { return depth == 0 ? count + 1 : 0 }
            case UInt8(ascii: ","): if depth == 1 { count += 1 }
            case UInt8(ascii: "\""), UInt8(ascii: "'"):
                position = endOfText(code, position)
                continue
            default: if depth == 0 { return 0 }
            }
            position += 1
        }
        return 0
    }

    private static func isWord(_ byte: UInt8) -> Bool {
        (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte | 0x20) || (0x30...0x39).contains(byte)
            || byte == UInt8(ascii: "_")
    }

    /// Behind the text that begins at `start`: printed with double quotes and escapes; one on several lines has three.
    private static func endOfText(_ code: [UInt8], _ start: Int) -> Int {
        let quote = code[start]
        let isLong = start + 2 < code.count && code[start + 1] == quote && code[start + 2] == quote
        var position = start + (isLong ? 3 : 1)
        while position < code.count {
            if code[position] == UInt8(ascii: "\\") {
                position += 2
                continue
            }
            if code[position] == UInt8(ascii: "\n") {
                // A text of one line ends with it: what follows is code.
                if !isLong { return position }
            }
            if code[position] == quote {
                guard isLong else { return position + 1 }
                if position + 2 < code.count, code[position + 1] == quote, code[position + 2] == quote {
                    return position + 3
                }
            }
            position += 1
        }
        return code.count
    }

    // MARK: __setstate__

    /// Every `__setstate__` of a class runs when its object is made. Those of torch's quantised modules only put weights
    /// together again (torch/ao/nn/quantized/modules/conv.py, linear.py); whatever else they do needs code.
    private mutating func judgeState(_ code: [UInt8], _ file: String) {
        let text = String(decoding: code, as: UTF8.self)
        var method: String?
        var isOnlyPacking = true
        for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
            let plain = line.drop { $0 == " " || $0 == "\t" }
            if plain.hasPrefix("def ") {
                method = String(plain.dropFirst(4).prefix { $0 != "(" })
                continue
            }
            if plain.hasPrefix("class ") { method = nil }
            guard let name = method, ["__setstate__", "set_weight_bias"].contains(name) else { continue }
            if !Self.packs(plain) { isOnlyPacking = false }
        }
        if !isOnlyPacking { operators.addCodeThatRunsAtLoad("__setstate__ in \(file)") }
    }

    /// Whether a line only assigns, compares and packs.
    private static func packs(_ line: Substring) -> Bool {
        if line.hasPrefix("while ") || line.hasPrefix("for ") { return false }
        var word = ""
        for character in line {
            if character.isLetter || character.isNumber || character == "_" || character == "." {
                word.append(character)
                continue
            }
            if character == "(", !word.isEmpty, !isPacking(word) { return false }
            word = ""
        }
        return true
    }

    private static func isPacking(_ word: String) -> Bool {
        if word.hasPrefix("ops.quantized.") || word.hasPrefix("ops.sparse.") || word.hasPrefix("ops.prepacked.") {
            return true
        }
        return [
            ".set_weight_bias", "torch.eq", "torch.ne", "torch.len", "torch.__is__", "torch.__isnot__", "torch.__not__",
            "ops.prim.RaiseException", "unchecked_cast", "annotate", "uninitialized", "torch.format", "torch.ge",
            "torch.lt",
            "torch.gt", "torch.le", "if", "and", "or", "not", "return", "torch.tensor", "torch.__contains__",
        ].contains(word)
    }
}
