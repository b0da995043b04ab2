import MLMInspect
import ModelFormats
import ModelJSON
import STAC

extension RecordText {
    /// What is missing from the draft, the flag that fills it, and the command that has all of them.
    mutating func missing(_ draft: Draft) {
        let paint = layout.style.yellow
        let rows = MissingText.rows(draft, room: sheet.room)
        if layout.isLong {
            for gap in draft.gaps {
                let hint = GapFlags.told(gap).hint
                let text = "\(MissingText.place(gap.pointer))  \(hint)"
                sheet.row("Missing", TextStyle.inert(text), continues: true, paint: paint)
            }
        } else {
            let shown = listed(rows)
            let places = shown.map { TextStyle.inert($0.place) }
            let widest = places.map(DisplayWidth.of).filter { $0 <= sheet.room / 2 }.max() ?? 0
            for (place, row) in zip(places, shown) {
                let isFlag = row.remedy.hasPrefix("-")
                let text = FittedText.padded(place, to: widest) + (isFlag ? "" : Self.gap + TextStyle.inert(row.remedy))
                sheet.row(
                    "Missing", text, continues: true, ending: isFlag ? TextStyle.inert(row.remedy) : nil, paint: paint)
            }
            andMore("Missing", rows.count)
        }
        // What else an Item needs is asked of everybody, and not of the model.
        let needs = record.verdict == .model ? ReportReadiness(ofAny: draft).needs : []
        let others = needs.filter { need in
            !draft.gaps.contains { ReportReadiness.field($0) == need.field }
        }
        if draft.gaps.isEmpty { nothingMissing(others) }
        command(listed(rows).flatMap(\.flags) + others.compactMap(\.command))
    }

    /// Says that nothing is missing, and what a STAC Item needs beside the model's own metadata.
    private mutating func nothingMissing(_ others: [ReportReadiness.Need]) {
        let words = ["geometry": "a place", "datetime": "dates", "license": "a licence"]
        let list = others.map { words[$0.field] ?? $0.field }
        let last = list.last.map { (list.count > 1 ? list.dropLast().joined(separator: ", ") + " and " : "") + $0 }
        sheet.row("Missing", "nothing" + (last.map { "; an Item also needs \($0)" } ?? ""))
    }

    /// What drafts an Item, to be pasted once the words in capitals are replaced. PATH is one of them where a shell cannot be
    /// told the path, and where who drafts it should think first.
    private mutating func command(_ flags: [String]) {
        let word = DraftLine.word(record).flatMap { $0.utf8.count <= Self.longestPath ? $0 : nil }
        guard word != nil || !flags.isEmpty else { return }
        let command = (["mlm-inspect draft", word ?? "PATH"] + flags).joined(separator: " ")
        sheet.row("Draft with", command, breaking: word == nil ? .words : .command)
    }

    /// Bytes of a path that is written in a command.
    private static let longestPath = 240

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
