package import ModelJSON

/// In which lines of a text the values of a document stand. It has the form of the document: what is in a list or a mapping
/// is in `parts`, in the same order.
package struct ValueLines: Sendable {
    /// From 1 on; of a member of a mapping, the line of its key.
    package var line: Int
    package var parts: [ValueLines]

    package init(_ line: Int, _ parts: [ValueLines] = []) {
        self.line = line
        self.parts = parts
    }

    /// The line of the place in `value`, or of the nearest one around it that is there.
    package func line(of place: JSONPointer, in value: JSONValue) -> Int {
        var (here, value) = (self, value)
        for token in place.tokens {
            let position: Int? =
                switch value {
                case .object(let members): members.keys.firstIndex(of: token)
                case .array: Int(token)
                default: nil
                }
            guard let position, here.parts.indices.contains(position),
                let next = value.object.map({ $0[token] }) ?? value[position]
            else { break }
            (here, value) = (here.parts[position], next)
        }
        return here.line
    }
}
