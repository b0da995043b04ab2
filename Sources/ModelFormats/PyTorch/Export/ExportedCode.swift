import ModelBytes
import ModelJSON

/// What of the JSON of an exported program is looked up or evaluated when it is loaded: the targets of nodes, in subgraphs
/// too, and the expressions of symbolic sizes.
///
/// Source: torch/_export/serde/serialize.py of 2.13, `deserialize_operator` and `_parse_sym_expr`, which has sympy
/// evaluate the text: `sympy.sympify` runs it as Python.
struct ExportedCode {
    private(set) var operators = TorchOperators()

    init(_ source: ByteSource, limits: Limits) throws(InspectionError) {
        var targets: Set<String> = []
        var expressions: Set<String> = []
        var scanner = JSONScanner(source, limits: limits, dialect: .python)
        do {
            try Self.walk(&scanner, "", &targets, &expressions)
        } catch let error as InspectionError {
            throw error
        } catch {
            throw InspectionError(.malformed, "the program cannot be read", entry: source.entry)
        }
        for target in targets { add(target: target) }
        for expression in expressions where !Self.isArithmetic(expression) { operators.addHostileExpression() }
    }

    /// Goes no deeper than the scanner's limit allows.
    private static func walk(
        _ scanner: inout JSONScanner, _ key: String, _ targets: inout Set<String>, _ expressions: inout Set<String>
    ) throws {
        switch try scanner.kind() {
        case .object:
            try scanner.object { key, scanner in try walk(&scanner, key.text, &targets, &expressions) }
        case .array:
            try scanner.array { scanner in try walk(&scanner, key, &targets, &expressions) }
        case .string where key == "target":
            targets.insert(try scanner.string())
        case .string where key == "expr_str":
            expressions.insert(try scanner.string())
        default:
            try scanner.skip()
        }
    }

    /// `torch.ops.aten.add.Tensor`, `_operator.add`, `torch.sym_max` …
    private mutating func add(target: String) {
        let parts = target.split(separator: ".").map(String.init)
        if target.hasPrefix("torch.ops."), parts.count >= 4 {
            // Those that take graphs are classes of torch's own.
            if parts[2] == "higher_order" { return }
            operators.add(namespace: parts[2], name: parts[3])
        } else if !(parts.count == 2 && Self.symbolic[parts[0]]?.contains(parts[1]) ?? false) {
            // A target of another kind of node is the name of a value or of a module.
            if target.contains(".") || target.hasPrefix("#") { operators.addForeign(target) }
        }
    }

    /// `_SYM_OPS`.
    private static let symbolic: [String: Set<String>] = [
        "_operator": [
            "eq", "ne", "le", "ge", "lt", "gt", "neg", "pos", "mul", "add", "sub", "floordiv", "mod", "pow", "truediv",
            "and_", "or_", "lshift", "rshift", "getitem",
        ],
        "math": ["trunc", "ceil", "floor"],
        "torch": [
            "sym_not", "sym_int", "sym_float", "sym_ite", "sym_max", "sym_min", "sym_sqrt", "_sym_sqrt", "sym_sum",
        ],
    ]

    // MARK: expressions

    /// Whether a text is arithmetic over symbols: it then is that to Python, too.
    private static func isArithmetic(_ text: String) -> Bool {
        guard text.utf8.count <= 65_536, !text.contains("__") else { return false }
        var word = ""
        var before: Character = " "
        var isQuoted = false
        for character in text + " " {
            // Symbol('s77', positive=True): between quotes nothing but a name.
            if character == "'" || isQuoted {
                guard character == "'" || character.isASCII,
                    character == "'" || character.isLetter || character.isNumber || character == "_"
                else { return false }
                if character == "'" { isQuoted.toggle() }
                word = ""
                before = character
                continue
            }
            if character.isASCII, character.isLetter || character.isNumber || character == "_" {
                word.append(character)
                continue
            }
            let isNumber = word.first?.isNumber ?? false
            switch character {
            case "(": if !word.isEmpty, !functions.contains(word) { return false }
            // Only inside a number, never to reach an attribute.
            case ".": if !isNumber, !word.isEmpty || before == ")" || before == "." { return false }
            case " ", ",", ")", "+", "-", "*", "/", "%", "<", ">", "=", "!", "&", "|", "~", "^": break
            default: return false
            }
            if words.contains(word) { return false }
            word = ""
            before = character
        }
        return !isQuoted
    }

    private static let words: Set<String> = [
        "lambda", "import", "for", "while", "def", "yield", "await", "exec", "eval",
    ]

    /// Of torch.utils._sympy.functions, and of sympy itself.
    private static let functions: Set<String> = [
        "FloorDiv", "ModularIndexing", "Where", "PythonMod", "Mod", "CleanDiv", "CeilToInt", "FloorToInt", "CeilDiv",
        "LShift", "RShift", "PowByNatural", "FloatPow", "FloatTrueDiv", "IntTrueDiv",
        "IsNonOverlappingAndDenseIndicator",
        "TruncToFloat", "TruncToInt", "RoundToInt", "RoundDecimal", "ToFloat", "Identity", "Max", "Min", "Integer",
        "Float",
        "Rational", "Symbol", "Eq", "Ne", "Lt", "Le", "Gt", "Ge", "And", "Or", "Not", "Xor", "Piecewise", "ITE",
        "floor",
        "ceiling", "Abs", "abs", "sqrt", "exp", "log", "sign", "Add", "Mul", "Pow", "BitwiseFn_bitwise_and",
        "BitwiseFn_bitwise_or", "BitwiseFn_bitwise_xor", "OpaqueUnaryFn_sqrt", "OpaqueUnaryFn_exp", "OpaqueUnaryFn_log",
        "OpaqueUnaryFn_log2", "OpaqueUnaryFn_sin", "OpaqueUnaryFn_cos", "OpaqueUnaryFn_tan", "OpaqueUnaryFn_tanh",
        "Relational", "StrictLessThan", "LessThan", "GreaterThan", "StrictGreaterThan", "Equality", "Unequality",
    ]
}
