import Foundation
import ModelBytes
import ModelContainers
import ModelJSON
import TestSupport

/// A file that h5py wrote, and what h5py says is in it; made by Fixtures/hdf5.py.
struct HDF5Fixture: Sendable, CustomStringConvertible {
    struct Truth: Codable, Sendable {
        let outline: HDF5Outline
        /// Offset and length of what datasets hold.
        let payloads: [[Int]]
    }

    let name: String
    let truth: Truth

    var description: String { name }

    private static let folder = URL(filePath: #filePath, directoryHint: .notDirectory).deletingLastPathComponent()
        .appending(path: "Fixtures", directoryHint: .isDirectory)

    static let all: [HDF5Fixture] = {
        do {
            let bytes = Array(try Data(contentsOf: folder.appending(path: "hdf5.json")))
            let truths = try JSONDecoder().decode([String: Truth].self, from: Data(bytes))
            return truths.sorted { $0.key < $1.key }.map { HDF5Fixture(name: $0.key, truth: $0.value) }
        } catch {
            fatalError("hdf5.json: \(error)")
        }
    }()

    static func named(_ name: String) -> HDF5Fixture {
        guard let fixture = all.first(where: { $0.name == name }) else { fatalError("no fixture \(name)") }
        return fixture
    }

    var bytes: [UInt8] {
        get throws { Array(try Data(contentsOf: URL(filePath: path))) }
    }

    var path: String { Self.folder.appending(path: "hdf5/\(name).h5").path }

    var payloads: [Range<Int>] { truth.payloads.map { $0[0]..<$0[0] + $0[1] } }

    /// A file of 2 GB, its weights zeros that take no memory.
    static func large() throws -> (bytes: PiecewiseBytes, truth: Truth) {
        struct Large: Codable {
            let size: Int
            let pieces: [[Piece]]
            let truth: Truth
        }
        enum Piece: Codable {
            case offset(Int)
            case hex(String)

            init(from decoder: any Decoder) throws {
                let container = try decoder.singleValueContainer()
                self =
                    if let offset = try? container.decode(Int.self) { .offset(offset) } else {
                        .hex(try container.decode(String.self))
                    }
            }
        }
        let url = folder.appending(path: "hdf5-large.json")
        let large = try JSONDecoder().decode(Large.self, from: try Data(contentsOf: url))
        var pieces: [PiecewiseBytes.Piece] = []
        var end = 0
        for piece in large.pieces {
            guard case .offset(let offset) = piece[0], case .hex(let hex) = piece[1] else { continue }
            let bytes = PickleReference.bytes(hex)
            pieces += [.zeros(offset - end), .bytes(bytes)]
            end = offset + bytes.count
        }
        pieces.append(.zeros(large.size - end))
        return (PiecewiseBytes(pieces), large.truth)
    }
}
