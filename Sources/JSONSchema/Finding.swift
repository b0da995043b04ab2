import ModelJSON

/// What an evaluation has to say of a place, before it is put into words.
struct Finding {
    enum Kind {
        case failure(Failure)
        case undecided(String)
    }

    enum Failure {
        /// The value, and what it has to be.
        case mustBe(JSONValue, String)
        /// A member, and what it would have to be.
        case missing(String, String?)
        case text(String)
    }

    let place: [String]
    var kind: Kind
    /// How it tells forms of things apart.
    enum Identity { case none, kind, word }
    var identity = Identity.none

    /// Who breaks this meant another form of thing: the value is of another kind, or a word in it names another form.
    func tellsApart(at place: [String]) -> Bool {
        switch identity {
        case .none: false
        case .kind: self.place.count <= place.count
        case .word: self.place.count <= place.count + 1
        }
    }

    var isFailure: Bool { if case .failure = kind { true } else { false } }

    var told: SchemaFinding { SchemaFinding(place: place, message: message) }

    private var message: String {
        switch kind {
        case .failure(.mustBe(let value, let expectation)): "is \(value.outlined); must be \(expectation)"
        case .failure(.missing(let key, let expectation)):
            "\(JSONValue.string(key).outlined) is missing; add it" + (expectation.map { ", " + $0 } ?? "")
        case .failure(.text(let text)), .undecided(let text): text
        }
    }
}
