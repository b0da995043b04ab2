import ModelContainers
public import ModelJSON

/// What a value has to be: one rule of a specification, or several together.
///
///     static let resizing = Rule.object(
///         ["name": .text, "factor": .integer(atLeast: 1), "mode": .null(or: .word(of: ["crop", "pad"]))],
///         required: ["name"])
struct Rule: Sendable {
    /// As it follows "must be": `a whole number of at least 1`.
    let expectation: String
    private let apply: @Sendable (JSONValue, inout CheckReport) -> Void

    init(_ expectation: String, _ apply: @escaping @Sendable (JSONValue, inout CheckReport) -> Void) {
        self.expectation = expectation
        self.apply = apply
    }

    /// Adds to `report` what is wrong with a value.
    func check(_ value: JSONValue, _ report: inout CheckReport) { apply(value, &report) }

    /// Whether nothing is wrong with it in a document of this version.
    func accepts(_ value: JSONValue, by version: STACVersion) -> Bool {
        var report = CheckReport(most: 0, version: version)
        apply(value, &report)
        return report.violationCount == 0
    }
}

extension CheckReport {
    mutating func broken(_ value: JSONValue, mustBe expectation: String) {
        broken("is \(value.outlined); must be \(expectation)")
    }
}

extension JSONValue {
    /// The value, or what kind it is, in a few words.
    public var outlined: String {
        switch self {
        case .null: "null"
        case .bool(let value): value ? "true" : "false"
        case .number(let number): shortened(number.text)
        case .string(let text): JSONValue.string(shortened(text)).write(pretty: false)
        case .array(let elements): elements.isEmpty ? "an empty list" : "a list of \(elements.count)"
        case .object(let members): members.isEmpty ? "an empty object" : "an object"
        }
    }

    private func shortened(_ text: String) -> String {
        let most = 60
        // By scalars: a single character can be any number of bytes long.
        let start = text.unicodeScalars.prefix(most + 1)
        return start.count <= most ? text : String(start.dropLast()) + "…"
    }
}
