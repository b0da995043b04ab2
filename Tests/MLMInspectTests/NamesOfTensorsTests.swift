import MLMInspect
import ModelBytes
import ModelFormats
import TestSupport
import Testing

/// What names say where names are all there is: one rule for every list of tensors.
@Suite struct NamesOfTensorsTests {
    /// Only the last component of a name makes it a statistic of a batch normalisation.
    @Test(arguments: [
        ("bn.running_mean", true), ("running_var", true), ("a.b.num_batches_tracked", true), ("my_running_mean", false),
        ("bn.running_mean.weight", false), ("running_mean.0", false), ("bn.not_tracked", false), ("n", false),
        ("", false),
    ])
    func buffers(_ name: String, _ isBuffer: Bool) throws {
        let header = #"{"\#(name)":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}}"#
        var bytes = (0..<8).map { UInt8(truncatingIfNeeded: header.utf8.count >> (8 * $0)) }
        bytes += Array(header.utf8) + [UInt8](repeating: 0, count: 8)
        let record = Inspector().inspect(try Artifact(path: "m.safetensors", source: ByteSource(MemoryBytes(bytes))))
        #expect(record.facts?.parameters?.buffers == (isBuffer ? 2 : nil))
        #expect(record.facts?.parameters?.total == (isBuffer ? 0 : 2))
    }
}
