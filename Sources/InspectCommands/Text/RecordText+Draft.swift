import MLMInspect
import ModelFormats
import ModelJSON
import STAC

extension RecordText {
    /// What is missing from the draft, and the flag that fills it.
    mutating func missing(_ draft: Draft) {
        if layout.isLong {
            for gap in draft.gaps {
                let hint = GapFlags.told(gap).hint
                sheet.row(
                    "Missing", TextStyle.inert("\(MissingText.place(gap.pointer))  \(hint)"), continues: true,
                    paint: layout.style.yellow)
            }
            return
        }
        let rows = MissingText.rows(draft)
        let places = listed(rows).map { TextStyle.inert($0.place) }
        let widest = places.map(DisplayWidth.of).max() ?? 0
        let isAligned = widest <= sheet.room / 2
        for (place, row) in zip(places, rows) {
            let cell = isAligned ? FittedText.padded(place, to: widest) : place
            sheet.row("Missing", TextStyle.inert("\(cell)  \(row.remedy)"), continues: true, paint: layout.style.yellow)
        }
        andMore("Missing", rows.count)
        if rows.contains(where: { $0.remedy.hasPrefix("-") }) {
            sheet.row("Missing", "(flags of mlm-inspect draft)", continues: true, paint: layout.style.dim)
        }
    }

    /// The two parts of the draft.
    mutating func draft(_ draft: Draft) {
        let titles = (
            asset: "Draft: the model asset, for \"assets\" of a STAC Item",
            properties: "Draft: its metadata, for \"properties\" of the same Item"
        )
        guard !layout.isLong else {
            sheet.block(titles.asset, JSONValue.object(draft.asset).write(pretty: true))
            sheet.block(titles.properties, JSONValue.object(draft.properties).write(pretty: true))
            return
        }
        sheet.block(titles.asset, CompactJSON.paragraph(draft.asset, width: layout.width))
        let properties = CompactJSON.members(
            of: draft.properties, width: layout.width, mostLines: Self.mostLinesOfMember)
        sheet.block(titles.properties, properties.text)
        guard !properties.leftOut.isEmpty else { return }
        let names = TextStyle.inert(properties.leftOut.joined(separator: ", "))
        sheet.remark("Left out above, for length: \(names). -v and mlm-inspect draft have it.")
    }

    /// What takes more is left out of the short text, and named.
    private static let mostLinesOfMember = 20
}
