import MLMInspect
import ModelBytes
import ModelContainers
import ModelJSON
import STAC

/// `draft --merge ITEM.json`.
struct MergeRun {
    private let path: String
    private let merge: ItemMerge
    /// Of the file before it was read.
    private let stamp: FileStamp?

    init(_ path: String, _ limits: Limits) throws {
        self.path = path
        stamp = FileStamp(path)
        let source = try limits.text(named: path, flag: "--merge")
        do throws(InspectionError) {
            merge = try ItemMerge(source, limits: limits)
        } catch {
            throw UsageError("--merge \(path): \(error.placed)")
        }
    }

    /// The completed text of the Item. Reports contradictions with the artifact on standard error, and returns whether there were any.
    func filled(from item: Item, _ record: Record, isFinal: Bool) -> (text: String, hasContradictions: Bool) {
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
        for (place, source) in merge.kept(besides: item)
        where !found.contains(where: { $0.pointer == place.description }) {
            say("\(place): the Item has its own, which is kept; \(source) is not written")
        }
        return (String(decoding: merge.filled(from: item, isFinal: isFinal), as: UTF8.self), !found.isEmpty)
    }

    /// Whether a merged Item can be final; what keeps it from being is said.
    func isReady(_ item: Item, _ text: String) -> Bool {
        var open = OpenGaps()
        for (gap, why) in merge.open(in: item) { open.add(gap, why, path, item.properties) }
        guard open.isEmpty else {
            open.tell()
            return false
        }
        let violations: [Violation]
        do {
            violations = try DocumentCheck(JSONValue.parse(text), listing: 20).violations
        } catch {
            violations = [Violation(pointer: "", message: "\(error)")]
        }
        for violation in violations { say("\(violation.pointer) \(violation.message)") }
        if !violations.isEmpty {
            StandardError.write("mlm-inspect: nothing was written, because a final Item is valid\n")
        }
        return violations.isEmpty
    }

    /// Throws when somebody has written the Item since it was read: what they wrote would be lost.
    func checkIsUnchanged() throws {
        if FileStamp(path) != stamp {
            throw UsageError("--merge \(path): it changed during the merge; nothing was written; run this again")
        }
    }

    private func say(_ message: String) {
        StandardError.write(TextStyle.inert("mlm-inspect: \(path): \(message)") + "\n")
    }
}
