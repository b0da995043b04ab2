import ModelBytes
import ModelContainers
import TestSupport
import Testing

/// What `mlm-inspect-hdf5` tells against what h5py says of the same files.
@Suite struct HDF5OutlineTests {
    private static let reader = HDF5Reader()

    @Test(arguments: HDF5Fixture.all)
    func agreesWithH5py(_ fixture: HDF5Fixture) throws {
        let source = ByteSource(MemoryBytes(try fixture.bytes))
        let outline = try Self.reader.outline(of: source, limits: Limits())
        let truth = fixture.truth.outline
        #expect(outline.userBlock == truth.userBlock)
        #expect(outline.objects.map(\.path) == truth.objects.map(\.path))
        for (object, expected) in zip(outline.objects, truth.objects) {
            #expect(object.attributes.map(\.name) == expected.attributes.map(\.name))
            for (attribute, wanted) in zip(object.attributes, expected.attributes) where attribute != wanted {
                Issue.record("\(object.path): \(attribute), but h5py has \(wanted)")
            }
            var (bare, wanted) = (object, expected)
            bare.attributes = []
            wanted.attributes = []
            #expect(bare == wanted)
        }
        #expect(outline.links == truth.links)
    }
}
