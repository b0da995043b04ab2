/// What may stand where in a URI (RFC 3986, appendix A) and in an IRI (RFC 3987, section 2.2).
struct URISyntax {
    let isInternational: Bool

    /// With a scheme.
    func isURI(_ text: String) -> Bool { SchemaURI(text).scheme != nil && isReference(text) }

    func isReference(_ text: String) -> Bool {
        let uri = SchemaURI(text)
        if let authority = uri.authority {
            guard isAuthority(authority) else { return false }
        } else if uri.scheme == nil,
            let segment = uri.path.split(separator: "/", omittingEmptySubsequences: false).first,
            segment.contains(":")
        {
            // Its first part would be a scheme, and is none.
            return false
        }
        return isMade(uri.path, also: ":@/") && isMade(uri.query ?? "", also: ":@/?", isQuery: true)
            && isMade(uri.fragment ?? "", also: ":@/?")
    }

    private func isAuthority(_ text: Substring) -> Bool {
        var host = text
        if let at = host.lastIndex(of: "@") {
            guard isMade(host[..<at], also: ":") else { return false }
            host = host[host.index(after: at)...]
        }
        if host.hasPrefix("[") {
            guard let end = host.firstIndex(of: "]") else { return false }
            let port = host[host.index(after: end)...]
            return isLiteral(host[host.index(after: host.startIndex)..<end])
                && (port.isEmpty || (port.hasPrefix(":") && port.dropFirst().unicodeScalars.allSatisfy(\.isDigit)))
        }
        if let colon = host.lastIndex(of: ":") {
            guard host[host.index(after: colon)...].unicodeScalars.allSatisfy(\.isDigit) else { return false }
            host = host[..<colon]
        }
        return isMade(host, also: "")
    }

    /// What stands in brackets: an IPv6 address, or one of a later version.
    private func isLiteral(_ text: Substring) -> Bool {
        if IPAddress.isVersion6(text) { return true }
        guard let first = text.first, first == "v" || first == "V", let dot = text.firstIndex(of: ".") else {
            return false
        }
        let version = text[..<dot].dropFirst()
        let address = text[text.index(after: dot)...]
        return !version.isEmpty && version.unicodeScalars.allSatisfy(\.isHexDigit) && !address.isEmpty
            && !address.contains("%") && URISyntax(isInternational: false).isMade(address, also: ":")
    }

    /// Unreserved scalars, those of sub-delims, bytes in percent, and these.
    private func isMade(_ text: Substring, also others: String, isQuery: Bool = false) -> Bool {
        let scalars = Array(text.unicodeScalars)
        var position = 0
        while position < scalars.count {
            let scalar = scalars[position]
            position += 1
            if scalar.isLetter || scalar.isDigit || Self.marks.contains(scalar)
                || others.unicodeScalars.contains(scalar)
            {
                continue
            }
            if scalar == "%" {
                guard position + 1 < scalars.count, scalars[position].isHexDigit, scalars[position + 1].isHexDigit
                else {
                    return false
                }
                position += 2
                continue
            }
            guard isInternational, Self.isInternational(scalar, isQuery: isQuery) else { return false }
        }
        return true
    }

    private static let marks = Set("-._~!$&'()*+,;=".unicodeScalars)

    /// `ucschar`, and `iprivate` in a query.
    private static func isInternational(_ scalar: Unicode.Scalar, isQuery: Bool) -> Bool {
        switch scalar.value {
        case 0xA0...0xD7FF, 0xF900...0xFDCF, 0xFDF0...0xFFEF: true
        case 0x1_0000...0xE_FFFF: scalar.value & 0xFFFF <= 0xFFFD && !(0xE_0000...0xE_0FFF).contains(scalar.value)
        case 0xE000...0xF8FF, 0xF_0000...0xF_FFFD, 0x10_0000...0x10_FFFD: isQuery
        default: false
        }
    }
}

/// Addresses in their text forms.
enum IPAddress {
    /// Four numbers up to 255 without leading zeros (RFC 2673, section 3.2).
    static func isVersion4(_ text: Substring) -> Bool {
        let parts = text.split(separator: ".", omittingEmptySubsequences: false)
        return parts.count == 4
            && parts.allSatisfy { part in
                (1...3).contains(part.utf8.count) && part.unicodeScalars.allSatisfy(\.isDigit)
                    && (part.utf8.count == 1 || !part.hasPrefix("0")) && (Int(part) ?? 256) < 256
            }
    }

    /// Eight groups, of which one run of zeros may be `::` and the last two an IPv4 address (RFC 4291, section 2.2).
    static func isVersion6(_ text: Substring) -> Bool {
        guard text.utf8.count <= 45 else { return false }
        let halves = text.split(separator: "::", maxSplits: 2, omittingEmptySubsequences: false)
        guard halves.count <= 2 else { return false }
        var groups = 0
        for (position, half) in halves.enumerated() where !(half.isEmpty && halves.count == 2) {
            let parts = half.split(separator: ":", omittingEmptySubsequences: false)
            for (index, part) in parts.enumerated() {
                if position == halves.count - 1, index == parts.count - 1, part.contains(".") {
                    guard isVersion4(part) else { return false }
                    groups += 2
                } else {
                    guard (1...4).contains(part.utf8.count), part.unicodeScalars.allSatisfy(\.isHexDigit) else {
                        return false
                    }
                    groups += 1
                }
            }
        }
        return halves.count == 2 ? groups < 8 : groups == 8
    }
}
