import CHDF5
import CHDF5Driver

/// Why a file cannot be read to its end.
struct Failure: Error {
    /// In the order of `mlm_limits`.
    enum Limit: Int {
        case objects, attributes, attributeBytes, nameBytes, depth
    }

    let kind: mlm_failure
    let words: String

    init(_ kind: mlm_failure, _ words: String) {
        self.kind = kind
        self.words = words
    }

    static func limit(_ limit: Limit) -> Failure { Failure(MLM_LIMIT, String(limit.rawValue)) }

    /// What libhdf5 says about the call that has just failed; `place` is where in the file.
    static func library(_ place: String) -> Failure {
        var words = [CChar](repeating: 0, count: 256)
        let kind = unsafe words.withUnsafeMutableBufferPointer { unsafe mlm_cause($0.baseAddress, $0.count) }
        let cause = String(decoding: words.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
        if kind == MLM_LIMIT { return Failure(kind, cause) }
        return Failure(kind, (place.isEmpty ? cause : "\(cause), in \(place)") + newer(cause))
    }

    /// Which libhdf5 a message of an unknown version takes. Version 5 of the layout message came with HDF5 2.0: what h5py
    /// writes for 1.14 is read here, what it writes for 2.0 is not. A damaged byte looks the same.
    private static func newer(_ cause: String) -> String {
        guard cause.utf8.starts(with: "bad version number".utf8) else { return "" }
        let here = "libhdf5 \(H5_VERS_MAJOR).\(H5_VERS_MINOR).\(H5_VERS_RELEASE), which reads here, does not know it"
        return cause.utf8.elementsEqual("bad version number for layout message".utf8)
            ? "; \(here): unless the file is damaged, it takes HDF5 2.0 or later" : "; \(here)"
    }
}

/// The identifier or the number that libhdf5 has answered, unless it says that it failed.
func checked<Value: SignedInteger>(_ value: Value, in place: @autoclosure () -> String) throws(Failure) -> Value {
    if value < 0 { throw Failure.library(place()) }
    return value
}
