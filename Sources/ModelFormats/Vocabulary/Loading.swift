/// What loading the artifact takes, and whether that runs code. Never "safe": unknown stays unknown.
public struct Loading: Codable, Hashable, Sendable {
    /// How an artifact loads, from the best case to the worst.
    public enum Verdict: String, Codable, OrderedCases, Sendable {
        /// Loads with what its framework itself allows as data.
        case dataOnly = "data-only"
        /// Could not be read to its end, so nothing is known about the rest.
        case incomplete
        /// Imports something beyond that: a class, a function, a script.
        case needsCode = "needs-code"
        /// Names something that is known to run commands or reach the system.
        case dangerous
    }

    /// How an import is judged.
    public enum Tier: String, Codable, OrderedCases, Sendable {
        /// `allowed` and `dangerous` names are on exact lists; a name on no list is `unknown`.
        case allowed, unknown, dangerous
    }

    /// Something a pickle imports.
    public struct Import: Codable, Hashable, Sendable {
        /// `module.name`.
        public var name: String
        /// How the import is judged.
        public var tier: Tier
        /// Entry and offset of the opcode that imports it.
        public var `where`: String

        /// Creates an import.
        public init(name: String, tier: Tier, where place: String) {
            self.name = name
            self.tier = tier
            self.where = place
        }
    }

    /// One way of reading the bytes that begins to run something.
    public struct Read: Codable, Hashable, Sendable {
        /// `pickle`, `joblib`, `numpy`, `torch` …
        public var reader: String
        /// What that reader would do.
        public var verdict: Verdict
        /// The member that it reads; nil for the file itself.
        public var `where`: String?

        /// Creates one way of reading.
        public init(reader: String, verdict: Verdict, where place: String? = nil) {
            self.reader = reader
            self.verdict = verdict
            self.where = place
        }
    }

    /// The worst of all ways of reading it.
    public var verdict: Verdict
    /// The exact call, with the file's own name.
    public var call: String?
    /// Packages, as pip spells them.
    public var requires: [String]?
    /// Modules to import before the call, which register what the artifact names.
    public var first: [String]?
    /// Classes that the caller must have defined before the call, under this very name: `__main__.Ratio`.
    public var define: [String]?
    /// The least that `torch.serialization.safe_globals` must be given for `weights_only=True` to pass.
    public var safeGlobals: [String]?
    /// Classes the caller must have, `module.Class`.
    public var classes: [String]?
    /// Whether `torch.load(…, weights_only=True)` of today's torch would take it.
    public var weightsOnly: Bool?
    /// What its pickles import.
    public var imports: [Import]?
    /// Every way of reading it with its own verdict, when there are several.
    public var reads: [Read]?

    /// Creates a loading verdict.
    public init(
        _ verdict: Verdict, call: String? = nil, requires: [String]? = nil, classes: [String]? = nil,
        weightsOnly: Bool? = nil, imports: [Import]? = nil, reads: [Read]? = nil
    ) {
        self.reads = reads
        self.verdict = verdict
        self.call = call
        self.requires = requires
        self.classes = classes
        self.weightsOnly = weightsOnly
        self.imports = imports
    }

    enum CodingKeys: String, CodingKey {
        case verdict, call, requires, first, define
        case safeGlobals = "safe_globals"
        case classes
        case weightsOnly = "weights_only"
        case imports, reads
    }

    /// Something could not be read, or is not there: what is known of loading is not all. A worse verdict stays.
    public mutating func leaveIncomplete() { verdict = max(verdict, .incomplete) }

    /// Without the call, when that would run what is dangerous: nobody is to copy it. What it would run stays.
    public var withoutDangerousCall: Loading {
        guard verdict == .dangerous else { return self }
        var loading = self
        (loading.call, loading.first, loading.define, loading.safeGlobals) = (nil, nil, nil, nil)
        return loading
    }
}
