import ModelBytes
import ModelContainers
import ModelJSON

/// Lists the nodes of an exported program, those of the graphs within (branches of a `cond`) behind the one that holds them.
struct ExportedListing {
    private let listing: Listing

    /// Nil when nobody asks for nodes.
    init?(_ listing: Listing?) {
        guard let listing, listing.wantsNodes else { return nil }
        self.listing = listing
    }

    /// The program's document is scanned once more, a node at a time; `graph` names it, if it is not the main one.
    func list(_ source: ByteSource, graph: String?, limits: Limits) throws(InspectionError) {
        var scanner = JSONScanner(source, limits: limits, dialect: .python)
        try scanner.object { key, scanner in
            guard key == "graph_module" else { return }
            try scanner.object { key, scanner in
                guard key == "graph" else { return }
                try scanner.object { key, scanner in
                    guard key == "nodes" else { return }
                    try scanner.array { scanner in node(try scanner.value(), in: graph) }
                }
            }
        }
    }

    private func node(_ value: JSONValue, in graph: String?) {
        let arguments = (value["inputs"]?.array ?? []).compactMap { $0["arg"] }
        let outputs = (value["outputs"]?.array ?? []).flatMap(Self.names)
        let name = value.member("name")?.string ?? outputs.first ?? ""
        let target = value["target"]?.string ?? ""
        let prefix = "torch.ops."
        listing.add(
            GraphNode(
                name: name, operation: target.hasPrefix(prefix) ? String(target.dropFirst(prefix.count)) : target,
                inputs: arguments.flatMap(Self.names), outputs: outputs, graph: graph))
        for argument in arguments {
            guard let inner = argument.member("as_graph") else { continue }
            let own = inner["name"]?.string ?? name
            let path = graph.map { "\($0).\(own)" } ?? own
            for node in inner["graph"]?["nodes"]?.array ?? [] { self.node(node, in: path) }
        }
    }

    /// Names of the values of an argument: a tensor, a list of them, of which some may be left out, or a symbolic number.
    private static func names(_ argument: JSONValue) -> [String] {
        guard let member = argument.object?.first(where: { !$0.value.isNull })?.value else { return [] }
        if let list = member.array { return list.flatMap { $0["name"] == nil ? names($0) : [name($0)] } }
        return [name(member)].filter { !$0.isEmpty }
    }

    private static func name(_ value: JSONValue) -> String {
        value["graph"] == nil ? value["name"]?.string ?? value["as_name"]?.string ?? "" : ""
    }
}
