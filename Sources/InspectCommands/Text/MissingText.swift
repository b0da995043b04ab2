import ModelJSON
import STAC

/// What is missing from a draft, in few rows: the same of several inputs or outputs is one.
enum MissingText {
    struct Row {
        /// What is missing: `mlm:tasks`, `dim_order of logits`.
        var place: String
        /// The flag of `draft` that fills it, else what there is to do.
        var remedy: String
    }

    static func rows(_ draft: Draft) -> [Row] {
        var order: [Key] = []
        var ports: [Key: [String]] = [:]
        for gap in draft.gaps {
            let port = port(gap, draft)
            let key = Key(field: port?.field ?? place(gap.pointer), remedy: remedy(gap, draft))
            if ports[key] == nil { order.append(key) }
            ports[key, default: []] += port.map { [$0.name] } ?? []
        }
        return order.map { key in
            let names = ports[key] ?? []
            guard let first = names.first else { return Row(place: key.field, remedy: key.remedy) }
            let isShort = names.count <= mostNames
            let rest = isShort ? "" : ", … \(names.count - 1) more"
            let shown = isShort ? names : [first]
            let remedy =
                names.count == 1 && isPlain(first) ? key.remedy.replacing(placeholder, with: "\(first)=") : key.remedy
            let list = shown.map { FittedText.middle($0, mostName) }.joined(separator: ", ")
            return Row(place: "\(key.field) of \(list)\(rest)", remedy: remedy)
        }
    }

    /// A JSON pointer into the Item, without what all of them begin with.
    static func place(_ pointer: String) -> String {
        String(pointer.dropFirst(pointer.hasPrefix("/properties/") ? "/properties/".count : 1))
    }

    private struct Key: Hashable {
        let field: String
        let remedy: String
    }

    private static let mostName = 16
    private static let mostNames = 2
    /// Stands for the name of an input or output in the usage of a `FieldFlag`.
    private static let placeholder = "NAME="

    private static func remedy(_ gap: Gap, _ draft: Draft) -> String {
        let field = gap.pointer.split(separator: "/").last.map(String.init) ?? ""
        // A flag would replace the inputs that are known by those that are not.
        let isOneOfSeveral = draft.properties[field]?.array?.isEmpty == false
        guard gap.reason == .notInArtifact || field == "dim_order", !isOneOfSeveral, let flag = GapFlags.flag(for: gap)
        else {
            return gap.hint
        }
        return flag
    }

    /// The field that an input or output lacks, and its name; nil for anything else.
    private static func port(_ gap: Gap, _ draft: Draft) -> (field: String, name: String)? {
        let parts = gap.pointer.split(separator: "/").map(String.init)
        guard parts.count == 5, parts[0] == "properties", let index = Int(parts[2]),
            let ports = draft.properties[parts[1]]?.array, ports.indices.contains(index),
            let name = ports[index]["name"]?.string
        else { return nil }
        return (parts[4], name)
    }

    /// Whether a shell takes the name as it is.
    private static func isPlain(_ name: String) -> Bool {
        !name.isEmpty
            && name.utf8.allSatisfy { ($0 | 0x20 >= 0x61 && $0 | 0x20 <= 0x7A) || "0123456789_./:-".utf8.contains($0) }
    }
}
