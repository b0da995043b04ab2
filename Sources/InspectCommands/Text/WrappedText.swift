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

    /// A call, broken at spaces within its brackets and outside of quotes alone: so it can still be pasted.
    static func call(_ text: String, room: Int) -> [String] {
        guard DisplayWidth.of(text) > room else { return [text] }
        return filled(parts(ofCall: text), room: room, breaksWords: false)
    }

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
}
