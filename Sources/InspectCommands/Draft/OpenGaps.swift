import STAC

/// The messages that name the required values that are missing from Items, up to a maximum, and how many there are.
struct OpenGaps {
    private var texts: [String] = []
    private var count = 0
    private static let most = 40

    var isEmpty: Bool { count == 0 }

    mutating func add(_ item: Item, _ path: String) {
        for (gap, flag, why) in RequiredGaps.open(in: item) {
            count += 1
            guard texts.count < Self.most else { continue }
            texts.append(
                TextStyle.inert("mlm-inspect: \(path): \(gap.pointer) is missing: \(why); give \(flag)") + "\n")
        }
    }

    func tell() {
        for text in texts { StandardError.write(text) }
        if count > texts.count { StandardError.write("mlm-inspect: and \(count - texts.count) more\n") }
        StandardError.write("mlm-inspect: nothing was written, because --final needs these values\n")
    }
}
