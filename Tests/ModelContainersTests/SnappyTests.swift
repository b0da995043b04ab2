import ModelBytes
import Testing

@testable import ModelContainers

/// Bytes as google/snappy writes them (format_description.txt), and what no writer makes.
@Suite struct SnappyTests {
    private func decode(_ bytes: [UInt8], limit: Int = 1_024) throws(InspectionError) -> [UInt8] {
        var most = Limits().tableBlockBytes
        most.value = limit
        return try Snappy.decode(bytes[...], limit: most, entry: nil, offset: 0)
    }

    @Test(
        arguments: [
            ([0], []), ([3, 8, 1, 2, 3], [1, 2, 3]),
            // A copy that reaches into itself, by one byte of distance and by two.
            ([6, 0, 7, 5, 1], [7, 7, 7, 7, 7, 7]), ([5, 0, 7, 14, 1, 0], [7, 7, 7, 7, 7]),
            ([6, 4, 1, 2, 1, 2], [1, 2, 1, 2, 1, 2]), ([2, 240, 1, 8, 9], [8, 9]),
        ] as [([UInt8], [UInt8])])
    func content(_ bytes: [UInt8], _ content: [UInt8]) throws {
        #expect(try decode(bytes) == content)
    }

    @Test(
        arguments: [
            [], [3], [3, 8, 1, 2], [2, 8, 1, 2, 3], [4, 8, 1, 2, 3], [5, 0, 7, 1, 0], [5, 0, 7, 1, 2], [3, 0, 7, 1, 1],
            [255, 255, 255, 255, 255, 1], [5, 240], [9, 0, 7, 3, 1, 0, 0], [9, 0, 7, 3, 255, 255, 255, 255],
        ] as [[UInt8]])
    func broken(_ bytes: [UInt8]) {
        #expect(throws: InspectionError.self) { try decode(bytes) }
    }

    @Test func aBombIsALimit() {
        let error = #expect(throws: InspectionError.self) { try decode([255, 255, 255, 255, 7, 0, 1], limit: 1_024) }
        #expect(error?.reason == .limit)
    }
}
