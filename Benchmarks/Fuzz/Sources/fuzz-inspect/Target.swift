import Glibc
import MLMInspect
import ModelBytes
import ModelContainers
import ModelJSON

/// What libFuzzer calls for each input. `FUZZ_TARGET` says what reads it: a container by its name, else the whole line from
/// sniffing to the JSON of the record.
@_cdecl("LLVMFuzzerTestOneInput")
public func read(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
    let bytes = Array(UnsafeBufferPointer(start: start, count: count))
    let container = getenv("FUZZ_TARGET").flatMap { Container(rawValue: String(cString: $0)) }
    do throws(InspectionError) {
        if let container { try container.read(bytes) } else { try inspect(bytes) }
    } catch {
        // What is broken is an error, and nothing else; it can be told.
        _ = "\(error)"
    }
    return 0
}

private func inspect(_ bytes: [UInt8]) throws(InspectionError) {
    let artifact = try Artifact(path: "input", source: ByteSource(MemoryBytes(bytes)))
    let record = Inspector().inspect(artifact)
    do {
        _ = try JSONValueEncoder().encode(record).write(pretty: false)
    } catch {
        fatalError("every record has its JSON: \(error)")
    }
}
