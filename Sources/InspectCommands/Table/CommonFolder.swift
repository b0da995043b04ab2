/// What the paths of a scan have in common.
enum CommonFolder {
    /// The folder that everything below `roots` lies in, with a slash at its end; empty where there is none.
    static func of(_ roots: [String]) -> String {
        let folders = roots.map { root in root.split(separator: "/", omittingEmptySubsequences: false).map(String.init)
        }
        guard var common = folders.first, roots.allSatisfy({ $0 != "." }) else { return "" }
        for folder in folders.dropFirst() {
            common = zip(common, folder).prefix { $0 == $1 }.map(\.0)
        }
        while common.last?.isEmpty == true { common.removeLast() }
        return common.isEmpty ? "" : common.joined(separator: "/") + "/"
    }
}
