public import ModelBytes

/// Asks `mlm-inspect-hdf5` what is in HDF5 files. One such program, started when it is first needed, serves one file
/// after another; one that has ended in the middle of a file is replaced before the next.
public final class HDF5Reader: Sendable {
    /// `program` is the path of `mlm-inspect-hdf5`; nil: it is looked for where it may be installed.
    public init(program: String? = nil) {}

    /// What is in the HDF5 file that `source` holds.
    public func outline(of source: ByteSource, limits: Limits) throws(InspectionError) -> HDF5Outline {
        throw InspectionError(.unsupported, "HDF5 is not read yet", entry: source.entry)
    }
}
