import STAC

/// The flag of `draft` by which a person says what a field of `Field.all` stands for.
struct FieldFlag {
    /// The flag alone; nil where only `--property` says it.
    var name: String?
    /// The flag with its value, as text for people has it; nil where none supplies the whole field.
    var usage: String?
    /// One flag with its value, where `usage` names several that would do.
    var inCommand: String?
    /// Whether the hint of what is missing names the flag.
    var isInHints = false

    /// Stands in a usage for the names of dimensions.
    static let axes = "AXIS,…"

    /// By the word of the field, or the key of what is missing.
    static let all: [String: FieldFlag] = [
        "id": FieldFlag(name: "--id"),
        "name": FieldFlag(name: "--name"),
        "title": FieldFlag(name: "--title"),
        "description": FieldFlag(name: "--description", usage: "--description TEXT", isInHints: true),
        "tasks": FieldFlag(name: "--task", usage: "--task NAME"),
        "architecture": FieldFlag(name: "--architecture", usage: "--architecture NAME"),
        "framework": FieldFlag(usage: "-p mlm:framework=NAME"),
        "framework_version": FieldFlag(usage: "-p mlm:framework_version=VERSION"),
        "sensor": FieldFlag(name: "--sensor"),
        "bands": FieldFlag(
            name: "--band", usage: "--sensor ID or --band NAME", inCommand: "--sensor ID", isInHints: true),
        "inputs": FieldFlag(usage: "-p mlm:input=JSON"),
        "outputs": FieldFlag(usage: "-p mlm:output=JSON"),
        "dim_order": FieldFlag(name: "--dim-order", usage: "--dim-order NAME=\(axes)"),
        "license": FieldFlag(name: "--license", usage: "--license ID", isInHints: true),
        "geometry": FieldFlag(
            name: "--geometry", usage: "--geometry world|FILE or --bbox W,S,E,N", inCommand: "--bbox W,S,E,N",
            isInHints: true),
        "bbox": FieldFlag(name: "--bbox"),
        "datetime": FieldFlag(
            name: "--datetime", usage: "--datetime T, or --start T and --end T", inCommand: "--datetime T",
            isInHints: true),
        "start": FieldFlag(name: "--start"),
        "end": FieldFlag(name: "--end"),
        "extent/spatial": FieldFlag(usage: "--geometry or --bbox", isInHints: true),
        "extent/temporal": FieldFlag(usage: "--datetime, or --start and --end", isInHints: true),
        "collection": FieldFlag(name: "--collection-id"),
        "href": FieldFlag(name: "--asset-href", usage: "--asset-href HREF", isInHints: true),
        "links": FieldFlag(name: "--link"),
        "assets": FieldFlag(name: "--asset"),
        "properties": FieldFlag(name: "-p"),
    ]

    /// The flag that supplies what is missing; nil where the document has to be edited.
    static func supplying(_ gap: Gap) -> FieldFlag? {
        let key = gap.pointer.hasSuffix("/dim_order") ? "dim_order" : gap.key ?? ""
        return all[Field.missing(key)?.word ?? key]
    }
}
