import ArgumentParser
import Checksums
import MLMInspect
import ModelBytes
import ModelContainers
import ModelJSON
import STAC

/// Makes Items of artifacts: inspects them, reports those that are not models, and adds the values that were given.
struct Drafter {
    private var reader: ArtifactReader
    private let items: ItemMaker

    init(
        _ inspector: Inspector, _ values: GivenValues, assetKey: String, withChecksum: Bool, failOn: FailOn
    ) {
        reader = ArtifactReader(inspector, withChecksum: withChecksum, failOn: failOn)
        items = ItemMaker(values, assetKey: assetKey)
    }

    var outcome: Outcome { reader.outcome }

    /// The record of an artifact; what keeps it from being a model is said on standard error.
    mutating func inspect(_ artifact: ArtifactPath) -> Record {
        reader.inspect(artifact.path, name: artifact.relative)
    }

    /// The Item of records that are all models. Throws what a person gave and cannot be.
    func item(_ records: [(ArtifactPath, Record)], id: String, at place: ItemPlace) throws -> Item {
        try items.item(records, id: id, at: place)
    }
}

/// Makes the Item of records, with what a person gave.
struct ItemMaker {
    private let values: GivenValues
    private let assetKey: String

    init(_ values: GivenValues = GivenValues(), assetKey: String = "model") {
        self.values = values
        self.assetKey = assetKey
    }

    /// The Item of records that are all models. Throws a usage error for a given value that cannot be used.
    func item(_ records: [(ArtifactPath, Record)], id: String, at place: ItemPlace) throws -> Item {
        let sources = records.compactMap { artifact, record in
            record.itemSource(href: place.href(of: artifact, first: records[0].0))
        }
        let checksum = records.first?.1.checksum
        let id = checksum.map { "\(id)-\(Multihash.shortened($0))" } ?? id
        var item = Item(
            sources, id: id, idRule: ItemIdentifiers.rule + (checksum == nil ? "" : ", and its checksum"),
            assetKey: assetKey)
        do throws(GivenError) {
            try values.apply(to: &item)
        } catch {
            throw UsageError("\(records[0].0.path): \(error.message)")
        }
        item.gaps = item.gaps.map(GapFlags.told)
        if let sensor = values.sensor { Self.tell(sensor, item, records[0].0.path) }
        return item
    }

    /// Says in which order the bands of a sensor were written, since data sets differ: EuroSAT has B8A last.
    private static func tell(_ sensor: Sensor, _ item: Item, _ path: String) {
        let names = (item.properties["bands"]?.array ?? []).compactMap { $0["name"]?.string }
        let text =
            "mlm-inspect: \(path): channels are bands of \(sensor.id) in this order: \(names.joined(separator: ", "))"
        StandardError.write(TextStyle.inert(text) + "\n")
    }
}
