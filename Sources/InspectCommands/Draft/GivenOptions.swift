import ArgumentParser
import ModelBytes
import ModelContainers
import ModelJSON
import STAC

/// What the user knows about the model. Each flag supplies a value that may be missing.
struct GivenOptions: ParsableArguments {
    @Option(help: "Id of the Item. By default, made from the file name.")
    var id: String?

    @Option(help: "Id of the Collection the Item belongs to.")
    var collectionId: String?

    @Option(
        name: [.customShort("p"), .customLong("property")],
        help: ArgumentHelp(
            "Set a property of the Item. The value is JSON or plain text. Can be repeated.", valueName: "key=value"))
    var properties: [String] = []

    @Option(help: "What the model does, such as semantic-segmentation. Separate several by commas, or repeat the flag.")
    var task: [String] = []

    @Option(help: "Where the model applies: world, or a GeoJSON file.")
    var geometry: String?

    @Option(
        parsing: .unconditional,
        help: ArgumentHelp("Bounding box. Can be given without --geometry.", valueName: "w,s,e,n"))
    var bbox: String?

    @Option(help: "Time the model applies to, such as 2017-06-30 or 2017-06-30T12:00:00Z.")
    var datetime: String?

    @Option(help: "Start of a time range, such as 2015-06-27, or .. for no start. Needs --end.")
    var start: String?

    @Option(help: "End of a time range, or .. for no end.")
    var end: String?

    @Option(
        help: ArgumentHelp(
            "Sensor whose bands are the input's channels, in the product's band order; with --band, only those bands, in that order. One of \(Sensor.all.map(\.id).joined(separator: ", ")).",
            valueName: "id"))
    var sensor: String?

    @Option(
        help:
            "Names of an input's channels, in order, if they are bands. Separate by commas, or repeat the flag. INPUT:NAME starts the list of one input."
    )
    var band: [String] = []

    @Option(
        help: ArgumentHelp(
            "Names of the dimensions of an input or output. Can be repeated.", valueName: "name=batch,channel,…"))
    var dimOrder: [String] = []

    @Option(
        help: ArgumentHelp(
            "How input values are scaled, in MLM's terms: z-score:mean=0.4,stddev=0.2 or min-max:minimum=0,maximum=10000, with slashes between the numbers of the channels (mean=0.4/0.5/0.3). Put INPUT: in front to name the input.",
            valueName: "[input:]type:key=n,…"))
    var valueScaling: [String] = []

    @Option(
        help: ArgumentHelp(
            "Names of the classes, from value 0 on, or a file with one per line. Put OUTPUT= in front to name the output.",
            valueName: "[output=]a,b,c|file"))
    var classes: [String] = []

    @Option(help: "Name of the architecture, such as U-Net.")
    var architecture: String?

    @Option(help: "SPDX identifier of the licence, such as Apache-2.0.")
    var license: String?

    @Option(help: "Name of the model, for mlm:name.")
    var name: String?

    @Option(help: "Title of the Item, or of the Collection with --collection.")
    var title: String?

    @Option(help: "Description of the Item, or of the Collection with --collection.")
    var description: String?

    @Option(help: ArgumentHelp("Add a link, such as cite-as=https://doi.org/…. Can be repeated.", valueName: "rel=url"))
    var link: [String] = []

    @Option(
        help: ArgumentHelp(
            "Add another file as an asset, such as source_code=https://…. Can be repeated.", valueName: "key=href"))
    var asset: [String] = []

    @Option(help: "Key of the model asset.")
    var assetKey = "model"

    @Option(help: "Link to the model. By default, its path relative to the Item.")
    var assetHref: String?

    @Option(help: "URL prefix for links to models, such as https://example.org/models.")
    var hrefPrefix: String?

    /// All flags as one value. Throws a usage error for a value that cannot be used.
    func resolved(_ limits: Limits) throws -> GivenValues {
        var values = GivenValues()
        values.names = .flags
        do throws(GivenError) {
            values.id = try id.map(Self.checkedID)
            values.collection = collectionId
            values.assetHref = assetHref
            values.bands = Self.list(band)
            values.sensor = try sensor.map(Self.sensor)
            for text in dimOrder {
                guard let order = DimensionOrders.Given(text) else {
                    throw GivenError("--dim-order \(text): write NAME=batch,channel,…")
                }
                values.dimOrders.append(order)
            }
            for text in valueScaling { values.ports.append(try ValueScaling.port(text, by: "--value-scaling")) }
            for text in classes { values.ports.append(try Self.classes(text, limits)) }
            for (index, port) in values.ports.enumerated()
            where values.ports[..<index].contains(where: { $0.kind == port.kind && $0.name == port.name }) {
                let flag = port.kind == .input ? "--value-scaling" : "--classes"
                throw GivenError("\(flag) was given twice for the same \(port.kind.rawValue)")
            }
            for text in link {
                guard let link = GivenLink(text, by: "--link") else {
                    throw GivenError("--link \(text): write REL=URL")
                }
                values.links.append(link)
            }
            for text in asset {
                guard let asset = GivenAsset(text, by: "--asset") else {
                    throw GivenError("--asset \(text): write KEY=HREF")
                }
                values.assets.append(asset)
            }
            values.footprint = try footprint(limits)
            for (flag, key, value) in single { try values.set(key, .string(value), by: flag) }
            let tasks = Self.list(task)
            if !task.isEmpty { try values.set("mlm:tasks", .array(tasks.map(JSONValue.string)), by: "--task") }
            for property in properties { try values.set(property) }
            for (flag, text) in [
                ("--collection-id", collectionId), ("--asset-key", assetKey), ("--asset-href", assetHref),
                ("--href-prefix", hrefPrefix),
            ] where text == "" {
                throw GivenError("\(flag) is empty")
            }
            if !band.isEmpty, values.bands.isEmpty { throw GivenError("--band is empty") }
            try values.check()
        } catch {
            throw UsageError(error.message)
        }
        if assetHref != nil, hrefPrefix != nil {
            throw UsageError("--asset-href and --href-prefix: give one of them")
        }
        return values
    }

    /// What one text says, with its flag and the property that it is a value of.
    private var single: [(flag: String, key: String, value: String)] {
        [
            ("title", title), ("description", description), ("license", license), ("datetime", datetime),
            ("start", start), ("end", end), ("name", name), ("architecture", architecture),
        ].compactMap { word, text in
            guard let text, let flag = FieldFlag.all[word]?.name, let key = Field.named(word)?.property else {
                return nil
            }
            return (flag, key, Moment.written(text, for: key))
        }
    }

    /// `a,b` and `--task a --task b` alike.
    private static func list(_ texts: [String]) -> [String] {
        texts.flatMap { $0.split(separator: ",") }.map { part in
            String(part.drop { $0 == " " }.reversed().drop { $0 == " " }.reversed())
        }.filter { !$0.isEmpty }
    }

    private static func checkedID(_ id: String) throws(GivenError) -> String {
        guard ItemIdentifier.isFileName(id), TextStyle.inert(id) == id else {
            throw GivenError("--id \(id): an id is also a file name, so it cannot contain a slash or begin with a dot")
        }
        return id
    }

    private static func sensor(_ id: String) throws(GivenError) -> Sensor {
        if let sensor = Sensor.named(id) { return sensor }
        throw GivenError(
            "--sensor \(id): there is no such sensor\(NearestWord.advice(id, among: Sensor.all.map(\.id)))")
    }

    private func footprint(_ limits: Limits) throws(GivenError) -> Footprint? {
        let box = try bbox.map { text throws(GivenError) in try BoundingBox(text, names: .flags) }
        guard let geometry else { return box.map(Footprint.init) }
        if geometry == "world" {
            guard box == nil else { throw GivenError("--geometry world and --bbox: give one of them") }
            return .world
        }
        return try Footprint(Self.document(geometry, limits), box, names: .flags)
    }

    /// A file is taken for a file when it is one and the text has no comma.
    private static func classes(_ text: String, _ limits: Limits) throws(GivenError) -> GivenPort {
        let equals = text.firstIndex(of: "=")
        let output = equals.map { String(text[..<$0]) }
        let list = equals.map { String(text[text.index(after: $0)...]) } ?? text
        var labels = Self.list([list])
        if labels.count == 1, let lines = try Self.lines(labels[0], limits) { labels = lines }
        guard labels.count > 1 else {
            throw GivenError("--classes \(text): write names with commas between, or a file with one name per line")
        }
        return .classes(labels, of: output, by: "--classes")
    }

    /// Lines of a file that are not empty; nil where there is no file.
    private static func lines(_ path: String, _ limits: Limits) throws(GivenError) -> [String]? {
        do throws(InspectionError) {
            guard case .file(let source) = try Artifact.open(path, limits: limits).content else { return nil }
            try limits.yamlBytes.check(source.count)
            let bytes = try source.bytes(at: 0, count: source.count)
            guard let text = String(validating: bytes, as: UTF8.self) else {
                throw InspectionError(.malformed, "is not in UTF-8")
            }
            return text.split(whereSeparator: \.isNewline).map(String.init).filter { !$0.isEmpty }
        } catch {
            if error.reason == .notFound { return nil }
            throw GivenError("--classes \(path): \(error.message)")
        }
    }

    private static func document(_ path: String, _ limits: Limits) throws(GivenError) -> JSONValue {
        do throws(InspectionError) { return try GeometryFile.read(path, limits) } catch {
            throw GivenError("--geometry \(path): \(error.placed)")
        }
    }
}
