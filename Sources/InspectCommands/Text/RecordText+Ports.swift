import ModelFormats

extension RecordText {
    /// Inputs and outputs as a table; the short text only names further entry points, such as other signatures.
    mutating func ports(_ facts: ModelFacts) {
        table([("Inputs", facts.inputs ?? []), ("Outputs", facts.outputs ?? [])])
        let entries = facts.signatures ?? []
        if layout.isLong {
            for entry in entries {
                sheet.row("Entry point", TextStyle.inert(entry.name))
                table([("  inputs", entry.inputs ?? []), ("  outputs", entry.outputs ?? [])])
            }
        } else if !entries.isEmpty {
            let names = NameList.text(
                entries.map(\.name), most: Self.mostRows, each: Self.mostName, room: sheet.room)
            sheet.row("Entry points", TextStyle.inert(names))
        }
    }

    /// A name is no wider than this in a list.
    private static let mostName = 32

    /// Names, types and shapes stand below each other as far as there is room.
    private mutating func table(_ groups: [(title: String, ports: [Port])]) {
        let groups = groups.map { group in
            (group.title, all: group.ports.count, cells: listed(group.ports).map { cells($0) })
        }
        let columns = 3
        let widths = (0..<columns).map { column in
            groups.flatMap(\.cells).map { DisplayWidth.of($0[column]) }.max() ?? 0
        }
        let isAligned = widths.reduce(0, +) + (columns - 1) * Self.gap.count <= sheet.room
        for (title, all, rows) in groups {
            for row in rows {
                let last = row.indices.last { !row[$0].isEmpty } ?? 0
                let cells = row[...last].enumerated().map { index, cell in
                    isAligned && index < min(columns, last) ? FittedText.padded(cell, to: widths[index]) : cell
                }
                sheet.row(title, cells.joined(separator: Self.gap), continues: true)
            }
            andMore(title, all)
        }
    }

    static let gap = "  "

    /// Name, type, shape and what else is known of it.
    private func cells(_ port: Port) -> [String] {
        let name = TextStyle.inert(port.name.isEmpty ? "(no name)" : port.name)
        let type = [port.dataType, port.type].compactMap(\.self).joined(separator: Self.gap)
        let shape = PortText.shape(port, names: true) ?? (port.type == nil ? "shape unknown" : "")
        let lists = PortText.lists(port, room: layout.isLong ? nil : sheet.room)
        return [
            layout.isLong ? name : FittedText.middle(name, Self.mostName), TextStyle.inert(type),
            TextStyle.inert(shape), TextStyle.inert(lists.joined(separator: Self.gap)),
        ]
    }
}
