import MLMInspect
import ModelFormats

/// A record as a row of the report's table.
enum ReportRow {
    static func html(_ record: Record, hasCard: Bool) -> HTML {
        let overview = Overview(record)
        let framework = record.facts?.framework ?? ""
        let card: HTML = hasCard ? "<template>\(ReportCard.html(record))</template>" : ""
        return """
            <tr data-format="\(overview.format)" data-framework="\(framework)" data-verdict="\(overview.standing.rawValue)">\
            <th scope="row"><span class="path">\(path(record.path))</span></th>\
            <td data-value="\(overview.standing.rank)">\(ReportBadge.html(overview.standing))\(reason(overview))</td>\
            <td class="format">\(overview.format)</td>\
            <td class="framework">\(overview.framework)</td>\
            <td class="ports">\(shortened(overview.ports))</td>\
            \(number("parameters", overview.parameters))\
            \(number("size", record.size, text: record.size.map(Number.bytes)))\
            \(number("gaps", overview.gaps))\
            \(card)</tr>

            """
    }

    /// The folders stand back behind the name.
    private static func path(_ path: String) -> HTML {
        guard let slash = path.dropLast().lastIndex(of: "/") else { return "\(path)" }
        return "<span class=\"folder\">\(String(path[...slash]))</span>\(String(path[path.index(after: slash)...]))"
    }

    private static func reason(_ overview: Overview) -> HTML {
        guard let reason = overview.reason else { return "" }
        return "<span class=\"reason\">\(shortened(reason))</span>"
    }

    private static func number(_ name: String, _ value: Int?, text: String? = nil) -> HTML {
        guard let value else { return "<td class=\"number \(name)\"></td>" }
        return "<td class=\"number \(name)\" data-value=\"\(value)\">\(text ?? Number.grouped(value))</td>"
    }

    private static func shortened(_ text: String) -> String { text.count > 160 ? text.prefix(159) + "…" : text }
}

/// A word on a coloured ground; the colour says nothing that the word does not.
enum ReportBadge {
    static func html(_ standing: ListVerdict) -> HTML {
        "<span class=\"badge \(tone(standing))\">\(standing.rawValue)</span>"
    }

    static func tone(_ standing: ListVerdict) -> String {
        switch standing {
        case .dangerous, .failed: "danger"
        case .incomplete, .needsCode: "warning"
        case .model: "good"
        case .notAModel, .unrecognised: ""
        }
    }
}
