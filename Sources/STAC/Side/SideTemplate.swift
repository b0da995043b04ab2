import ModelContainers
import ModelJSON

/// A side file to fill in: what is known already, with its evidence, and what is missing, with the words there are for it.
///
/// All of it is comments. A line `#word:` is one to fill in: without its `#` and with a value the file is a side file. Lines
/// that begin with `# ` are for people.
package struct SideTemplate {
    private let item: Item
    private let model: String
    private let file: String
    private let next: String?
    private var lines: [String] = []

    /// `model` is the path of the model as the person wrote it, `file` the name that this file will have, `next` the command
    /// that takes the file once it is filled in.
    package init(_ item: Item, model: String, file: String, next: String? = nil) {
        self.item = item
        self.model = model
        self.file = file
        self.next = next
        write()
    }

    /// The whole file.
    package var text: String { lines.map { $0 + "\n" }.joined() }

    private mutating func write() {
        say("\(file): what a person knows of \(model), for mlm-inspect.")
        say(
            "Fill in what you know after the words below, and remove the # in front of them. What stays a comment says "
                + "nothing. Words marked \"needed\" are needed for an Item that can be published; all others may stay away."
        )
        if let next { say("Then: \(next)") }
        section("What it is for", Self.purpose)
        section("What it runs on, and how it was made", Self.running)
        writePorts(.input, "The data it takes")
        writePorts(.output, "What comes out")
        section("The data cube, where inputs or outputs list variables of one", Self.cube)
        section("Who made it, and who may use it", Self.people)
        section("Where and when it applies", Self.place)
        section("Links and further files", Self.further)
        let rest = item.gaps.filter { gap in !tells(gap) }
        if !rest.isEmpty {
            lines.append("")
            say("Also missing, by the place in the Item:")
            for gap in rest { say("\(gap.pointer): \(gap.hint)") }
        }
    }

    private static let purpose = ["id", "name", "title", "description", "tasks", "architecture"]
    private static let running = [
        "framework", "framework_version", "accelerator", "accelerator_constrained", "accelerator_summary",
        "accelerator_count", "memory_size", "batch_size_suggestion", "total_parameters", "pretrained",
        "pretrained_source", "hyperparameters",
    ]
    private static let people = [
        "license", "providers", "keywords", "doi", "citation", "publications", "version", "created", "updated",
    ]
    private static let place = ["geometry", "bbox", "start", "end", "datetime"]
    private static let cube = ["cube_dimensions", "cube_variables"]
    private static let further = ["links", "assets", "extensions", "properties"]

    // MARK: - Fields

    private mutating func section(_ title: String, _ words: [String]) {
        heading(title)
        for word in words { if let field = Field.named(word) { write(field) } }
    }

    private mutating func heading(_ title: String) {
        lines.append("")
        say("---- \(title)")
    }

    private mutating func write(_ field: Field) {
        lines.append("")
        if let (value, evidence) = known(field) {
            say("Known from the model (\(evidence)):")
            lines.append("#\(field.word): \(value.write(pretty: false))")
            return
        }
        let need = field.need == nil || field.word == "datetime" ? "" : "needed: "
        say(need + field.hint + (Self.examples[field.word] ?? "") + Self.choices(field))
        lines.append("#\(field.word):")
    }

    private static func choices(_ field: Field) -> String {
        guard !field.choices.isEmpty else { return "" }
        let one = if case .texts = field.kind { "; one or more of " } else { "; one of " }
        return one + field.choices.joined(separator: ", ")
    }

    /// What people ask for most often; none of it is a value.
    private static let examples = [
        "license":
            "; or \(PropertyRules.usualLicenses.dropFirst().joined(separator: ", ")); other for one without an identifier",
        "providers": ", as in [{name: A Lab, roles: [producer, licensor], url: https://example.org}]",
        "keywords": ", as in [land cover, Sentinel-2]",
        "publications": ", as in [{doi: 10.1000/182, citation: \"A. Author (2024): Title.\"}]",
        "geometry":
            ": world, a GeoJSON geometry such as {type: Point, coordinates: [8.5, 47.4]}, or the name of a GeoJSON file beside this one; not needed beside bbox",
        "cube_dimensions": ", as in {time: {type: temporal, extent: [\"1940-01-01T00:00:00Z\", null]}}",
        "cube_variables": ", as in {t2m: {dimensions: [time, lat, lon], unit: K}}",
        "bands": ", as in [B02, B03, B04]",
        "variables": ", as in [t2m, u10]",
        "extensions": ", as in https://stac-extensions.github.io/projection/v2.0.0/schema.json",
        "properties": ", as in {platform: sentinel-2a}",
        "bbox": ", as in [5.9, 45.8, 10.5, 47.8]: west, south, east, north",
        "start": ", such as 2015-06-27; needed with end, where there is no datetime",
        "datetime": ", in place of start and end",
        "links": ", as in [{rel: derived_from, href: https://example.org/data.json, \"ml-aoi:split\": train}]",
        "assets": ", as in {source_code: {href: https://example.org/code, roles: [mlm:source_code, code]}}",
    ]

    /// A value that the artifact says, in as few words as are read with pleasure.
    private func known(_ field: Field) -> (JSONValue, String)? {
        let place =
            field.word == "id" ? JSONPointer(["id"]) : JSONPointer(["properties", field.property ?? field.word])
        let value = field.word == "id" ? JSONValue.string(item.id) : item.properties[field.property ?? ""]
        guard let value, !value.isNull, !item.gaps.contains(where: { $0.pointer == place.description }),
            let evidence = item.evidence.first(where: { $0.place == place }), evidence.origin != .assumed,
            value.write(pretty: false).utf8.count <= 400
        else { return nil }
        return (value, "\(evidence.origin.rawValue): \(evidence.where)")
    }

    /// Whether the words above are for what is missing.
    private func tells(_ gap: Gap) -> Bool {
        guard let pointer = JSONPointer(gap.pointer) else { return false }
        if ["mlm:input", "mlm:output", "bands"].contains(pointer.tokens.dropFirst().first ?? "") { return true }
        return gap.key.flatMap(Field.missing) != nil && pointer.tokens.first != "assets"
    }

    // MARK: - Inputs and outputs

    private mutating func writePorts(_ kind: GivenPort.Kind, _ title: String) {
        heading(title)
        let ports = item.properties[kind.key]?.array ?? []
        let word = kind.rawValue + "s"
        lines.append("")
        if ports.isEmpty {
            say("needed: \(Field.named(word)?.hint ?? ""); in place of NAME, each with shape, dim_order and data_type")
        } else {
            say("By the name of the \(kind.rawValue):")
        }
        let list = JSONPointer(["properties", kind.key])
        for gap in item.gaps where gap.pointer == list.description { say(gap.hint) }
        lines.append("#\(word):")
        for (index, port) in ports.enumerated() { write(kind, port, index) }
        if ports.isEmpty {
            if kind == .output { tellClasses(.object(item.properties), JSONPointer(["properties", Self.classes])) }
            write(kind, ["name": "NAME"], nil)
        }
    }

    private mutating func write(_ kind: GivenPort.Kind, _ port: JSONValue, _ index: Int?) {
        let tensor = port[kind.tensor]
        if let tensor {
            let order = (tensor["dim_order"]?.array ?? []).compactMap(\.string).joined(separator: ", ")
            say(
                "\(tensor["data_type"]?.string ?? "") \(tensor["shape"]?.write(pretty: false) ?? ""), its dimensions \(order)"
            )
        }
        lines.append("#  \(Self.key(port["name"]?.string ?? "")):")
        let open = item.gaps.compactMap { gap -> String? in
            let tokens = JSONPointer(gap.pointer)?.tokens ?? []
            return index != nil && tokens.starts(with: ["properties", kind.key, String(index ?? 0)]) ? tokens.last : nil
        }
        for field in kind == .input ? Field.ofInput : Field.ofOutput {
            let isOpen = index == nil || open.contains(field.word)
            switch field.word {
            case "shape", "data_type", "dim_order": if !isOpen { continue }
            case "sensor" where kind == .output: continue
            case "sensor" where port["bands"] != nil: continue
            case "sensor" where channels(port, kind) == nil: if sensors(port, open).isEmpty { continue }
            case "sensor", "bands", CubeVariables.word:
                if channels(port, kind) == nil && !open.contains("dim_order") || port[field.word] != nil { continue }
            case "resize_type": if !dimensions(port).contains("height") || port["resize_type"] != nil { continue }
            case "tasks": continue
            case "classes":
                if tellClasses(port, JSONPointer(["properties", kind.key, String(index ?? 0), Self.classes])) {
                    continue
                }
            default: if port[field.property ?? ""] != nil { continue }
            }
            let isOfTensor = ["shape", "data_type", "dim_order"].contains(field.word)
            let need = isOpen && (field.word == "dim_order" || (index == nil && isOfTensor)) ? "needed: " : ""
            say(need + field.hint + portChoices(field, port, open))
            if let index {
                let here = JSONPointer(["properties", kind.key, String(index), field.word]).description
                for gap in item.gaps where gap.pointer == here { say(gap.hint) }
            }
            lines.append("#    \(field.word):")
        }
    }

    private static let classes = "classification:classes"

    /// The names of classes that are known, of which there may be thousands. Returns whether there are any.
    @discardableResult
    private mutating func tellClasses(_ owner: JSONValue, _ place: JSONPointer) -> Bool {
        guard let classes = owner[Self.classes]?.array, !classes.isEmpty else { return false }
        let names = classes.prefix(12).map { $0["description"]?.string ?? $0["name"]?.string ?? "" }
        let more = classes.count > names.count ? ", … \(classes.count - names.count) more" : ""
        let evidence = item.evidence.first { $0.place == place }.map { " (\($0.origin.rawValue): \($0.where))" } ?? ""
        say("Known from the model\(evidence): its classes are \(names.joined(separator: ", "))\(more)")
        return true
    }

    private func portChoices(_ field: Field, _ port: JSONValue, _ open: [String]) -> String {
        switch field.word {
        case "sensor":
            if let count = channels(port, .input) {
                return Self.offer(Sensor.ids(withBands: count), "as many bands have", field)
            }
            let isTable = port["mlm_inspect:features"] != nil
            return Self.offer(
                sensors(port, open),
                isTable ? "its columns are bands of" : "as many bands as one dimension is long have",
                field)
        case "value_scaling":
            return
                ", as in {type: z-score, mean: [0.4, 0.5], stddev: [0.1, 0.2]}, numbers being for all channels and lists for each; "
                + "types are \(MLMTensorRules.scalings.joined(separator: ", "))"
        default: return (Self.examples[field.word] ?? "") + Self.choices(field)
        }
    }

    private static func offer(_ sensors: [String], _ why: String, _ field: Field) -> String {
        sensors.isEmpty ? choices(field) : "; \(why): \(sensors.joined(separator: ", "))"
    }

    private func dimensions(_ port: JSONValue) -> [JSONValue] { port["input"]?["dim_order"]?.array ?? [] }

    private func channels(_ port: JSONValue, _ kind: GivenPort.Kind) -> Int? {
        let tensor = port[kind.tensor]
        return tensor?["dim_order"]?.array?.firstIndex(of: "channel").flatMap { tensor?["shape"]?[$0]?.int }
    }

    /// Sensors that all columns of a table are bands of; and where dimensions have no names yet, those with as many bands as
    /// one of them is long.
    private func sensors(_ port: JSONValue, _ open: [String]) -> [String] {
        let shape = port["input"]?["shape"]?.array?.compactMap(\.int) ?? []
        if open.contains("dim_order"), shape.count > 2 {
            return Sensor.all.map(\.id).filter { id in shape.contains { Sensor.ids(withBands: $0).contains(id) } }
        }
        let names = (port["mlm_inspect:features"]?.array ?? []).compactMap { $0["name"]?.string }
        guard !names.isEmpty else { return [] }
        return Sensor.all.filter { sensor in names.allSatisfy { sensor.described($0) != nil } }.map(\.id)
    }

    /// A key as YAML reads it back.
    private static func key(_ name: String) -> String {
        let isPlain =
            name.utf8.first.map { (65...90).contains($0) || (97...122).contains($0) || $0 == 95 } ?? false
        let isWord = name.utf8.allSatisfy {
            (65...90).contains($0) || (97...122).contains($0) || (48...57).contains($0) || $0 == 95 || $0 == 45
                || $0 == 46
        }
        let isLiteral = ["true", "false", "null"].contains(name.lowercased())
        return isPlain && isWord && !isLiteral ? name : JSONValue.string(name).write(pretty: false)
    }

    // MARK: - Text

    /// A comment for people, on lines of at most 100 columns.
    private mutating func say(_ text: String) {
        var line = "#"
        for word in Self.inert(text).split(separator: " ") {
            if line.count + word.count + 1 > 100, line != "#" {
                lines.append(line)
                line = "#"
            }
            line += " " + word
        }
        lines.append(line)
    }

    /// Nothing of an artifact begins a line.
    private static func inert(_ text: String) -> String {
        String(
            String.UnicodeScalarView(
                text.unicodeScalars.map { scalar in
                    switch scalar.properties.generalCategory {
                    case .control, .format, .lineSeparator, .paragraphSeparator, .surrogate, .privateUse: "?"
                    default: scalar
                    }
                }))
    }
}
