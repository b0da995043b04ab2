import ModelBytes
import ModelContainers

/// Reads ONNX's textual syntax into the bytes of a ModelProto, values of tensors left out.
///
///     < ir_version: 10, opset_import: ["" : 21] >
///     name (float[N,16] x) => (float[N,8] y) <float[16,8] W = {1, 2, …}> { y = MatMul (x, W) }
///
/// Grammar: onnx/defs/parser.cc of onnx 1.23. Recursion is as deep as messages nest, which `limits.protobufDepth` bounds.
struct ONNXSyntax: ~Copyable {
    var tokens: TextTokens
    var builder: ProtobufBuilder

    static func bytes(of source: ByteSource, limits: Limits) throws(InspectionError) -> ByteSource {
        var syntax = ONNXSyntax(source, limits)
        try syntax.model()
        return syntax.builder.source
    }

    private init(_ source: ByteSource, _ limits: Limits) {
        tokens = TextTokens(source, escapes: .plain, limits: limits)
        builder = ProtobufBuilder(limits: limits)
    }

    private mutating func model() throws(InspectionError) {
        try header(texts: ["producer_name": 2, "producer_version": 3, "domain": 4], opsets: 8)
        try builder.begin(7)
        try graph(name: try quotableName())
        builder.end()
        while try tokens.peek() != nil { try function() }
    }

    /// `< keyword: value, … >` before a model or a function.
    private mutating func header(texts: [String: Int], opsets: Int) throws(InspectionError) {
        guard try tokens.take("<") else { return }
        repeat {
            let keyword = try tokens.expectWord()
            try tokens.expect(":")
            switch keyword {
            case "ir_version": try builder.int(1, try integer())
            case "model_version": try builder.int(5, try integer())
            case "opset_import": try opsetImports(opsets)
            case "metadata_props":
                try tokens.expect("[")
                if try tokens.take("]") { break }
                try entries(14)
                try tokens.expect("]")
            default:
                guard let text = try tokens.quoted() else { throw try tokens.unexpected("a text in quotes") }
                if let number = texts[keyword] { try builder.bytes(number, text) }
            }
        } while try tokens.take(",")
        try tokens.expect(">")
    }

    private mutating func opsetImports(_ number: Int) throws(InspectionError) {
        try tokens.expect("[")
        if try tokens.take("]") { return }
        repeat {
            try builder.begin(number)
            try builder.bytes(1, try text())
            try tokens.expect(":")
            try builder.int(2, try integer())
            builder.end()
        } while try tokens.take(",")
        try tokens.expect("]")
    }

    /// `"key": "value", …`
    private mutating func entries(_ number: Int) throws(InspectionError) {
        repeat {
            try builder.begin(number)
            try builder.bytes(1, try text())
            try tokens.expect(":")
            try builder.bytes(2, try text())
            builder.end()
        } while try tokens.take(",")
    }

    /// What follows the name of a graph.
    mutating func graph(name: [UInt8]) throws(InspectionError) {
        try builder.bytes(2, name)
        try values(11, "(", ")")
        try tokens.expect("=")
        try tokens.expect(">")
        try values(12, "(", ")")
        // Shapes of intermediate values (13) stand there too; the reader leaves them out.
        try values(13, "<", ">")
        try nodes(1)
    }

    /// A list of typed names, each of which may be an initializer.
    private mutating func values(_ number: Int, _ opening: Unicode.Scalar, _ closing: Unicode.Scalar)
        throws(InspectionError)
    {
        guard try tokens.take(opening) else { return }
        if try tokens.take(closing) { return }
        repeat {
            let (name, type) = try typedName()
            if number != 13 {
                try builder.begin(number)
                try builder.bytes(1, name)
                if let type { try write(type, 2) }
                builder.end()
            }
            if try tokens.take("=") { try tensor(5, name, type) }
        } while try tokens.take(",")
        try tokens.expect(closing)
    }

    /// The values of a tensor, which are passed, or where they lie.
    mutating func tensor(_ number: Int, _ name: [UInt8], _ type: ONNXSyntaxType?) throws(InspectionError) {
        guard case .tensor(let dataType, let sizes?) = type else {
            throw tokens.malformed("a tensor needs a type with a shape")
        }
        try builder.begin(number)
        for size in sizes {
            guard case .fixed(let size) = size else { throw tokens.malformed("a tensor needs a shape of numbers") }
            try builder.int(1, size)
        }
        try builder.int(2, dataType)
        try builder.bytes(8, name)
        if try tokens.take("{") {
            while try !tokens.take("}") {
                guard try tokens.skipScalar() else { throw try tokens.unexpected("a value") }
                _ = try tokens.take(",")
            }
        } else if try tokens.take("[") {
            try entries(13)
            try builder.int(14, 1)
            try tokens.expect("]")
        } else if try tokens.take(".") {
            // The printer writes `...` for types that it has no spelling for.
            while try tokens.take(".") {}
        }
        builder.end()
    }

    private mutating func function() throws(InspectionError) {
        try builder.begin(25)
        try header(texts: ["domain": 10, "overload": 13], opsets: 9)
        try builder.bytes(1, try quotableName())
        // Their defaults (field 11) say nothing of the model.
        try attributes(11)
        try parameters(4)
        try tokens.expect("=")
        try tokens.expect(">")
        try parameters(5)
        if try tokens.peek() == UInt8(ascii: "<") { try values(13, "<", ">") }
        try nodes(7)
        builder.end()
    }

    private mutating func parameters(_ number: Int) throws(InspectionError) {
        try tokens.expect("(")
        if try tokens.take(")") { return }
        repeat { try builder.bytes(number, try typedName().name) } while try tokens.take(",")
        try tokens.expect(")")
    }

    // MARK: names and numbers

    mutating func integer() throws(InspectionError) -> Int {
        guard let text = try tokens.number() else { throw try tokens.unexpected("an integer") }
        guard let value = Int(text) else { throw tokens.malformed("\(text.prefix(32)) is not a 64-bit integer") }
        return value
    }

    mutating func text() throws(InspectionError) -> [UInt8] {
        guard let text = try tokens.quoted() else { throw try tokens.unexpected("a text in quotes") }
        return text
    }

    mutating func quotableName() throws(InspectionError) -> [UInt8] {
        if let text = try tokens.quoted() { return text }
        return Array(try tokens.expectWord().utf8)
    }

    /// A name, with a type before it or not.
    private mutating func typedName() throws(InspectionError) -> (name: [UInt8], type: ONNXSyntaxType?) {
        if let text = try tokens.quoted() { return (text, nil) }
        let word = try tokens.expectWord()
        guard ONNXSyntaxType.begins(with: word) else { return (Array(word.utf8), nil) }
        let type = try type(word)
        return (try quotableName(), type)
    }
}
