/// A regular expression as JSON Schema means it (draft-07, section 4.3 of its core, which names ECMA-262), over code points.
///
///     let pattern = try ECMAPattern("^(?!eo:)")
///     pattern.match("eo:bands", steps: 1_000)    // .no
///
/// A backtracking matcher of our own: it counts its steps, so that an expression that explodes ends.
package struct ECMAPattern: Sendable {
    package enum Match: Hashable, Sendable {
        case yes, no
        /// By Python's reading of `$`, `\d`, `\w` and `\s`, and not by ECMA-262's.
        case byPythonAlone
        /// The steps were used up.
        case beyondLimit
    }

    /// As it was written.
    package let text: String
    private let program: PatternProgram

    package init(_ text: String) throws(PatternError) {
        var parser = try PatternParser(text)
        let node = try parser.parse()
        program = try PatternProgram(node, groups: parser.groups)
        self.text = text
    }

    /// Whether it matches anywhere in `text`, in at most so many steps, which are taken off.
    package func match(_ text: String, steps: inout Int) -> Match {
        let scalars = Array(text.unicodeScalars)
        for (alphabet, match) in [(Alphabet.ecma, Match.yes), (.python, .byPythonAlone)] {
            var machine = PatternMachine(program, scalars, alphabet, steps: steps)
            let found = machine.search()
            steps = max(0, machine.stepsLeft)
            guard let found else { return .beyondLimit }
            if found { return match }
            // The two read plain text alike.
            if scalars.allSatisfy({ $0.isASCII && $0.value >= 0x20 }) { return .no }
        }
        return .no
    }
}
