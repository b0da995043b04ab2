import ModelContainers
import ModelFormats
import ModelJSON

/// Something that a person can say of a model: by which word, of which kind, and where it goes.
///
/// Side files, templates, hints and what a final Item needs all come from the table of these, `Field.all`. Which flag of a
/// command says the same, the command knows.
package struct Field: Sendable {
    /// What kind of value it takes in a side file.
    enum Kind: Sendable {
        case text, texts, version, doi, moment, endOfTime
        case whole, bool
        case list, object
        /// Has a reader of its own.
        case own(String)

        /// As it follows "write".
        var expectation: String {
            switch self {
            case .text: "a text"
            case .texts: "a text, or a list of texts"
            case .version: "a version, such as 2.7.0"
            case .doi: "a DOI, such as 10.5281/zenodo.1234567"
            case .moment, .endOfTime: "a day or a moment, such as 2015-06-27 or 2015-06-27T00:00:00Z"
            case .whole: "a whole number"
            case .bool: "true or false"
            case .list: "a list"
            case .object: "a mapping"
            case .own(let text): text
            }
        }
    }

    /// The word for it in a side file, such as `architecture`.
    package let word: String
    let kind: Kind
    /// The words that it can be; empty where it may be any.
    var choices: [String] = []
    /// What it is, for people.
    let hint: String
    /// The key that the properties of an Item have for it; nil for what goes elsewhere.
    package var property: String?
    /// Why an Item cannot be final without it; nil when it can.
    var need: String?
    /// An Item that says nothing there would not be what the person meant, though no schema minds.
    var isNeverEmpty = false
    /// Null says something.
    var mayBeNull = false
    /// Only one Item can have it.
    package var isOfOneItem = false
    /// The key of what is missing, where it is neither `property` nor `word`.
    var missingKey: String?
    /// It is said within another field.
    var isWithinAnother = false

    /// Words that a side file begins with.
    static let words = all.filter { !$0.isWithinAnother }.map(\.word)

    /// The field with this word.
    package static func named(_ word: String) -> Field? { all.first { $0.word == word } }

    /// The field of a key of the properties.
    static func ofProperty(_ key: String) -> Field? { all.first { $0.property == key } }

    /// The field of what is missing, by `Gap.key`.
    package static func missing(_ key: String) -> Field? {
        ofProperty(key) ?? named(key) ?? all.first { $0.missingKey == key }
    }
}
