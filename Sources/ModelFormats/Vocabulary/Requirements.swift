/// What the loader of an artifact needs of a package's version.
enum VersionBound: Hashable {
    case atLeast(String)
    case below(String)
    /// The package supports files of no other version.
    case exactly(String)

    /// As pip spells it, behind the name of the package.
    var text: String {
        switch self {
        case .atLeast(let version): ">=\(version)"
        case .below(let version): "<\(version)"
        case .exactly(let version): "==\(version)"
        }
    }
}

/// The packages that loading takes, and of each the bounds that the artifact proves, with the reason for them. Of several
/// lower bounds the highest counts, and an exact version makes the others needless.
struct Requirements {
    /// A bound, how it is known, and what in the artifact shows it.
    struct Reason {
        let bound: VersionBound
        let origin: FieldProvenance.Origin
        let why: String
    }

    private struct Package {
        let name: String
        var lower: Reason?
        var upper: Reason?
        var exact: Reason?

        var bounds: [Reason] { exact.map { [$0] } ?? [lower, upper].compactMap(\.self) }
    }

    private var packages: [Package] = []
    /// Where each stands, since an artifact can name as many as it likes.
    private var places: [String: Int] = [:]

    /// Packages without a bound.
    init(_ names: some Sequence<String> = []) {
        for name in names { need(name) }
    }

    /// A package in whatever version; once is enough.
    mutating func need(_ name: String) { _ = index(of: name) }

    /// A package within a bound, which is why.
    mutating func need(
        _ name: String, _ bound: VersionBound, _ origin: FieldProvenance.Origin, because why: String
    ) {
        let index = index(of: name)
        let reason = Reason(bound: bound, origin: origin, why: why)
        switch bound {
        case .exactly: packages[index].exact = packages[index].exact ?? reason
        case .atLeast(let version):
            if case .atLeast(let known)? = packages[index].lower?.bound, !Self.isOlder(known, version) { return }
            packages[index].lower = reason
        case .below(let version):
            if case .below(let known)? = packages[index].upper?.bound, !Self.isOlder(version, known) { return }
            packages[index].upper = reason
        }
    }

    /// The name before the bounds of a requirement as pip spells it.
    static func package(of requirement: String) -> String { String(requirement.prefix { !"=<>!~[;: ".contains($0) }) }

    /// As pip spells them, in the order in which they were named.
    var list: [String] { packages.map { $0.name + $0.bounds.map(\.bound.text).joined(separator: ",") } }

    /// Says where every bound comes from.
    func note(into result: inout ProbeResult) {
        for package in packages {
            for reason in package.bounds {
                result.note("requires", reason.origin, "\(package.name)\(reason.bound.text): \(reason.why)")
            }
        }
    }

    private mutating func index(of name: String) -> Int {
        if let known = places[name] { return known }
        places[name] = packages.count
        packages.append(Package(name: name))
        return packages.count - 1
    }

    /// Compares the numbers of two releases; `2.1` is `2.1.0`.
    private static func isOlder(_ first: String, _ second: String) -> Bool {
        numbers(first).lexicographicallyPrecedes(numbers(second))
    }

    /// Without zeros at the end.
    private static func numbers(_ version: String) -> [Int] {
        var numbers = version.prefix { $0 != "+" }.split { !$0.isASCII || !$0.isNumber }.prefix(4).map { Int($0) ?? 0 }
        while numbers.last == 0 { numbers.removeLast() }
        return numbers
    }
}
