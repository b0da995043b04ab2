/// Which releases of torch load a TorchScript archive, by its version, its code and the operators that it names.
///
/// Tried: the archives of the tests in 1.4.0, 1.5.1, 1.6.0, 1.8.1, 1.9.1, 1.12.1, 1.13.1, 2.0.1, 2.5.1 and 2.13.0. Of what
/// came between two of them the later one is named.
enum ScriptReleases {
    static func need(_ requirements: inout Requirements, version: String?, isOldest: Bool, _ code: ScriptOperators) {
        func need(_ release: String, _ why: String) {
            requirements.need("torch", .atLeast(release), .derived, because: why)
        }
        guard !isOldest else {
            requirements.need(
                "torch", .below("1.10"), .derived, because: "model.json, which 1.9 reads and 1.11 and later refuse")
            return
        }
        if let version = version.flatMap({ Int($0) }),
            let release = formats.first(where: { version <= $0.last })?.release,
            !release.isEmpty
        {
            need(release, "version \(version), which older ones refuse")
        }
        if code.namesNoneType { need("1.9", "the type NoneType in its code, which 1.8 does not know") }
        if code.raisesClasses { need("1.12", "RaiseException with a class in its code, which 1.9 refuses") }
        if code.convolvesWithTensorFloat { need("1.8", "torch._convolution of 13 operands, which 1.6 has not") }
        for (release, names) in operators {
            if let name = code.operators.named.intersection(names).min() {
                need(release, "the operator \(name), which the release before has not")
            }
        }
    }

    /// The newest version that each release reads (`kMaxSupportedFileFormatVersion`, caffe2/serialize/versions.h); what 1.5
    /// takes for version 3 is not yet what 1.6 writes.
    private static let formats: [(last: Int, release: String)] = [(2, ""), (5, "1.6"), (6, "1.9"), (10, "1.12")]

    private static let operators: [(release: String, names: Set<String>)] = [
        ("1.8", TorchOperatorReleases.since1x8), ("1.9", TorchOperatorReleases.since1x9),
        ("1.12", TorchOperatorReleases.since1x12), ("1.13", TorchOperatorReleases.since1x13),
        ("2.0", TorchOperatorReleases.since2x0), ("2.5", TorchOperatorReleases.since2x5),
        ("2.9", TorchOperatorReleases.since2x9), ("2.13", TorchOperatorReleases.since2x13),
    ]
}
