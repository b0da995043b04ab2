import ModelFormats

/// What goes into a model or comes out, as a table.
enum ReportPorts {
    static func html(_ title: String, _ ports: [Port]?) -> HTML {
        guard let ports, !ports.isEmpty else { return "" }
        return "<section>\(table(title, ports))</section>"
    }

    static func signature(_ signature: Signature) -> HTML {
        """
        \(html("Inputs of \(signature.name)", signature.inputs))\(html("Outputs of \(signature.name)", signature.outputs))
        """
    }

    private static func table(_ title: String, _ ports: [Port]) -> HTML {
        let rest: HTML =
            ports.count > ReportCard.most
            ? "<p class=\"hint\">… and \(NumberText.grouped(ports.count - ReportCard.most)) more</p>" : ""
        return """
            <h3>\(title)</h3><div class="inner" tabindex="0" role="group" aria-label="\(title)"><table><thead><tr><th scope="col">Name</th><th scope="col">Type</th>\
            <th scope="col">Shape</th><th scope="col">Dimensions and values</th></tr></thead><tbody>\
            \(ports.prefix(ReportCard.most).map(row))</tbody></table></div>\(rest)
            """
    }

    private static func row(_ port: Port) -> HTML {
        let type = [port.dataType, port.type].compactMap { $0 }.joined(separator: " ")
        let shape = PortText.shape(port) ?? (port.type == nil ? "unknown" : "")
        return """
            <tr><th scope="row">\(port.name.isEmpty ? "(no name)" : port.name)</th><td>\(type)</td><td class="shape">\(shape)</td>\
            <td>\(PortText.details(port).joined(separator: "; "))</td></tr>
            """
    }
}
