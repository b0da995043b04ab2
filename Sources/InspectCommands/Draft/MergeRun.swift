import MLMInspect
import ModelBytes
import ModelContainers
import ModelJSON
import STAC

/// `draft --merge ITEM.json`.
struct MergeRun {
    private let path: String
    private let merge: ItemMerge

    init(_ path: String, _ limits: Limits) throws {
        self.path = path
        let source = try limits.text(named: path, flag: "--merge")
        do throws(InspectionError) {
            merge = try ItemMerge(source, limits: limits)
        } catch {
            let place = error.place.map { " (\($0))" } ?? ""
            throw UsageError("--merge \(path): \(error.message)\(place)")
        }
    }

    /// The text of the Item, filled. What the artifact contradicts is told on standard error; it is true if there was any.
    func filled(from item: Item, _ record: Record) -> (text: String, hasContradictions: Bool) {
        var found: [Contradiction] = []
        if let facts = record.facts {
            let checksum = item.assets.first?.value["file:checksum"]?.string
            let size = item.assets.first?.value["file:size"]?.int
            found = merge.contradictions(Agreement(facts, size: size, checksum: checksum), item: item)
        }
        for contradiction in found {
            StandardError.write(
                TextStyle.inert(
                    "mlm-inspect: \(path): \(contradiction.pointer): \(contradiction.message); it is kept") + "\n")
        }
        return (String(decoding: merge.filled(from: item), as: UTF8.self), !found.isEmpty)
    }
}
