import MLMInspect
import ModelBytes
import ModelContainers

/// What libFuzzer calls for each input: the whole line, over bytes in memory, down to the JSON of the record.
@_cdecl("LLVMFuzzerTestOneInput")
public func inspect(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
    let bytes = Array(UnsafeBufferPointer(start: start, count: count))
    do {
        let artifact = try Artifact(path: "input", source: ByteSource(MemoryBytes(bytes)))
        let record = Inspector().inspect(artifact)
        _ = try JSONValueEncoder().encode(record).write(pretty: false)
    } catch {
        fatalError("every input ends in a record, and every record has its JSON: \(error)")
    }
    return 0
}
