import ModelBytes
import ModelContainers

/// Whether `torch.load(…, weights_only=True)` would take a pickle: the rules of torch 2.13's restricted unpickler
/// (torch/_weights_only_unpickler.py).
struct WeightsOnly {
    /// What makes it refuse, in words; nil when it accepts.
    let refusal: String?
    /// The least that it must be given as safe for it to accept, as Python spells it; nil when nothing makes it, empty
    /// when it accepts as it is.
    let safeGlobals: [String]?
    /// Whether one of these is known to the file by another name than its own.
    let renames: Bool

    init(_ pickle: Pickle) {
        var safe = SafeGlobals()
        if let shape = Self.wrongShape(pickle) {
            (refusal, safeGlobals, renames) = (shape, nil, false)
            return
        }
        for item in pickle.imports { safe.add(item) }
        // Where every name is on the list, every callee is.
        if safe.reason != nil { for object in pickle.objects { safe.check(object) } }
        refusal = safe.reason
        safeGlobals = safe.names
        renames = safe.renames
    }

    /// Opcodes and shapes that no list of safe names helps.
    private static func wrongShape(_ pickle: Pickle) -> String? {
        if let failure = pickle.failure { return failure.message }
        // It knows what protocol 2 writes; 4 and later write text and imports in ways of their own.
        for stream in pickle.streams where stream.protocolVersion > 3 {
            return "it does not know the opcodes of protocol \(stream.protocolVersion)"
        }
        if let opcode = pickle.opcodes.common(with: unknownOpcodes).first {
            return "it does not know the opcode \(opcode.name)"
        }
        for object in pickle.objects {
            guard let (module, _) = object.callee.global else { return "it calls something that was not imported" }
            let isOrderedDict = object.callee.isGlobal("collections", "OrderedDict")
            let isCounter = object.callee.isGlobal("collections", "Counter")
            if !object.pairs.isEmpty, !isOrderedDict, !isCounter { return "it sets items of an object of \(module)" }
            if !object.elements.isEmpty { return "it appends to an object of \(module)" }
        }
        return nil
    }

    private static let knownOpcodes: Pickle.OpcodeSet = [
        .global, .newobj, .reduce, .build, .append, .appends, .setitem, .setitems, .mark, .tuple, .tuple1, .tuple2,
        .tuple3, .none, .newfalse, .newtrue, .emptyTuple, .emptyList, .emptyDict, .emptySet, .binint, .binint1,
        .binint2,
        .binfloat, .binunicode, .shortBinstring, .binpersid, .binget, .longBinget, .binput, .longBinput, .long1, .proto,
        .stop,
    ]
    private static let unknownOpcodes = Pickle.Opcode.allCases.filter { !knownOpcodes.contains($0) }
}

/// What `torch.serialization.safe_globals` would have to be given.
private struct SafeGlobals {
    /// Why it refuses the pickle without them.
    private(set) var reason: String?
    private(set) var renames = false
    private var found: [String] = []
    private var isHopeless = false

    /// So many stand in a call; more is a program of its own.
    private static let most = 32

    var names: [String]? { isHopeless || found.count > Self.most ? nil : found }

    mutating func add(_ item: Pickle.Import) {
        let module = ImportPolicy.modern(module: item.module)
        let tier = TorchImports.policy.judge(module: module, name: item.name)
        if item.kind == .named, tier == .allowed { return }
        reason = reason ?? "\(module).\(item.name) is not on its list"
        // torch/_weights_only_unpickler.py, `_blocklisted_modules`; what is dangerous is nobody's to trust.
        guard item.kind == .named, tier == .unknown, !["sys", "os", "posix", "nt"].contains(module),
            PythonName.isPlain(module, item.name), !item.name.contains(".")
        else {
            isHopeless = true
            return
        }
        // numpy 2 calls it otherwise than numpy 1, which has both names from 1.26.1 on; torch goes by the name in the file.
        if let core = ["numpy.core.", "numpy._core."].first(where: module.hasPrefix) {
            renames = true
            append("(numpy._core.\(module.dropFirst(core.count)).\(item.name), \"\(module).\(item.name)\")")
        } else {
            // Torch goes by what the unpickler of Python 3 makes of a name of Python 2: `__builtin__.long` is int.
            let name = PythonName(item.module, item.name).path
            append(Self.reached[name] ?? name)
        }
    }

    /// Classes whose module is hidden by a function of the same name.
    private static let reached = ["torch.nn.parallel.data_parallel.DataParallel": "torch.nn.parallel.DataParallel"]

    /// A state is set on objects whose class is safe, and what a function returns has a class that only some tell. A
    /// function is code that gets what the file gives it: beside numpy's own, none of them is called safe.
    mutating func check(_ object: PickleObject) {
        guard let (module, name) = object.callee.global,
            !TorchImports.policy.isAllowed(module: ImportPolicy.modern(module: module), name: name)
        else { return }
        switch (module, name) {
        case ("numpy", "dtype"):
            guard let type = object.arguments.elements.first?.string, let name = Self.dataTypeClass(type) else {
                isHopeless = true
                return
            }
            append("numpy.dtypes.\(name)")
        case (_, "_reconstruct") where module.hasPrefix("numpy"): append("numpy.ndarray")
        case (_, "scalar") where module.hasPrefix("numpy"): break
        case ("datetime", _), ("collections", _): break
        default:
            let isPlain = module == "builtins" || module == "__builtin__" ? Self.plain.contains(name) : false
            // A class is written with a capital.
            if !isPlain, name.first(where: { $0 != "_" })?.isUppercase != true { isHopeless = true }
        }
    }

    /// Types of Python itself that only make a value.
    private static let plain: Set<String> = [
        "set", "frozenset", "complex", "dict", "list", "tuple", "int", "float", "str", "bytes", "bytearray", "bool",
        "slice", "range", "object", "long", "unicode",
    ]

    private mutating func append(_ name: String) {
        if !found.contains(name), found.count <= Self.most { found.append(name) }
    }

    /// `f8` is of the class `numpy.dtypes.Float64DType`, which numpy 1.25 and later have.
    private static func dataTypeClass(_ type: String) -> String? {
        switch type.drop(while: { "<>=|".contains($0) }) {
        case "f2": "Float16DType"
        case "f4": "Float32DType"
        case "f8": "Float64DType"
        case "i1": "Int8DType"
        case "i2": "Int16DType"
        case "i4": "Int32DType"
        case "i8": "Int64DType"
        case "u1": "UInt8DType"
        case "u2": "UInt16DType"
        case "u4": "UInt32DType"
        case "u8": "UInt64DType"
        case "b1": "BoolDType"
        case "c8": "Complex64DType"
        case "c16": "Complex128DType"
        case "O8": "ObjectDType"
        case let text where text.first == "U": "StrDType"
        case let text where text.first == "S": "BytesDType"
        case let text where text.first == "M": "DateTime64DType"
        default: nil
        }
    }
}
