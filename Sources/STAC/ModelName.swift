/// `mlm:name`: `^[a-zA-Z][a-zA-Z0-9_.\-\s]+[a-zA-Z0-9]$`.
package enum ModelName {
    /// `name` itself when it is valid, else the nearest valid one: other characters become `-`, a leading digit gets
    /// `model-` before it.
    package static func valid(_ name: String) -> String {
        var characters: [UInt8] = []
        for scalar in name.unicodeScalars {
            let isKept = scalar.isASCII && isNameCharacter(UInt8(truncatingIfNeeded: scalar.value))
            if isKept {
                characters.append(UInt8(truncatingIfNeeded: scalar.value))
            } else if characters.last != UInt8(ascii: "-") {
                characters.append(UInt8(ascii: "-"))
            }
        }
        while let last = characters.last, !isLetterOrDigit(last) { characters.removeLast() }
        while let first = characters.first, !isLetterOrDigit(first) { characters.removeFirst() }
        var valid = String(decoding: characters, as: UTF8.self)
        if valid.isEmpty { return "model" }
        let startsWithLetter = valid.utf8.first.map { !(48...57).contains($0) } ?? false
        if !startsWithLetter || valid.utf8.count < 3 { valid = "model-" + valid }
        return valid
    }

    private static func isLetterOrDigit(_ byte: UInt8) -> Bool {
        (48...57).contains(byte) || (65...90).contains(byte) || (97...122).contains(byte)
    }

    private static func isNameCharacter(_ byte: UInt8) -> Bool {
        isLetterOrDigit(byte) || byte == UInt8(ascii: "_") || byte == UInt8(ascii: ".") || byte == UInt8(ascii: "-")
            || byte == UInt8(ascii: " ")
    }
}
