import ModelBytes
import ModelJSON

/// Names of classes in a file of their own, as people lay it beside a model: one a line, or JSON.
///
/// Sources: TensorFlow's label_image, Coral and Teachable Machine (`0  background`, `0 Class 1`), Keras'
/// `class_indices` of a DirectoryIterator (`{"cat": 0}`), imagenet_class_index.json (`{"0": ["n01440764", "tench"]}`),
/// config.json of Hugging Face (`id2label`).
struct ClassNames {
    let name: String
    /// In the order of their index.
    let labels: [String]
    /// What else a file of JSON says of the model, of tasks that MLM has.
    var task: String?

    /// A list of names is short; anything longer is not one.
    private static let largest = 1 << 20
    private static let longestLabel = 256

    /// Nil when there is no such file, or it is no list of names.
    init?(_ name: String, beside artifact: Artifact, limits: Limits) {
        // What cannot be read belongs to the people around the model, which loads without it.
        guard let bytes = try? artifact.companionBytes(name, upTo: Self.largest), !bytes.isEmpty else { return nil }
        self.name = name
        var found: [String]?
        if name.hasSuffix(".json") {
            guard let value = try? JSONValue.parse(bytes, limits: limits, dialect: .python) else { return nil }
            found = name == Self.configuration ? Self.configured(value) : Self.labels(value, isList: Self.isList(name))
            task = value.object?["task"]?.string.flatMap { Tasks.all.contains($0) ? $0 : nil }
        } else {
            found = Self.lines(bytes)
        }
        guard let found, (2...limits.listedValues.value).contains(found.count), found.allSatisfy(Self.isLabel) else {
            return nil
        }
        labels = found
    }

    /// The configuration of Hugging Face, in which only `id2label` are names of classes.
    static let configuration = "config.json"

    private static func isLabel(_ text: String) -> Bool {
        !text.isEmpty && text.utf8.count <= longestLabel && !PrivateText.holdsPath(text)
            && !text.unicodeScalars.contains { $0.properties.generalCategory == .control }
    }

    // MARK: text

    private static func lines(_ bytes: [UInt8]) -> [String]? {
        let start = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
        guard let text = String(validating: bytes[start...], as: UTF8.self) else { return nil }
        var lines = text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline).map(trimmed)
        while lines.last?.isEmpty == true { lines.removeLast() }
        // An empty line may be a class without a name, or none.
        guard !lines.contains("") else { return nil }
        let numbered = lines.map(numbered)
        // Numbers alone are names only where they count the lines: a list of answers has them too.
        if lines.allSatisfy({ Int($0) != nil }) {
            return lines.enumerated().allSatisfy { Int($0.element) == $0.offset } ? lines : nil
        }
        guard numbered.contains(where: { $0 != nil }) else { return lines }
        // Some names begin with a number; a heading over lines that do is no name.
        guard numbered.allSatisfy({ $0 != nil }) else {
            return numbered.count(where: { $0 != nil }) * 2 > lines.count ? nil : lines
        }
        guard numbered.enumerated().allSatisfy({ $0.offset == $0.element?.index }) else { return nil }
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
    private static func isList(_ name: String) -> Bool { name.contains("label") || name.contains("class") }

    private static func labels(_ value: JSONValue, isList: Bool) -> [String]? {
        for key in ["labels", "classes", "class_names", "CLASSES", "class_labels", "label_names"] {
            if let inner = value.object?[key], let found = list(inner) ?? byIndex(inner) ?? byName(inner) {
                return found
            }
        }
        return isList ? list(value) ?? byIndex(value) ?? byName(value) : nil
    }

    private static func configured(_ value: JSONValue) -> [String]? {
        value.object?["id2label"].flatMap(byIndex).flatMap { LabelMap.areDefaults($0) ? nil : $0 }
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
