/// What a format has seen that makes it believe an artifact is its own.
package struct SniffMatch: Hashable, Sendable {
    /// How much was looked at, from the weakest to the strongest.
    package enum Strength: OrderedCases, Sendable {
        /// Nothing contradicts it.
        case plausible
        /// Magic bytes, or names that no other format has.
        case signature
        /// Structure that was parsed and checked.
        case structure
    }

    package let strength: Strength
    /// What was seen and where, for people.
    package let reason: String

    package init(_ strength: Strength, _ reason: String) {
        self.strength = strength
        self.reason = reason
    }
}

/// The formats that recognise an artifact, the best first.
package struct Recognition {
    /// A format that recognises the artifact.
    package struct Candidate {
        /// The format that recognised it.
        package let format: any Format.Type
        /// What it saw.
        package let match: SniffMatch
    }

    /// Sorted: the more special first, then the stronger, then as in the list of formats.
    package let candidates: [Candidate]
    /// Two formats are equally special and equally sure.
    package let isAmbiguous: Bool

    /// The first of them; nil when no format recognises the artifact.
    package var best: Candidate? { candidates.first }

    /// Puts what all formats have recognised in order.
    package static func resolve(_ candidates: [Candidate]) -> Recognition {
        let refined = Set(candidates.flatMap { $0.format.refines })
        func isRefined(_ candidate: Candidate) -> Bool {
            candidate.format.identities.contains { refined.contains($0.id) }
        }
        // Stable by construction: the index breaks ties, so the same list gives the same order.
        let sorted = candidates.enumerated().sorted { left, right in
            let (leftRefined, rightRefined) = (isRefined(left.element), isRefined(right.element))
            if leftRefined != rightRefined { return rightRefined }
            if left.element.match.strength != right.element.match.strength {
                return left.element.match.strength > right.element.match.strength
            }
            return left.offset < right.offset
        }.map(\.element)
        let tied =
            sorted.count > 1 && isRefined(sorted[0]) == isRefined(sorted[1])
            && sorted[0].match.strength == sorted[1].match.strength
        return Recognition(candidates: sorted, isAmbiguous: tied)
    }
}
