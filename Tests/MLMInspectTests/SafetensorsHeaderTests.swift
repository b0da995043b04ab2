import ModelBytes
import ModelFormats
import TestSupport
import Testing

/// A safetensors file begins with the length of its header, so its first bytes can be anybody's magic: for every length
/// up to 1 MiB only safetensors may recognise it.
@Suite struct SafetensorsHeaderTests {
    #if DEBUG
        /// A prime, so that every low byte occurs.
        private static let step = 331
    #else
        private static let step = 1
    #endif
    private static let piece = 1 << 16

    /// Lengths whose first bytes are a whole pickle: an empty value, and STOP.
    @Test(arguments: [11_817, 11_869, 11_901, 77_353])
    func aPickleOfTwoBytesIsChance(_ length: Int) throws {
        let storage = SafetensorsHeaderBytes(.tensor)
        storage.headerLength = length
        let subject = InspectedArtifact(
            try Artifact(path: "model", source: ByteSource(storage)), limits: Limits(), formats: .all)
        let claims = FormatList.all.formats.filter { $0.sniff(subject) != nil }.map { $0.identities[0].id }
        #expect(claims == ["safetensors"])
    }

    @Test(
        arguments: Array(stride(from: 0, through: 1 << 20, by: piece)), [SafetensorsHeaderBytes.Content.empty, .tensor])
    func onlySafetensorsRecognisesIt(_ start: Int, _ content: SafetensorsHeaderBytes.Content) throws {
        let storage = SafetensorsHeaderBytes(content)
        for length in stride(
            from: max(start, content.shortestHeader), to: min(start + Self.piece, 1 << 20 + 1), by: Self.step)
        {
            storage.headerLength = length
            let artifact = try Artifact(path: "model", source: ByteSource(storage))
            let subject = InspectedArtifact(artifact, limits: Limits(), formats: .all)
            let claims = FormatList.all.formats.filter { $0.sniff(subject) != nil }.map { $0.identities[0].id }
            if claims != ["safetensors"] { Issue.record("a header of \(length) bytes is claimed by \(claims)") }
        }
    }
}

/// The bytes of a safetensors file whose header has any length: made up where they are read, never held.
final class SafetensorsHeaderBytes: ByteStorage {
    enum Content: String, Sendable {
        /// No tensor at all.
        case empty = "{}"
        /// As safetensors.torch writes one tensor of 4 bytes.
        case tensor = #"{"__metadata__":{"format":"pt"},"w":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}}"#

        var shortestHeader: Int { max(8, rawValue.utf8.count) }
        var payloadBytes: Int { self == .empty ? 0 : 4 }
    }

    var headerLength = 8
    private let text: [UInt8]
    private let payloadBytes: Int

    init(_ content: Content) {
        text = Array(content.rawValue.utf8)
        payloadBytes = content.payloadBytes
    }

    var count: Int { 8 + headerLength + payloadBytes }

    /// The length, the JSON, and the spaces that safetensors fills a header up with.
    func read(at offset: Int, into buffer: UnsafeMutableRawBufferPointer) throws(InspectionError) -> Int {
        let length = max(0, min(buffer.count, count - offset))
        for index in 0..<length {
            let position = offset + index
            unsafe buffer[index] =
                position < 8
                ? UInt8(truncatingIfNeeded: headerLength >> (8 * position))
                : position - 8 < text.count ? text[position - 8] : position < 8 + headerLength ? 0x20 : 0
        }
        return length
    }
}
