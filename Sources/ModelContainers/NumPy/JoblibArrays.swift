package import ModelBytes

/// Where joblib has written arrays between the opcodes of a pickle.
///
/// joblib pickles a `NumpyArrayWrapper` in an array's place; behind the BUILD that completes it stand, since joblib 1.2,
/// one byte that counts padding, the padding, and then the raw elements; or, for an array of objects, a pickle of its
/// own. Source: joblib/numpy_pickle.py, `NumpyArrayWrapper.read_array` and `NumpyUnpickler.load_build`.
package final class JoblibArrays {
    /// The bytes of each array, by the id of its wrapper, in positions of the source.
    package private(set) var places: [Int32: Range<Int>] = [:]
    /// The elements of small arrays of a compressed stream, which cannot go back to them cheaply.
    private(set) var kept: [Int32: [UInt8]] = [:]
    private var keptBytes = 0
    /// What of a compressed stream is kept as it passes: pieces of at most so many bytes, and so many of all of them.
    static let shortBytes = 1_023
    static let mostShortBytes = 4 << 20
    /// Whether any wrapper was met: nothing but joblib writes them.
    package private(set) var isJoblib = false

    /// Whether some are in files of their own.
    package private(set) var hasCompanions = false
    /// The names of these files, as they were when the wrappers were built: that is when joblib opens them.
    package private(set) var companions: [String] = []
    private var known: Set<String> = []
    /// Whether there are more than are listed, or one whose name was not told.
    package private(set) var hasOthers = false
    private static let mostCompanions = 1_024

    private init() {}

    /// Runs the pickles in `source` as joblib's unpickler would read them.
    package static func run(
        _ source: ByteSource, streams: Int? = nil, window: ByteCursor.Window = .sequential, limits: Limits
    ) -> (pickle: Pickle, arrays: JoblibArrays) {
        let arrays = JoblibArrays()
        let pickle = Pickle.run(
            source, streams: streams, window: window, limits: limits,
            afterBuild: { (value, offset) throws(InspectionError) in try arrays.skip(value, at: offset) },
            awaits: isWrapper)
        return (pickle, arrays)
    }

    /// What stands behind the BUILD of `value`.
    private func skip(_ value: PickleValue, at offset: Int) throws(InspectionError) -> Pickle.Embedded {
        guard let (module, name) = value.object?.builtClass, Self.isWrapper(module, name) else { return .nothing }
        isJoblib = true
        guard Self.hasInlineContent(name) else {
            hasCompanions = true
            note(value)
            return .nothing
        }
        guard let wrapper = JoblibWrapper(value) else {
            throw InspectionError(.malformed, "an array of joblib without a shape or a data type")
        }
        if wrapper.type.holdsObjects { return .pickle }
        let source = value.pickle.source
        let padding = wrapper.isAligned ? 1 + Int(try source.bytes(at: offset, count: 1)[0]) : 0
        guard let elements = TensorSize.elements(wrapper.shape) else {
            throw InspectionError(.malformed, "an array of joblib of \(wrapper.shape) elements")
        }
        let (bytes, overflow) = elements.multipliedReportingOverflow(by: wrapper.type.itemSize)
        guard !overflow, bytes < Int.max / 4 else {
            throw InspectionError(.malformed, "an array of joblib of \(wrapper.shape) elements")
        }
        if !source.storage.isCountKnown, bytes <= Self.shortBytes, keptBytes <= Self.mostShortBytes {
            kept[value.id] = try source.bytes(at: offset + padding, upTo: bytes)
            keptBytes += bytes
        }
        places[value.id] = offset + padding..<offset + padding + bytes
        return .bytes(padding + bytes)
    }

    private func note(_ value: PickleValue) {
        guard let state = value.object?.state, state.pairs.count <= 64, let name = state["filename"]?.string else {
            hasOthers = true
            return
        }
        guard !known.contains(name) else { return }
        guard companions.count < Self.mostCompanions else {
            hasOthers = true
            return
        }
        known.insert(name)
        companions.append(name)
    }

    /// joblib's own classes, also where scikit-learn up to 0.22 carried a copy of it.
    static func isWrapper(_ module: String, _ name: String) -> Bool {
        guard name.hasSuffix("ArrayWrapper") else { return false }
        return module == "joblib.numpy_pickle" || module == "joblib.numpy_pickle_compat"
            || module == "sklearn.externals.joblib.numpy_pickle"
            || module == "sklearn.externals.joblib.numpy_pickle_compat"
    }

    /// `NDArrayWrapper` and `ZNDArrayWrapper` of joblib before 0.10 name a file beside the pickle instead.
    private static func hasInlineContent(_ name: String) -> Bool { name == "NumpyArrayWrapper" }
}

/// The state of a `NumpyArrayWrapper`.
struct JoblibWrapper {
    let shape: [Int]
    let type: NumPyType
    let isFortranOrder: Bool
    /// Padding stands before the elements.
    let isAligned: Bool

    init?(_ value: PickleValue) {
        // Of six attributes; one of a million would be searched for each of a million wrappers.
        guard let state = value.object?.state, state.pairs.count <= 64, let sizes = state["shape"],
            let shape = NumPyArray.shape(sizes),
            let type = state["dtype"].flatMap(NumPyType.init)
        else { return nil }
        self.shape = shape
        self.type = type
        isFortranOrder = state["order"]?.string == "F"
        isAligned = state["numpy_array_alignment_bytes"].map { !$0.isNone } ?? false
    }
}
