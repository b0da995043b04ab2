import ModelBytes
import ModelContainers

// Nodes and their attributes: `[label] y, z = domain.Operator <name: type = value> (a, b)`.
extension ONNXSyntax {
    mutating func nodes(_ number: Int) throws(InspectionError) {
        try tokens.expect("{")
        while try !tokens.take("}") {
            try builder.begin(number)
            try node()
            builder.end()
        }
    }

    private mutating func node() throws(InspectionError) {
        if try tokens.take("[") {
            if try !tokens.take("]") {
                try builder.bytes(3, try quotableName())
                try tokens.expect("]")
            }
        }
        try names(2)
        try tokens.expect("=")
        var domain = ""
        var type = try tokens.expectWord()
        while try tokens.take(".") {
            domain += domain.isEmpty ? type : "." + type
            type = try tokens.expectWord()
        }
        try builder.text(4, type)
        if !domain.isEmpty { try builder.text(7, domain) }
        if try tokens.take(":") { try builder.text(8, try tokens.expectWord()) }
        try attributes(5)
        try tokens.expect("(")
        try names(1)
        try tokens.expect(")")
        try attributes(5)
    }

    /// Names with commas between them; nothing between two commas is an empty name, one after the last is none.
    private mutating func names(_ number: Int) throws(InspectionError) {
        repeat {
            if let name = try tokens.quoted() {
                try builder.bytes(number, name)
            } else if let name = try tokens.word() {
                try builder.text(number, name)
            } else if try tokens.peek() == UInt8(ascii: ",") {
                try builder.bytes(number, [])
            } else {
                return
            }
        } while try tokens.take(",")
    }

    /// `< name: type = value, … >`; a function also names attributes without a value.
    mutating func attributes(_ number: Int) throws(InspectionError) {
        guard try tokens.take("<") else { return }
        if try tokens.take(">") { return }
        repeat {
            let name = try quotableName()
            try builder.begin(number)
            try builder.bytes(1, name)
            if try tokens.take(":") { _ = try tokens.expectWord() }
            if try tokens.take("=") {
                try attributeValue(keepsIntegers: Self.integerLists.contains(String(decoding: name, as: UTF8.self)))
            }
            builder.end()
        } while try tokens.take(",")
        try tokens.expect(">")
    }

    /// Lists of integers that the facts are made from; in a tree ensemble the others are the model.
    static let integerLists: Set<String> = ["nodes_treeids", "tree_roots", "classlabels_int64s", "classlabels_ints"]

    private mutating func attributeValue(keepsIntegers: Bool) throws(InspectionError) {
        guard try tokens.take("[") else { return try singleValue() }
        if try tokens.take("]") { return }
        repeat {
            if let text = try tokens.quoted() {
                try builder.bytes(9, text)
            } else if let number = try tokens.number() {
                if keepsIntegers, let value = Int(number) { try builder.int(8, value) }
            } else if try tokens.word() == nil {
                throw try tokens.unexpected("a value")
            }
        } while try tokens.take(",")
        try tokens.expect("]")
    }

    private mutating func singleValue() throws(InspectionError) {
        if let text = try tokens.quoted() { return try builder.bytes(4, text) }
        if let number = try tokens.number() {
            if let value = Int(number) { try builder.int(3, value) }
            return
        }
        // The name of an attribute of the function that this node is in.
        if try tokens.take("@") {
            _ = try quotableName()
            return
        }
        let word = try tokens.expectWord()
        if ONNXSyntaxType.begins(with: word) {
            let type = try type(word)
            var name = try tokens.quoted()
            if name == nil { name = try tokens.word().map { Array($0.utf8) } }
            let isAssigned = try tokens.take("=")
            // A type alone is a value, too.
            let next = try tokens.peek()
            guard name != nil || isAssigned || next == UInt8(ascii: "{") || next == UInt8(ascii: ".") else { return }
            try tensor(5, name ?? [], type)
        } else if !["nan", "inf", "infinity"].contains(word.lowercased()) {
            try builder.begin(6)
            try graph(name: Array(word.utf8))
            builder.end()
        }
    }
}
