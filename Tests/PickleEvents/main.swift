import Glibc
import ModelBytes
import ModelContainers

// Prints what each pickle of a file would import, call and load, a line each: for the test that compares it with what
// CPython does. The file holds pickles with their lengths before them, four bytes, little-endian.

func shown(_ text: String) -> String {
    var shown = ""
    for scalar in text.unicodeScalars {
        switch scalar.value {
        case 0x0A: shown += "\\n"
        case 0x0D: shown += "\\r"
        case 0x09: shown += "\\t"
        case 0x5C: shown += "\\\\"
        case 0x20, 0..<0x20, 0x7F..<0x100: shown += "\\x" + padded(scalar.value, 2)
        case 0x21..<0x7F: shown.unicodeScalars.append(scalar)
        case 0x100..<0x1_0000: shown += "\\u" + padded(scalar.value, 4)
        default: shown += "\\U" + padded(scalar.value, 8)
        }
    }
    return shown
}

func padded(_ value: UInt32, _ count: Int) -> String {
    let digits = String(value, radix: 16)
    return String(repeating: "0", count: max(0, count - digits.count)) + digits
}

func line(_ bytes: [UInt8]) -> String {
    var events: [String] = []
    var codes: Set<Int> = []
    let observe: Pickle.Observer = { event in
        guard events.count < 4_096 else { return }
        switch event {
        case .imported(let module, let name): events.append("G \(shown(module)) \(shown(name))")
        case .extension(let code):
            if codes.insert(code).inserted { events.append("E \(code)") }
        case .called(_, let item):
            switch item?.kind {
            case .named: events.append("R \(shown(item?.module ?? "")).\(shown(item?.name ?? ""))")
            case .extension: events.append("R E")
            default: events.append("R ?")
            }
        case .built: events.append("B")
        case .supplied: events.append("P")
        }
    }
    let pickle = Pickle.run(ByteSource(MemoryBytes(bytes)), streams: 1, limits: Limits(), observe: observe)
    if pickle.splitFrame != nil { events.append("split") }
    events.append(pickle.failure.map { $0.reason == .limit ? "limit" : "!" } ?? ".")
    return events.joined(separator: "\t")
}

guard CommandLine.arguments.count == 2 else { exit(64) }
do {
    let artifact = try Artifact.open(CommandLine.arguments[1], limits: Limits())
    guard case .file(let source) = artifact.content else { exit(66) }
    var cursor = ByteCursor(source)
    while !cursor.isAtEnd {
        let length = try cursor.length(4)
        print(line(try cursor.bytes(length)))
    }
} catch {
    print("cannot read: \(error)")
    exit(66)
}
