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
            throw UsageError("--merge \(path): \(error.placed)")
        }
    }

    /// The completed text of the Item. Reports contradictions with the artifact on standard error, and returns whether there were any.
    func filled(from item: Item, _ record: Record) -> (text: String, hasContradictions: Bool) {
        var found: [Contradiction] = []
        if let facts = record.facts {
            let size = record.isDirectory ? nil : record.size
            found = merge.contradictions(Agreement(facts, size: size, checksum: record.checksum), item: item)
        }
        for contradiction in found {
            StandardError.write(
                TextStyle.inert(
                    "mlm-inspect: \(path): \(contradiction.pointer): \(contradiction.message); it is kept") + "\n")
        }
        return (String(decoding: merge.filled(from: item), as: UTF8.self), !found.isEmpty)
    }
}
