import MLMInspect

/// The tensors of the page of one model: all of them as compressed data, and sums by module for readers without scripts.
struct PageTensors {
    private var blocks = ReportBlocks("tensors", capacity: 1 << 20)
    private var data = ""
    private var modules = TensorTree(depth: 1)
    private(set) var count = 0
    private var failure: (any Error)?
    /// What kept the list from going on.
    var end: String?

    mutating func add(_ tensor: StoredTensor) {
        guard failure == nil else { return }
        count += 1
        modules.add(tensor)
        do {
            data += try blocks.add(Self.json(tensor))
        } catch {
            failure = error
        }
    }

    /// In the order that `Page/tensors.js` knows.
    private static func json(_ tensor: StoredTensor) -> [UInt8] {
        let place = [tensor.place.file, tensor.place.entry].compactMap { $0 }.joined(separator: "!/")
        let cells: [ListCell?] = [
            .text(TextStyle.inert(tensor.name)), tensor.shape.map { .numbers($0) }, ListCell(known: tensor.dataType),
            ListCell(known: tensor.elements), ListCell(known: tensor.bytes), ListCell(known: tensor.place.offset),
            place.isEmpty ? nil : .text(TextStyle.inert(place)),
            ListCell(known: tensor.sharedWith.map(TextStyle.inert)),
        ]
        var line = LineBytes()
        line.append(UInt8(ascii: "["))
        for (position, cell) in cells.enumerated() {
            if position > 0 { line.append(UInt8(ascii: ",")) }
            if let cell { cell.write(to: &line) } else { line.append("null") }
        }
        line.append(UInt8(ascii: "]"))
        return line.bytes
    }

    /// What stands in the card, and the data behind it; nil when there is no tensor.
    func shown() throws -> (section: HTML, data: HTML)? {
        if let failure { throw failure }
        guard count > 0 else { return nil }
        var last = blocks
        let data = try self.data + last.flush()
        return (section, "\(resource: data)")
    }

    private var notice: HTML { end.map { "<p class=\"notice\">The list ends early: \($0)</p>" } ?? "" }

    private var section: HTML {
        """
        <section id="tensors" aria-labelledby="tensors-title"><h3 id="tensors-title">Tensors</h3>\(notice)
        <div data-script hidden>
        <nav id="trail" aria-label="Module"></nav>
        <p class="hint" id="map-help">An area is as large as its part of the numbers. Arrow keys go from one to the next, Enter opens \
        it, Escape goes back.</p>
        <svg id="map" role="group" aria-label="Tensors by module" aria-describedby="map-help"></svg>
        <form id="filter" role="search"><label>Filter<input type="search" name="filter" autocomplete="off" spellcheck="false" \
        placeholder="Press / to filter by name, type or shape" aria-keyshortcuts="/"></label></form>
        <p id="tensors-status" role="status">Unpacking …</p>
        <div class="inner" tabindex="0" role="group" aria-labelledby="tensors-title"><table id="tensor-table">\
        <thead><tr><th scope="col">Name</th><th scope="col">Shape</th><th scope="col">Type</th>\
        <th scope="col" class="number">Elements</th><th scope="col" class="number">Bytes</th><th scope="col">Place</th></tr></thead>\
        <tbody></tbody></table></div>
        <nav id="pages" aria-label="Pages of the table" hidden><span id="page"></span>\
        <button type="button" class="button" id="previous">Previous</button>\
        <button type="button" class="button" id="next">Next</button></nav>
        </div>
        \(withoutScripts)</section>
        """
    }

    /// Sums by the modules at the top.
    private var withoutScripts: HTML {
        var rows: [HTML] = []
        var more = 0
        func add(_ module: TensorTree.Module) {
            guard rows.count < ReportCard.most else {
                more += 1
                return
            }
            rows.append(
                """
                <tr><th scope="row">\(module.depth == 0 ? "all" : module.title)</th><td>\(NumberText.grouped(module.tensors))</td>\
                <td>\(module.elements.map(NumberText.grouped) ?? "")</td><td>\(module.bytes.map(NumberText.grouped) ?? "")</td></tr>
                """)
        }
        modules.forEach(add)
        let rest: HTML = more > 0 ? "<p class=\"hint\">… and \(NumberText.grouped(more)) more</p>" : ""
        return """
            <noscript><p class="hint">Sums by module. The map, and a list of all tensors, need JavaScript; mlm-inspect tensors \
            prints them too.</p><div class="inner"><table><thead><tr><th scope="col">Module</th><th scope="col">Tensors</th>\
            <th scope="col">Elements</th><th scope="col">Bytes</th></tr></thead><tbody>\(rows)</tbody></table></div>\(rest)</noscript>
            """
    }
}
