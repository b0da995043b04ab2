import ModelBytes
import ModelContainers
import ModelJSON

/// A reader of structure without meaning, and all that it says of an input.
enum Container: String {
    case pickle, zip, tar, protobuf, json, ubjson, flatbuffer, sstable, compression, xml, yaml, numpy, hdf5

    /// Small, so that what takes long is what grows too fast.
    private static let limits: Limits = {
        var limits = Limits()
        limits.pickleOperations.value = 200_000
        limits.inflatedBytes.value = 4 << 20
        limits.streamBytes.value = 16 << 20
        return limits
    }()

    func read(_ bytes: [UInt8]) throws(InspectionError) {
        let source = ByteSource(MemoryBytes(bytes))
        let limits = Self.limits
        switch self {
        case .pickle: readPickle(source, limits)
        case .zip: try readZip(source, limits)
        case .tar:
            let archive = try TarArchive(source, limits: limits)
            for entry in archive.entries { _ = try archive.open(entry).bytes(at: 0, upTo: 64) }
        case .protobuf: try readMessages(source, limits)
        case .json: _ = try JSONValue.parse(source, limits: limits).write(pretty: true)
        case .ubjson:
            var scanner = UBJSONScanner(source, limits: limits)
            try scanner.skip()
        case .flatbuffer: try readTable(try FlatBuffer(source, limits: limits).root(), depth: 4)
        case .sstable:
            let table = try SSTable(source, limits: limits)
            try table.forEachEntry { key, value throws(InspectionError) in _ = key.count + value.count }
        case .compression:
            guard let compression = Compression(head: Array(bytes.prefix(64))) else { return }
            let inflated = try InflatedBytes(source, compression, limits: limits)
            _ = try ByteSource(inflated).bytes(at: 1 << 16, upTo: 16)
            _ = try inflated.whole(upTo: 1 << 20)
        case .xml: try XMLReader.read(source, limits: limits, Quiet())
        case .yaml: _ = try YAMLReader.read(source, limits: limits)
        case .numpy: _ = try NumPyFile(source).values(upTo: 1_000)
        case .hdf5: _ = try HDF5Outline(told: bytes, limits: limits)
        }
    }

    private func readPickle(_ source: ByteSource, _ limits: Limits) {
        let pickle = Pickle.run(source, limits: limits)
        for item in pickle.imports { _ = "\(item)" }
    }

    private func readZip(_ source: ByteSource, _ limits: Limits) throws(InspectionError) {
        let archive = try ZipArchive(source, limits: limits)
        for entry in archive.entries.prefix(64) where !entry.isDirectory {
            // One that cannot be read says nothing of the others.
            guard let member = try? archive.open(entry) else { continue }
            _ = try? member.bytes(at: 0, upTo: 4_096)
        }
    }

    private func readMessages(_ source: ByteSource, _ limits: Limits) throws(InspectionError) {
        var failure: InspectionError?
        for type in [ProtobufType.onnxModel, .graphDef, .savedModel, .trackableObjectGraph] {
            do throws(InspectionError) {
                _ = try ProtobufMessage.read(source, as: type, limits: limits)
            } catch {
                failure = error
            }
        }
        if let failure { throw failure }
    }

    /// Each slot as everything that it could be.
    private func readTable(_ table: FlatBufferTable, depth: Int) throws(InspectionError) {
        guard depth > 0 else { return }
        for slot in 0..<8 {
            guard try table.has(slot) else { continue }
            _ = try? table.string(slot)
            _ = try? table.bytes(slot)
            try? table.forEachInt64(slot) { _ in }
            try? table.forEachString(slot) { _ in }
            if let inner = try? table.table(slot) { try readTable(inner, depth: depth - 1) }
            try? table.forEachTable(slot) { inner throws(InspectionError) in
                if depth > 1 { _ = try? inner.string(0) }
            }
        }
    }
}

private final class Quiet: XMLHandler {
    let wantsText = true
    func start(_ element: XMLElement) -> Bool { element.attribute("name") != "stop" }
    func end(depth: Int) {}
    func text(_ piece: String) {}
}
