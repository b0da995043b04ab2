import ModelBytes
import ModelJSON

/// Names of classes in a file of their own, as people lay it beside a model: one a line, or JSON.
///
/// Sources: TensorFlow's label_image, Coral and Teachable Machine (`0  background`, `0 Class 1`), Keras'
/// `class_indices` of a DirectoryIterator (`{"cat": 0}`), imagenet_class_index.json (`{"0": ["n01440764", "tench"]}`),
/// config.json of Hugging Face (`id2label`) and of timm (`label_names`), config.min.json of Magika (`target_labels_space`).
struct ClassNames {
    let name: String
    /// In the order of their index.
    let labels: [String]
    /// What else a file of JSON says of the model, of tasks that MLM has.
    var task: String?

    /// A list of names is short; anything longer is not one.
    private static let largest = 1 << 20
    private static let longestLabel = 256

    /// What there is under a name that lists of names have.
    enum Finding {
        case names(ClassNames)
        /// It is called so, and its names cannot be told; in the words of a finding.
        case refused(name: String, because: String)
    }

    /// Nil when there is no such file, or it is of something else.
    static func look(for name: String, beside artifact: Artifact, limits: Limits) -> Finding? {
        // What cannot be read belongs to the people around the model, which loads without it.
        guard let bytes = try? artifact.companionBytes(name, upTo: largest), !bytes.isEmpty else { return nil }
        do throws(Refusal) {
            return .names(try ClassNames(name, bytes, limits: limits))
        } catch {
            // A name that other files have as well says nothing of what is in it.
            return isList(name) ? .refused(name: name, because: error.reason) : nil
        }
    }

    private struct Refusal: Error {
        let reason: String

        static let noList = Refusal(reason: "it is not a list of names")
    }

    private init(_ name: String, _ bytes: [UInt8], limits: Limits) throws(Refusal) {
        self.name = name
        if name.hasSuffix(".json") {
            guard let value = try? JSONValue.parse(bytes, limits: limits, dialect: .python) else { throw .noList }
            let found =
                name == Self.configuration ? Self.configured(value) : Self.labels(value, isList: Self.isList(name))
            guard let found else { throw .noList }
            labels = found
            task = value.object?["task"]?.string.flatMap { Tasks.all.contains($0) ? $0 : nil }
        } else {
            labels = try Self.lines(bytes)
        }
        guard labels.count <= limits.listedValues.value else {
            throw Refusal(reason: "it has more than \(limits.listedValues) names")
        }
        guard labels.allSatisfy(Self.isLabel) else {
            throw Refusal(reason: "one of its lines is too long for a name, is a path, or is not text")
        }
        guard labels.count > 1 else {
            throw Refusal(
                reason: labels.contains { $0.contains(",") || $0.contains(";") }
                    ? "it has only one line, but each name needs its own line" : "it has one name")
        }
    }

    /// The configuration of Hugging Face, of timm and of others.
    static let configuration = "config.json"

    private static func isLabel(_ text: String) -> Bool {
        !text.isEmpty && text.utf8.count <= longestLabel && !PrivateText.holdsPath(text)
            && !text.unicodeScalars.contains { $0.properties.generalCategory == .control }
    }

    // MARK: text

    private static func lines(_ bytes: [UInt8]) throws(Refusal) -> [String] {
        let start = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
        guard let text = String(validating: bytes[start...], as: UTF8.self) else {
            throw Refusal(reason: "it is not UTF-8 text")
        }
        var lines = text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline).map(trimmed)
        while lines.last?.isEmpty == true { lines.removeLast() }
        if let empty = lines.firstIndex(of: "") {
            throw Refusal(reason: "its line \(empty + 1) is empty, which may or may not be a class without a name")
        }
        // Numbers alone are names only where they count the lines: a list of answers has them too.
        if lines.allSatisfy({ Int($0) != nil }) {
            guard lines.enumerated().allSatisfy({ Int($0.element) == $0.offset }) else {
                throw Refusal(reason: "its lines are numbers")
            }
            return lines
        }
        let numbered = lines.map(numbered)
        let count = numbered.count { $0 != nil }
        guard count > 0 else { return lines }
        // Some names begin with a number; a heading over lines that do is no name.
        guard count == lines.count else {
            if count * 2 <= lines.count { return lines }
            throw Refusal(reason: "not all of its lines begin with a number")
        }
        guard numbered.enumerated().allSatisfy({ $0.offset == $0.element?.index }) else {
            throw Refusal(reason: "the numbers before its names are not 0, 1, 2 and so on")
        }
        return numbered.compactMap { $0?.label }
    }

    private static func trimmed(_ line: Substring) -> String {
        let start = line.drop(while: \.isWhitespace)
        guard let last = start.lastIndex(where: { !$0.isWhitespace }) else { return "" }
        return String(start[...last])
    }

    /// `3 name`, `3: name`, `3,name`.
    private static func numbered(_ line: String) -> (index: Int, label: String)? {
        let digits = line.prefix { $0.isASCII && $0.isNumber }
        guard let index = Int(digits), let next = line[digits.endIndex...].first,
            next.isWhitespace || ":,".contains(next)
        else { return nil }
        let label = trimmed(line[digits.endIndex...].drop { $0 == ":" || $0 == "," })
        return label.isEmpty ? nil : (index, label)
    }

    // MARK: JSON

    /// A file that is called by what it lists may be nothing but the list.
    private static func isList(_ name: String) -> Bool {
        let name = name.lowercased()
        return name.contains("label") || name.contains("class")
    }

    /// `label_names` are timm's, `target_labels_space` Magika's.
    private static let keys = [
        "labels", "classes", "class_names", "CLASSES", "class_labels", "label_names", "target_labels_space",
    ]

    private static func labels(_ value: JSONValue, isList: Bool) -> [String]? {
        for key in keys {
            if let inner = value.object?[key], let found = list(inner) ?? byIndex(inner) ?? byName(inner) {
                return found
            }
        }
        return isList ? list(value) ?? byIndex(value) ?? byName(value) : nil
    }

    private static func configured(_ value: JSONValue) -> [String]? {
        guard let map = value.object?["id2label"] else { return labels(value, isList: false) }
        return byIndex(map).flatMap { LabelMap.areDefaults($0) ? nil : $0 }
    }

    private static func list(_ value: JSONValue) -> [String]? {
        guard let values = value.array else { return nil }
        let labels = values.compactMap(\.string)
        return labels.count == values.count ? labels : nil
    }

    /// `{"0": "cat"}`, or with the number of a synset before the name.
    private static func byIndex(_ value: JSONValue) -> [String]? {
        value.object.flatMap { map in
            LabelMap.byIndex(map) { label in
                let pair = label.array ?? []
                return label.string ?? (pair.count == 2 ? pair[1].string : nil)
            }
        }
    }

    private static func byName(_ value: JSONValue) -> [String]? { value.object.flatMap(LabelMap.byName) }
}
