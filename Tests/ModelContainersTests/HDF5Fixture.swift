import Foundation
import ModelBytes
import ModelContainers

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
        get throws { Array(try Data(contentsOf: Self.folder.appending(path: "hdf5/\(name).h5"))) }
    }

    var payloads: [Range<Int>] { truth.payloads.map { $0[0]..<$0[0] + $0[1] } }
}
