import ModelJSON

/// What `format` asks of a text: the formats of draft-07 (section 7.3 of its validation).
package enum Format: String, CaseIterable, Sendable {
    case dateTime = "date-time"
    case date, time, email
    case idnEmail = "idn-email"
    case hostname
    case idnHostname = "idn-hostname"
    case ipv4, ipv6, uri
    case uriReference = "uri-reference"
    case iri
    case iriReference = "iri-reference"
    case uriTemplate = "uri-template"
    case jsonPointer = "json-pointer"
    case relativeJSONPointer = "relative-json-pointer"
    case regex

    /// As it follows "must be".
    package var expectation: String {
        switch self {
        case .dateTime: "a date and time by RFC 3339, such as 2026-01-31T12:00:00Z"
        case .date: "a date, such as 2026-01-31"
        case .time: "a time with its offset, such as 12:00:00Z"
        case .email, .idnEmail: "an e-mail address"
        case .hostname, .idnHostname: "the name of a host"
        case .ipv4: "an IPv4 address"
        case .ipv6: "an IPv6 address"
        case .uri, .iri: "a whole address with its scheme, such as https://example.com/a"
        case .uriReference, .iriReference: "an address, absolute or relative (a space is %20)"
        case .uriTemplate: "an address with {variables}"
        case .jsonPointer: "a JSON pointer, such as /properties/title"
        case .relativeJSONPointer: "a relative JSON pointer, such as 1/title"
        case .regex: "a regular expression"
        }
    }

    /// Nil where nobody here can say.
    package func accepts(_ text: String) -> Bool? {
        switch self {
        // Validators written in Python take a line feed behind it.
        case .dateTime where text.unicodeScalars.last == "\n":
            RFC3339(dateTime: String(text.dropLast())) == nil ? false : nil
        case .dateTime: Self.decided(RFC3339(dateTime: text))
        case .time: Self.decided(RFC3339(time: text))
        case .date: RFC3339(date: text) != nil
        case .email, .idnEmail: Self.isAddress(text)
        case .hostname: Self.isHost(text)
        case .idnHostname: text.utf8.allSatisfy { $0 < 0x80 } ? Self.isHost(text) : nil
        case .ipv4: IPAddress.isVersion4(Substring(text))
        case .ipv6: IPAddress.isVersion6(Substring(text))
        case .uri: URISyntax(isInternational: false).isURI(text)
        case .uriReference: URISyntax(isInternational: false).isReference(text)
        case .iri: URISyntax(isInternational: true).isURI(text)
        case .iriReference: URISyntax(isInternational: true).isReference(text)
        case .uriTemplate: URITemplate.isValid(text)
        case .jsonPointer: JSONPointer(text) != nil
        case .relativeJSONPointer: Self.isRelativePointer(text)
        case .regex: Self.isRegularExpression(text)
        }
    }

    /// Validators do not agree on leap seconds.
    private static func decided(_ time: RFC3339?) -> Bool? {
        guard let time else { return false }
        return time.isLeapSecond ? nil : true
    }

    /// Something on both sides of an @, without blanks: the rest only its host can say.
    private static func isAddress(_ text: String) -> Bool {
        guard let at = text.lastIndex(of: "@") else { return false }
        return at != text.startIndex && text.index(after: at) != text.endIndex
    }

    /// RFC 1123, section 2.1: labels of up to 63 letters, digits and hyphens.
    private static func isHost(_ text: String) -> Bool {
        let name = text.hasSuffix(".") ? text.dropLast() : Substring(text)
        return !name.isEmpty && name.utf8.count <= 253
            && name.split(separator: ".", omittingEmptySubsequences: false).allSatisfy { label in
                (1...63).contains(label.utf8.count) && !label.hasPrefix("-") && !label.hasSuffix("-")
                    && label.unicodeScalars.allSatisfy { $0.isLetter || $0.isDigit || $0 == "-" }
            }
    }

    private static func isRelativePointer(_ text: String) -> Bool {
        let digits = text.unicodeScalars.prefix(while: \.isDigit)
        let rest = String(text.unicodeScalars.dropFirst(digits.count))
        return !digits.isEmpty && (digits.count == 1 || digits.first != "0")
            && (rest == "#" || JSONPointer(rest) != nil)
    }

    package static func isRegularExpression(_ text: String) -> Bool? {
        do throws(PatternError) {
            _ = try ECMAPattern(text)
            return true
        } catch {
            if case .malformed = error { return false }
            return nil
        }
    }
}
