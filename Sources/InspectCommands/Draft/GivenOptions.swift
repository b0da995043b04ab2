import ArgumentParser
import ModelBytes
import ModelContainers
import ModelJSON
import STAC

/// What a person says of the model: each flag fills a gap.
struct GivenOptions: ParsableArguments {
    @Option(help: "Id of the Item; otherwise made from the name of the file.")
    var id: String?

    @Option(help: "Id of the Collection that the Item belongs to.")
    var collectionId: String?

    @Option(
        name: [.customShort("p"), .customLong("property")],
        help: ArgumentHelp("A property of the Item, as JSON or else as text; may be repeated.", valueName: "key=value"))
    var properties: [String] = []

    @Option(help: "What the model does, such as semantic-segmentation; several with commas or by repeating it.")
    var task: [String] = []

    @Option(help: "Where the model applies: world, or a file of GeoJSON.")
    var geometry: String?

    @Option(
        parsing: .unconditional,
        help: ArgumentHelp("The box around that, or all there is of it.", valueName: "w,s,e,n"))
    var bbox: String?

    @Option(help: "The time the model applies to, such as 2017-06-30T12:00:00Z.")
    var datetime: String?

    @Option(help: "The beginning of that time, with --end.")
    var start: String?

    @Option(help: "The end of that time; 9999-12-31T23:59:59Z when there is none.")
    var end: String?

    @Option(help: "Names of the input's channels in order, when they are bands; with commas or by repeating it.")
    var band: [String] = []

    @Option(help: "Name of the architecture, such as U-Net.")
    var architecture: String?

    @Option(help: "SPDX identifier of the licence, such as Apache-2.0.")
    var license: String?

    @Option(help: "Name of the model, for mlm:name.")
    var name: String?

    @Option(help: "Title of the Item; with --collection of the Collection.")
    var title: String?

    @Option(help: "Description of the Item; with --collection of the Collection.")
    var description: String?

    @Option(help: "Key of the model asset.")
    var assetKey = "model"

    @Option(help: "Where the model is to be found; otherwise its path as seen from the Item.")
    var assetHref: String?

    @Option(help: "What the paths of the models are put behind, such as https://example.org/models.")
    var hrefPrefix: String?

    /// Everything as one value; wrong usage where it cannot be.
    func resolved(_ limits: Limits) throws -> GivenValues {
        var values = GivenValues()
        do throws(GivenError) {
            values.id = try id.map(Self.checkedID)
            values.collection = collectionId
            values.assetHref = assetHref
            values.bands = Self.list(band)
            values.footprint = try footprint(limits)
            for (flag, key, value) in single { try values.set(key, .string(value), flag: flag) }
            let tasks = Self.list(task)
            if !task.isEmpty { try values.set("mlm:tasks", .array(tasks.map(JSONValue.string)), flag: "--task") }
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

    private var single: [(flag: String, key: String, value: String)] {
        [
            ("--title", "title", title), ("--description", "description", description),
            ("--license", "license", license), ("--datetime", "datetime", datetime),
            ("--start", "start_datetime", start), ("--end", "end_datetime", end), ("--name", "mlm:name", name),
            ("--architecture", "mlm:architecture", architecture),
        ].compactMap { flag, key, value in value.map { (flag, key, $0) } }
    }

    /// `a,b` and `--task a --task b` alike.
    private static func list(_ texts: [String]) -> [String] {
        texts.flatMap { $0.split(separator: ",") }.map { part in
            String(part.drop { $0 == " " }.reversed().drop { $0 == " " }.reversed())
        }.filter { !$0.isEmpty }
    }

    private static func checkedID(_ id: String) throws(GivenError) -> String {
        guard !id.isEmpty, !id.contains("/"), !id.hasPrefix("."), TextStyle.inert(id) == id else {
            throw GivenError("--id \(id): an id is the name of a file too, so it has no slash and no dot before it")
        }
        return id
    }

    private func footprint(_ limits: Limits) throws(GivenError) -> Footprint? {
        let box = try bbox.map { text throws(GivenError) in try BoundingBox(text) }
        guard let geometry else { return box.map(Footprint.init) }
        if geometry == "world" {
            guard box == nil else { throw GivenError("--geometry world and --bbox: give one of them") }
            return .world
        }
        return try Footprint(Self.document(geometry, limits), box)
    }

    private static func document(_ path: String, _ limits: Limits) throws(GivenError) -> JSONValue {
        do throws(InspectionError) {
            guard case .file(let source) = try Artifact.open(path, limits: limits).content else {
                throw InspectionError(.unreadable, "is a directory")
            }
            try limits.geometryBytes.check(source.count)
            return try JSONValue.parse(source, limits: limits)
        } catch {
            let place = error.place.map { " (\($0))" } ?? ""
            throw GivenError("--geometry \(path): \(error.message)\(place)")
        }
    }
}
