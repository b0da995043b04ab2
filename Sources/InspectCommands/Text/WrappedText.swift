/// A text in lines that fit beside its title. Lines after the first stand two columns further in.
enum WrappedText {
    /// How far lines after the first stand in.
    static let hanging = 2

    /// Broken at spaces; a word that is wider than a line is broken where the line ends. Never empty.
    static func words(_ text: String, room: Int) -> [String] {
        guard DisplayWidth.of(text) > room else { return [text] }
        let words = text.utf8.split(separator: UInt8(ascii: " "), omittingEmptySubsequences: false).map {
            String(Substring($0))
        }
        return filled(words, room: room, breaksWords: true)
    }

    /// The same with an ending that is not broken where it fits a line: after two spaces, or on a line of its own.
    static func words(_ text: String, ending: String?, room: Int) -> [String] {
        guard let ending else { return words(text, room: room) }
        guard DisplayWidth.of(ending) <= room - hanging else { return words("\(text)  \(ending)", room: room) }
        var lines = words(text, room: room)
        let last = lines[lines.count - 1]
        let indent = lines.count > 1 ? hanging : 0
        guard DisplayWidth.of(last) + 2 + DisplayWidth.of(ending) <= room - indent else {
            return lines.dropLast() + [trimmed(last), ending]
        }
        lines[lines.count - 1] = "\(last)  \(ending)"
        return lines
    }

    /// A call, broken at spaces within its brackets and outside of quotes alone: so it can still be pasted.
    static func call(_ text: String, room: Int) -> [String] {
        guard DisplayWidth.of(text) > room else { return [text] }
        return filled(parts(ofCall: text), room: room, breaksWords: false)
    }

    /// A command of a shell, broken at spaces outside of quotes; a line that goes on ends as a shell wants it.
    static func command(_ text: String, room: Int) -> [String] {
        guard DisplayWidth.of(text) > room else { return [text] }
        let lines = filled(parts(ofCommand: text), room: room - continuation.count, breaksWords: false)
        return lines.dropLast().map { $0 + continuation } + lines.suffix(1)
    }

    private static let continuation = " \\"

    /// At most so many lines; the last ends with an ellipsis when there would be more.
    static func cut(_ lines: [String], to most: Int?, room: Int) -> [String] {
        guard let most, lines.count > most, let last = lines.prefix(most).last else { return lines }
        return lines.prefix(most - 1) + [FittedText.start(last + "…", room - hanging)]
    }

    /// As many of the pieces on a line as fit, with a space between them. Pieces that are too wide stay whole unless
    /// `breaksWords`.
    static func filled(_ pieces: [String], room: Int, breaksWords: Bool) -> [String] {
        var lines: [String] = []
        var line: String?
        var used = 0
        for piece in pieces {
            let width = DisplayWidth.of(piece)
            let most = max(1, room - (lines.isEmpty ? 0 : hanging))
            if let before = line, used + 1 + width <= most {
                line = before + " " + piece
                used += 1 + width
                continue
            }
            if let before = line { lines.append(trimmed(before)) }
            // Spaces where a line is broken stand nowhere.
            (line, used) = piece.isEmpty && !lines.isEmpty ? (nil, 0) : (piece, width)
            guard breaksWords, width > max(1, room - hanging) else { continue }
            let chunks = chunks(piece, width: max(1, room - hanging))
            lines += chunks.dropLast()
            line = chunks.last
            used = line.map(DisplayWidth.of) ?? 0
        }
        if let line { lines.append(trimmed(line)) }
        return lines.isEmpty ? [""] : lines
    }

    private static func trimmed(_ line: String) -> String {
        var line = line
        while line.utf8.last == UInt8(ascii: " ") { line.removeLast() }
        return line
    }

    private static func chunks(_ word: String, width: Int) -> [String] {
        var chunks: [String] = []
        var chunk = ""
        var used = 0
        for character in word {
            let next = DisplayWidth.of(character)
            if used + next > width, !chunk.isEmpty {
                chunks.append(chunk)
                (chunk, used) = ("", 0)
            }
            chunk.append(character)
            used += next
        }
        return chunks + [chunk]
    }

    private static func parts(ofCall text: String) -> [String] {
        var parts: [String] = []
        var part = ""
        var depth = 0
        var quote: Character?
        var isEscaped = false
        for character in text {
            if let open = quote {
                if character == open, !isEscaped { quote = nil }
                isEscaped = character == "\\" && !isEscaped
            } else {
                switch character {
                case "\"", "'": quote = character
                case "(", "[", "{": depth += 1
                case ")", "]", "}": depth -= 1
                case " " where depth > 0:
                    parts.append(part)
                    part = ""
                    continue
                default: break
                }
            }
            part.append(character)
        }
        return parts + [part]
    }

    /// Its words; a flag and its value are one part.
    private static func parts(ofCommand text: String) -> [String] {
        var isQuoted = false
        let words = text.split(omittingEmptySubsequences: false) { character in
            if character == "'" { isQuoted.toggle() }
            return character == " " && !isQuoted
        }
        var parts: [String] = []
        for (index, word) in words.enumerated() {
            if index > 0, words[index - 1].hasPrefix("-"), !word.hasPrefix("-"), let flag = parts.popLast() {
                parts.append("\(flag) \(word)")
            } else {
                parts.append(String(word))
            }
        }
        return parts
    }
}
