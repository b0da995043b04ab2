package import ModelBytes
import ModelContainers
package import ModelJSON

/// A side file: what a person knows of a model, in YAML or JSON, by the words of `Field.all`.
package enum SideFile {
    /// What it says. `name` is what evidence calls the file; `geometryFile` reads a file that it names. Throws what is
    /// wrong, with its line, for the first thing that cannot be in an Item.
    package static func read(
        _ source: ByteSource, name: String, isJSON: Bool, limits: Limits,
        geometryFile: @escaping GeometryFileReader = noGeometryFile
    ) throws(GivenError) -> GivenValues {
        let document = try SideDocument(source, name: name, isJSON: isJSON, limits: limits)
        var reader = SideReader(document, geometryFile)
        try reader.read()
        return reader.values
    }

    /// Reads the GeoJSON file of this name.
    package typealias GeometryFileReader = (String) throws(GivenError) -> JSONValue

    /// Where a side file has no place, it has no files beside it.
    package static let noGeometryFile: @Sendable (String) throws(GivenError) -> JSONValue = {
        name throws(GivenError) in throw GivenError("\(name) is not read here")
    }
}

/// Turns the values of a side file into what is given.
struct SideReader {
    let document: SideDocument
    var values = GivenValues()
    private let geometryFile: SideFile.GeometryFileReader

    init(_ document: SideDocument, _ geometryFile: @escaping SideFile.GeometryFileReader) {
        self.document = document
        self.geometryFile = geometryFile
    }

    private static let top = JSONPointer()

    mutating func read() throws(GivenError) {
        // All of it may be comments.
        if document.root.isNull { return }
        guard let members = document.root.object else {
            throw document.wrong(
                Self.top, "is \(document.root.outlined); must be a mapping, such as \"license: Apache-2.0\"")
        }
        values.names.property = "properties."
        values.isOfFile = true
        for (key, value) in members {
            let place = JSONPointer([key])
            guard let field = Self.field(key) else {
                throw document.wrong(
                    place, "\(key) is no word of a side file\(NearestWord.advice(key, among: Field.words))")
            }
            try isSaid(value, field, place)
            try take(field, value, place)
        }
        try readPlace(members)
        try readPorts(members)
    }

    /// By its word, or by the key that STAC has for it.
    private static func field(_ key: String) -> Field? {
        let field = Field.named(key) ?? Field.ofProperty(key)
        return field.flatMap { $0.isWithinAnother ? nil : $0 }
    }

    private func isSaid(_ value: JSONValue, _ field: Field, _ place: JSONPointer) throws(GivenError) {
        if value.isNull, !field.mayBeNull {
            throw document.wrong(
                place, "\(field.word) has no value; write \(field.kind.expectation), or remove the line")
        }
    }

    private mutating func take(_ field: Field, _ value: JSONValue, _ place: JSONPointer) throws(GivenError) {
        if let property = field.property {
            return try set(property, try converted(value, field, place), place)
        }
        switch field.word {
        case "id": values.id = try identifier(value, place)
        case "collection": values.collection = try text(value, field, place)
        case "href": values.assetHref = try text(value, field, place)
        case "links": values.links = try links(value, place)
        case "assets": values.assets = try assets(value, place)
        case "extensions": values.extensions = try addresses(value, field, place)
        case "properties":
            guard let members = value.object else { throw mismatch(value, field, place) }
            for (key, value) in members { try set(key, value, place.appending(key)) }
        default: return
        }
        values.sources[field.word] = document.source(place)
    }

    // MARK: - Properties

    private mutating func set(_ key: String, _ value: JSONValue, _ place: JSONPointer) throws(GivenError) {
        if let found = PropertyRules.found(key, value) {
            let deepest = JSONPointer(place.tokens + found.place.tokens)
            throw document.wrong(deepest, "\(deepest.tokens.joined(separator: ".")) \(found.message)")
        }
        try values.set(key, value, by: document.source(place))
        if key == GivenValues.start || key == GivenValues.end { values.sources["datetime"] = document.source(place) }
    }

    /// The value as an Item has it.
    func converted(_ value: JSONValue, _ field: Field, _ place: JSONPointer) throws(GivenError) -> JSONValue {
        if value.isNull, field.mayBeNull { return value }
        switch field.kind {
        case .text: return .string(try text(value, field, place))
        case .texts: return .array(try texts(value, field, place).map(JSONValue.string))
        case .version:
            guard let written = value.string ?? value.number?.text else { throw mismatch(value, field, place) }
            return .string(field.word == "framework_version" ? SemanticVersion.lossless(written) ?? written : written)
        case .doi:
            let written = try text(value, field, place)
            let prefix = ["https://doi.org/", "http://doi.org/", "https://dx.doi.org/", "doi:"].first(
                where: written.hasPrefix)
            return .string(String(written.dropFirst(prefix?.count ?? 0)))
        case .moment, .endOfTime:
            return .string(Moment.written(try text(value, field, place), for: field.property ?? ""))
        case .whole: if value.number == nil { throw mismatch(value, field, place) }
        case .bool: if value.bool == nil { throw mismatch(value, field, place) }
        case .list: if value.array == nil { throw mismatch(value, field, place) }
        case .object: if value.object == nil { throw mismatch(value, field, place) }
        case .own: break
        }
        return value
    }

    func text(_ value: JSONValue, _ field: Field, _ place: JSONPointer) throws(GivenError) -> String {
        guard let text = value.string else { throw mismatch(value, field, place) }
        guard !text.isEmpty else { throw document.wrong(place, "\(field.word) is empty") }
        guard field.choices.isEmpty || field.choices.contains(text) else {
            let advice =
                field.word == "accelerator" && text.lowercased() == "cpu"
                ? "; write amd64, which also says that no accelerator is used"
                : NearestWord.advice(text, among: field.choices)
            throw document.wrong(place, "\(field.word) cannot be \(value.outlined)\(advice)")
        }
        return text
    }

    func texts(_ value: JSONValue, _ field: Field, _ place: JSONPointer) throws(GivenError) -> [String] {
        guard let elements = value.array else { return [try text(value, field, place)] }
        var all: [String] = []
        for (index, element) in elements.enumerated() {
            all.append(try text(element, field, place.appending(index)))
        }
        if all.isEmpty { throw document.wrong(place, "\(field.word) is empty") }
        return all
    }

    func mismatch(_ value: JSONValue, _ field: Field, _ place: JSONPointer) -> GivenError {
        var advice = ""
        if case .text = field.kind, value.number != nil || value.bool != nil { advice = ", with quotes around it" }
        let word = place.tokens.joined(separator: ".")
        return document.wrong(place, "\(word) is \(value.outlined); write \(field.kind.expectation)\(advice)")
    }

    private func addresses(_ value: JSONValue, _ field: Field, _ place: JSONPointer) throws(GivenError) -> [String] {
        let all = try texts(value, field, place)
        for text in all where !Href.isAbsolute(text) {
            throw document.wrong(
                place, "\(JSONValue.string(text).outlined) is no address of a schema, which is a whole URL")
        }
        return all
    }

    private func identifier(_ value: JSONValue, _ place: JSONPointer) throws(GivenError) -> String {
        let id = value.string ?? value.number?.text ?? ""
        guard ItemIdentifier.isFileName(id) else {
            throw document.wrong(
                place, "id cannot be \(value.outlined): it is also a file name, without a slash and no dot in front")
        }
        return id
    }

    // MARK: - Place

    private mutating func readPlace(_ members: JSONObject) throws(GivenError) {
        let (geometry, bbox) = (JSONPointer(["geometry"]), JSONPointer(["bbox"]))
        var box: BoundingBox?
        if let value = members["bbox"] {
            let text =
                value.array.map { $0.map { $0.number?.text ?? "?" }.joined(separator: ",") } ?? value.string ?? ""
            box = try placed(bbox) { () throws(GivenError) in try BoundingBox(text) }
            values.sources["bbox"] = document.source(bbox)
        }
        switch members["geometry"] {
        case nil:
            values.footprint = box.map(Footprint.init)
            if box != nil { values.sources["geometry"] = document.source(bbox) }
        case "world"?:
            guard box == nil else { throw document.wrong(bbox, "give geometry: world, or bbox") }
            values.footprint = .world
            values.sources["geometry"] = document.source(geometry)
        case let value?:
            guard value.object != nil || value.string?.isEmpty == false else {
                let expectation = Field.named("geometry")?.kind.expectation ?? ""
                throw document.wrong(geometry, "geometry is \(value.outlined); write \(expectation)")
            }
            values.footprint = try placed(geometry) { () throws(GivenError) in
                let document = if let name = value.string { try geometryFile(name) } else { value }
                return try Footprint(document, box)
            }
            values.sources["geometry"] = document.source(geometry)
        }
    }

    func placed<Result>(
        _ place: JSONPointer, _ body: () throws(GivenError) -> Result
    ) throws(GivenError) -> Result {
        do throws(GivenError) { return try body() } catch { throw document.wrong(place, error.message) }
    }
}
