import Checksums
import ModelContainers

/// Ids of Items: of `a-z`, `0-9`, `_` and `-` alone, so that they are file names, parts of a URL and search terms alike.
package enum ItemIdentifier {
    /// `text` in those characters; a run of all others becomes one `-`. `model` when nothing is left.
    package static func slug(_ text: String) -> String {
        Slug.of(text, besides: "_") ?? "model"
    }

    /// Whether a text can be an id that a person gives: it is also a file name, and is shown as it is.
    package static func isFileName(_ text: String) -> Bool {
        !text.isEmpty && !text.contains("/") && !text.hasPrefix(".")
            && text.unicodeScalars.allSatisfy {
                ![.control, .format, .lineSeparator, .paragraphSeparator, .surrogate].contains(
                    $0.properties.generalCategory)
            }
    }
}

/// The id of every artifact of a run: its path below the folder that was walked, as short as tells it from all others.
///
///     unet.pt2                 unet
///     sar/unet.onnx            sar-unet-onnx     beside sar/unet.pt2, which is sar-unet-pt2
///
/// It is the same whichever artifacts turn out to be models, and in whatever order they are looked at.
package struct ItemIdentifiers {
    /// A path as it is below the folder that was walked, and as it was opened.
    package struct Path: Hashable, Sendable {
        let short: String
        let full: String

        package init(short: String, full: String) {
            self.short = short
            self.full = full
        }
    }

    private var ids: [String: String] = [:]

    /// The rule, for the evidence of an id.
    package static let rule = "path of the file, in the characters of an id"

    package init(_ paths: [Path]) {
        var waiting = Set(paths).sorted { $0.full < $1.full }
        let spellings: [(Path) -> String] = [
            { ItemIdentifier.slug(Self.withoutExtension($0.short)) }, { ItemIdentifier.slug($0.short) },
            { ItemIdentifier.slug($0.full) },
        ]
        for spelling in spellings {
            let counts = waiting.reduce(into: [String: Int]()) { $0[spelling($1), default: 0] += 1 }
            let taken = Set(ids.values)
            waiting = waiting.filter { path in
                let id = spelling(path)
                guard counts[id] == 1, !taken.contains(id) else { return true }
                ids[path.full] = id
                return false
            }
        }
        for path in waiting {
            ids[path.full] = ItemIdentifier.slug(path.full) + "-" + Multihash.shortHash(of: path.full)
        }
    }

    /// The id for a path as it was opened.
    package subscript(path: String) -> String { ids[path] ?? ItemIdentifier.slug(path) }

    private static func withoutExtension(_ path: String) -> String {
        let name = path[(path.lastIndex(of: "/").map(path.index(after:)) ?? path.startIndex)...]
        guard let dot = name.lastIndex(of: "."), dot > name.startIndex else { return path }
        return String(path[..<dot])
    }
}
