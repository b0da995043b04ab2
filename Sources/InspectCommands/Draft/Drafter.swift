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
        _ inspector: Inspector, _ values: GivenValues, _ sides: SideFiles, assetKey: String, withChecksum: Bool,
        failOn: FailOn
    ) {
        reader = ArtifactReader(inspector, withChecksum: withChecksum, failOn: failOn)
        items = ItemMaker(values, sides, assetKey: assetKey)
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
    private let sides: SideFiles
    private let assetKey: String

    init(_ values: GivenValues = GivenValues(), _ sides: SideFiles = SideFiles(), assetKey: String = "model") {
        self.values = values
        self.sides = sides
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
        let values = try sides.values(for: records.map(\.0), under: values)
        do throws(GivenError) {
            try values.apply(to: &item)
        } catch {
            throw UsageError("\(records[0].0.path): \(error.message)")
        }
        item.gaps = item.gaps.map(GapFlags.told)
        Self.tellBands(item, records[0].0.path)
        Self.tellClasses(item, records[0].0.path)
        return item
    }

    /// Says where there are more or fewer classes than the output has values for: a name may have been left out.
    private static func tellClasses(_ item: Item, _ path: String) {
        for (index, output) in (item.properties["mlm:output"]?.array ?? []).enumerated() {
            let place = JSONPointer(["properties", "mlm:output", String(index), "classification:classes"])
            let order = output["result"]?["dim_order"]?.array?.compactMap(\.string) ?? []
            let shape = output["result"]?["shape"]?.array?.compactMap(\.int) ?? []
            guard item.evidence.contains(where: { $0.place == place && $0.origin == .given }),
                let classes = output["classification:classes"]?.array, shape.count == order.count,
                let axis = order.firstIndex(where: { ["channel", "class", "classes"].contains($0) })
                    ?? (shape.count == 2 ? 1 : nil),
                // One value may tell two classes apart.
                shape[axis] > 1, shape[axis] != classes.count
            else { continue }
            let text = """
                mlm-inspect: \(path): \(output["name"]?.string ?? "the output") has \(shape[axis]) values for classes, and \
                \(classes.count) classes are given; the draft has them as they are
                """
            StandardError.write(TextStyle.inert(text) + "\n")
        }
    }

    /// Says in which order the bands of a sensor were written, since data sets differ: EuroSAT has B8A last.
    private static func tellBands(_ item: Item, _ path: String) {
        for (index, input) in (item.properties["mlm:input"]?.array ?? []).enumerated() {
            let place = JSONPointer(["properties", "mlm:input", String(index), "bands"])
            guard let given = item.evidence.first(where: { $0.place == place && $0.origin == .given }),
                let sensor = Sensor.all.first(where: { given.where.hasSuffix(" " + $0.id) }),
                let bands = input["bands"]?.array
            else { continue }
            let names = bands.compactMap { $0.string ?? $0["name"]?.string }.joined(separator: ", ")
            let text = "mlm-inspect: \(path): channels are bands of \(sensor.id) in this order: \(names)"
            StandardError.write(TextStyle.inert(text) + "\n")
        }
    }
}
