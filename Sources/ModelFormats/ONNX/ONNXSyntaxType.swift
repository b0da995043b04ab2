import ModelBytes
import ModelContainers

/// A type as the textual syntax spells it: `float[N,16]`, `seq(map(int64, float))`.
indirect enum ONNXSyntaxType {
    enum Size {
        case fixed(Int)
        case symbol([UInt8])
        case unknown
    }

    /// The number of the data type, and the shape: nil when the rank is unknown.
    case tensor(Int, [Size]?)
    case sparseTensor(Int, [Size]?)
    case sequence(ONNXSyntaxType)
    case optional(ONNXSyntaxType)
    case map(Int, ONNXSyntaxType)
    case opaque(domain: String, name: String)

    /// Whether `word` is the beginning of a type.
    static func begins(with word: String) -> Bool {
        ["seq", "map", "optional", "sparse_tensor", "opaque"].contains(word)
            || ONNXDataType.number(keyword: word) != nil
    }
}

extension ONNXSyntax {
    /// The type that begins with `word`, which has been passed; types may nest `depth` levels more.
    mutating func type(_ word: String, depth: Int = 32) throws(InspectionError) -> ONNXSyntaxType {
        guard depth > 0 else { throw tokens.malformed("a type is nested too deep") }
        if let dataType = ONNXDataType.number(keyword: word) { return .tensor(dataType, try shape()) }
        try tokens.expect("(")
        let type: ONNXSyntaxType
        switch word {
        case "seq": type = .sequence(try self.type(try tokens.expectWord(), depth: depth - 1))
        case "optional": type = .optional(try self.type(try tokens.expectWord(), depth: depth - 1))
        case "sparse_tensor":
            type = .sparseTensor(try dataType(), try shape())
        case "map":
            let key = try dataType()
            try tokens.expect(",")
            type = .map(key, try self.type(try tokens.expectWord(), depth: depth - 1))
        case "opaque": type = try opaque()
        default: throw tokens.malformed("\(word) is not a type")
        }
        try tokens.expect(")")
        return type
    }

    private mutating func dataType() throws(InspectionError) -> Int {
        let word = try tokens.expectWord()
        guard let number = ONNXDataType.number(keyword: word) else {
            throw tokens.malformed("\(word) is not a data type")
        }
        return number
    }

    /// Nothing is a scalar, `[]` an unknown rank.
    private mutating func shape() throws(InspectionError) -> [ONNXSyntaxType.Size]? {
        guard try tokens.take("[") else { return [] }
        if try tokens.take("]") { return nil }
        var sizes: [ONNXSyntaxType.Size] = []
        repeat {
            if try tokens.take("?") {
                sizes.append(.unknown)
            } else if let symbol = try tokens.quoted() {
                sizes.append(.symbol(symbol))
            } else if let symbol = try tokens.word() {
                sizes.append(.symbol(Array(symbol.utf8)))
            } else {
                sizes.append(.fixed(try integer()))
            }
            guard sizes.count <= 1_024 else { throw tokens.malformed("a shape of more than 1024 dimensions") }
        } while try tokens.take(",")
        try tokens.expect("]")
        return sizes
    }

    private mutating func opaque() throws(InspectionError) -> ONNXSyntaxType {
        var names = [""]
        while let word = try tokens.word() {
            names[names.count - 1] += word
            if try tokens.take(".") {
                names[names.count - 1] += "."
            } else if try tokens.take(",") {
                names.append("")
            }
        }
        return .opaque(domain: names.count > 1 ? names[0] : "", name: names[names.count - 1])
    }

    /// Writes a TypeProto as the field `number`.
    mutating func write(_ type: ONNXSyntaxType, _ number: Int) throws(InspectionError) {
        try builder.begin(number)
        switch type {
        case .tensor(let dataType, let sizes): try writeTensor(1, dataType, sizes)
        case .sparseTensor(let dataType, let sizes): try writeTensor(8, dataType, sizes)
        case .sequence(let element): try writeInner(4, element, 1)
        case .optional(let element): try writeInner(9, element, 1)
        case .map(let key, let value):
            try builder.begin(5)
            try builder.int(1, key)
            try write(value, 2)
            builder.end()
        case .opaque(let domain, let name):
            try builder.begin(7)
            try builder.text(1, domain)
            try builder.text(2, name)
            builder.end()
        }
        builder.end()
    }

    private mutating func writeInner(_ number: Int, _ type: ONNXSyntaxType, _ inner: Int) throws(InspectionError) {
        try builder.begin(number)
        try write(type, inner)
        builder.end()
    }

    private mutating func writeTensor(_ number: Int, _ dataType: Int, _ sizes: [ONNXSyntaxType.Size]?)
        throws(InspectionError)
    {
        try builder.begin(number)
        try builder.int(1, dataType)
        if let sizes {
            try builder.begin(2)
            for size in sizes {
                try builder.begin(1)
                switch size {
                case .fixed(let value): try builder.int(1, value)
                case .symbol(let name): try builder.bytes(2, name)
                case .unknown: break
                }
                builder.end()
            }
            builder.end()
        }
        builder.end()
    }
}
