import MLMInspect
import STAC

/// What keeps the Item of a record from being published.
struct ReportReadiness {
    struct Need {
        /// `mlm:tasks`, `geometry`.
        let field: String
        let why: String
        /// The flag of `draft` that fills it.
        let flag: String?
        /// The same as words of a command.
        let command: String?
    }

    /// Each field once; empty when it can be published as it is.
    let needs: [Need]

    /// Nil for what is no model.
    init?(_ record: Record) {
        guard record.verdict == .model else { return nil }
        // Where it lies is nothing that it lacks, and a member of an archive may have a name of any length.
        let artifact = ArtifactPath(named: record.path == "-" ? "-" : "model")
        guard
            let item = try? ItemMaker().item(
                [(artifact, record)], id: "model", at: ItemPlace.beside(nil, prefix: nil))
        else { return nil }
        needs = Self.needs(of: item)
    }

    /// What an Item needs whatever its model is: a place, dates, and a licence where `draft` has none.
    init(ofAny draft: Draft) {
        var item = Item([], id: "model", idRule: "")
        if let license = draft.properties["license"] {
            item.properties["license"] = license
            item.gaps.removeAll { $0.pointer == "/properties/license" }
        }
        needs = Self.needs(of: item)
    }

    private static func needs(of item: Item) -> [Need] {
        var seen: Set<String> = []
        return RequiredGaps.open(in: item).compactMap { gap, why in
            let field = Self.field(gap)
            guard seen.insert(field).inserted else { return nil }
            return Need(
                field: field, why: why, flag: GapFlags.flag(for: gap, in: item.properties),
                command: GapFlags.command(for: gap, in: item.properties))
        }
    }

    /// The last word of its pointer.
    static func field(_ gap: Gap) -> String {
        gap.pointer.split(separator: "/").last.map(String.init) ?? gap.pointer
    }
}
