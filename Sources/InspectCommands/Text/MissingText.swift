import ModelJSON
import STAC

/// What is missing from a draft, in few rows: the same of several inputs or outputs is one.
enum MissingText {
    struct Row {
        /// What is missing: `mlm:tasks`, `dim_order of logits`.
        var place: String
        /// The flag of `draft` that fills it, else what there is to do.
        var remedy: String
        /// The flags as words of a command; none where a document has to be edited.
        var flags: [String] = []
    }

    /// Names of inputs or outputs are all there if they fit a line of `room` columns.
    static func rows(_ draft: Draft, room: Int) -> [Row] {
        var order: [Key] = []
        var ports: [Key: [String]] = [:]
        for gap in draft.gaps {
            let port = GapPort(gap, in: draft.properties)
            let key = key(gap, port?.field ?? place(gap.pointer), draft)
            if ports[key] == nil { order.append(key) }
            ports[key, default: []] += port.map { [$0.name] } ?? []
        }
        return order.map { key in
            let names = ports[key] ?? []
            guard let first = names.first else {
                return Row(place: key.field, remedy: key.remedy, flags: [key.flag].compactMap(\.self))
            }
            let remedy = names.count == 1 ? named(first, key.remedy) : key.remedy
            let place = place(key.field, names, room: room)
            guard let flag = key.flag else { return Row(place: place, remedy: remedy) }
            let flags = names.count > mostNames ? [flag] : names.map { named($0, flag) }
            return Row(place: place, remedy: remedy, flags: flags)
        }
    }

    /// A JSON pointer into the Item, without what all of them begin with.
    static func place(_ pointer: String) -> String {
        String(pointer.dropFirst(pointer.hasPrefix("/properties/") ? "/properties/".count : 1))
    }

    /// All names where they fit a line, else the first of more than two.
    private static func place(_ field: String, _ names: [String], room: Int) -> String {
        let most = names.count > mostNames ? 1 : mostNames
        let start = "\(field) of "
        let left = room - DisplayWidth.of(start + FittedText.middle(names.first ?? "", mostName) + ", ")
        return start + NameList.text(names, most: most, each: mostName, room: left)
    }

    private struct Key: Hashable {
        let field: String
        let remedy: String
        /// Nil where none supplies it.
        let flag: String?
    }

    private static let mostName = 16
    private static let mostNames = 2
    /// Stands for the name of an input or output in the usage of a `FieldFlag`.
    private static let placeholder = "NAME="

    private static func key(_ gap: Gap, _ field: String, _ draft: Draft) -> Key {
        let last = gap.pointer.split(separator: "/").last.map(String.init) ?? ""
        // A flag would replace the inputs that are known by those that are not.
        let isOneOfSeveral = draft.properties[last]?.array?.isEmpty == false
        guard gap.reason == .notInArtifact || last == "dim_order", !isOneOfSeveral,
            let flag = GapFlags.flag(for: gap, in: draft.properties)
        else { return Key(field: field, remedy: gap.hint, flag: nil) }
        return Key(field: field, remedy: flag, flag: GapFlags.command(for: gap, in: draft.properties))
    }

    /// The flag for the input or output of that name, which a shell has to take as it is.
    private static func named(_ name: String, _ flag: String) -> String {
        isPlain(name) ? flag.replacing(placeholder, with: "\(name)=") : flag
    }

    /// Whether a shell takes the name as it is.
    private static func isPlain(_ name: String) -> Bool {
        !name.isEmpty
            && name.utf8.allSatisfy { ($0 | 0x20 >= 0x61 && $0 | 0x20 <= 0x7A) || "0123456789_./:-".utf8.contains($0) }
    }
}
