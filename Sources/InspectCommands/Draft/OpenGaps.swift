import ModelJSON
import STAC

/// The messages that name the required values that are missing from Items, up to a maximum, and how many there are.
struct OpenGaps {
    private var texts: [String] = []
    private var count = 0
    private static let maximum = 40

    var isEmpty: Bool { count == 0 }

    mutating func add(_ item: Item, _ path: String) {
        for (gap, why) in RequiredGaps.open(in: item) { add(gap, why, path, item.properties) }
    }

    mutating func add(_ gap: Gap, _ why: String, _ path: String, _ properties: JSONObject) {
        count += 1
        guard texts.count < Self.maximum else { return }
        let flag = GapFlags.flag(for: gap, in: properties).map { "; give \($0)" } ?? ""
        texts.append(TextStyle.inert("mlm-inspect: \(path): \(gap.pointer) is missing: \(why)\(flag)") + "\n")
    }

    func tell() {
        for text in texts { StandardError.write(text) }
        if count > texts.count { StandardError.write("mlm-inspect: and \(count - texts.count) more\n") }
        StandardError.write("mlm-inspect: nothing was written, because --final needs these values\n")
    }
}
