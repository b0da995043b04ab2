/// How much of an artifact may be read and built. These fields are limits that several formats share. A format declares its
/// own limits in its folder; they are read as `limits[KerasLimits.calls]`.
///
/// Every field has a name, which errors and the command line use.
public struct Limits: Hashable, Sendable {
    /// One limit: exceeding `value` is an error that names it.
    public struct Limit: Hashable, Sendable {
        /// The most there may be.
        public var value: Int
        // Readers keep all limits, and to copy a String means to count one more reference to it.
        private let literal: StaticString

        /// The name, such as `zip entries`.
        public var name: String { literal.description }

        /// No limit is set higher by a command: sums and products of a few limits stay numbers.
        public static let highest = 1 << 48

        /// As it is spelt on a command line: `zip-entries`.
        public var flag: String { name.replacing(" ", with: "-") }

        /// A limit of this name.
        public init(_ name: StaticString, _ value: Int) {
            literal = name
            self.value = value
        }

        public static func == (limit: Limit, other: Limit) -> Bool {
            limit.value == other.value && limit.name == other.name
        }

        public func hash(into hasher: inout Hasher) {
            hasher.combine(name)
            hasher.combine(value)
        }

        /// Throws `limit: zip entries 100000 > 65536` when `amount` is beyond the limit.
        @inlinable
        public func check(_ amount: Int, entry: String? = nil, offset: Int? = nil) throws(InspectionError) {
            if amount > value { throw exceeded(by: amount, entry: entry, offset: offset) }
        }

        /// The error for an amount that exceeds the limit by an unknown amount.
        public func reached(entry: String? = nil) -> InspectionError {
            InspectionError(.limit, "limit: \(name) > \(value)", entry: entry)
        }

        /// The error `limit: zip entries 100000 > 65536` for an amount that is beyond the limit.
        public func exceeded(by amount: Int, entry: String? = nil, offset: Int? = nil) -> InspectionError {
            InspectionError(.limit, "limit: \(name) \(amount) > \(value)", entry: entry, offset: offset)
        }
    }

    /// Members of one zip archive, checked in its end record before libzip opens it.
    public var zipEntries = Limit("zip entries", 65_536)
    /// Size of a zip archive's central directory in bytes.
    public var zipDirectoryBytes = Limit("zip directory bytes", 64 << 20)
    /// Size of a compressed archive member that may be inflated, in bytes.
    public var inflatedBytes = Limit("inflated bytes", 128 << 20)
    /// What is opened of the members of a zip archive, or of the items of a distributed checkpoint, that lie over each
    /// other, in bytes.
    public var overlappingBytes = Limit("overlapping bytes", 32 << 20)
    /// What all of a compressed stream may become, in bytes. It is read through in pieces and never held.
    public var streamBytes = Limit("stream bytes", 16 << 30)
    /// How many times larger than itself a compressed stream may become; asked once it is beyond 64 MiB.
    public var streamRatio = Limit("stream ratio", 400)
    /// Memory that a decoder may fill, in bytes. What xz's presets up to 7 write takes no more, whatever its size (9 MiB
    /// by default); of the presets 8 and 9 (33 and 65 MiB) what becomes no larger than this.
    public var decoderMemory = Limit("decoder memory", 24 << 20)
    /// How often a compressed stream may be read again from its beginning.
    public var streamPasses = Limit("stream passes", 12)
    /// Streams behind each other in one compressed file that become less than 4 KiB each.
    public var smallStreams = Limit("small streams", 131_072)
    /// Headers of one tar archive.
    public var tarEntries = Limit("tar entries", 65_536)
    /// One header of a tar archive that holds another member's long name or its pax records, in bytes.
    public var tarHeaderBytes = Limit("tar header bytes", 1 << 20)
    /// Opcodes of all pickles in one stream.
    public var pickleOperations = Limit("pickle operations", 32_000_000)
    /// Values built by all pickles in one stream.
    public var pickleValues = Limit("pickle values", 6_000_000)
    /// MARKs that may be open at once.
    public var pickleDepth = Limit("pickle depth", 4_096)
    /// Slots of the memo, and the highest index a PUT may name.
    public var pickleMemo = Limit("pickle memo", 16_000_000)
    /// One string or long integer, in bytes; a longer `bytes` is skipped, not an error.
    public var pickleTextBytes = Limit("pickle text bytes", 16 << 20)
    /// All strings of one stream together, in bytes.
    public var pickleHeapBytes = Limit("pickle heap bytes", 256 << 20)
    /// Memory that the values of all pickles in one stream may take, in bytes.
    public var pickleMemory = Limit("pickle memory", 192 << 20)
    /// Different names that all pickles in one stream import.
    public var pickleImports = Limit("pickle imports", 8_192)
    /// Pickles that may follow each other in one file.
    public var pickleStreams = Limit("pickle streams", 1_024)
    /// Pickles that are loaded by another as bytes, in one artifact.
    public var nestedPickles = Limit("nested pickles", 8_192)
    /// Nesting of protobuf messages.
    public var protobufDepth = Limit("protobuf depth", 100)
    /// Fields of one protobuf message, nested ones included.
    public var protobufFields = Limit("protobuf fields", 32_000_000)
    /// What is left of a protobuf message once tensor payload is dropped, in bytes.
    public var protobufSkeletonBytes = Limit("protobuf skeleton bytes", 96 << 20)
    /// One protobuf string or `bytes`, in bytes; a longer one is left out, not an error.
    public var protobufTextBytes = Limit("protobuf text bytes", 1 << 20)
    /// Memory libprotobuf-c may allocate for one message, in bytes; for a small one less, see `ProtobufMemory`.
    public var protobufMemory = Limit("protobuf memory", 512 << 20)
    /// Tables of one FlatBuffer that are looked at.
    public var flatbufferTables = Limit("flatbuffer tables", 8_000_000)
    /// Numbers of all vectors of one FlatBuffer that are looked at: shapes, indices, scales.
    public var flatbufferElements = Limit("flatbuffer elements", 16_000_000)
    /// All texts of one FlatBuffer that are looked at, in bytes.
    public var flatbufferTextBytes = Limit("flatbuffer text bytes", 64 << 20)
    /// Entries of one table of a TensorFlow checkpoint.
    public var tableEntries = Limit("table entries", 500_000)
    /// All keys of such a table together, in bytes.
    public var tableKeyBytes = Limit("table key bytes", 64 << 20)
    /// One block of such a table, in bytes.
    public var tableBlockBytes = Limit("table block bytes", 64 << 20)
    /// Items of one serialized value of R that are looked at; numbers and texts of vectors are none.
    public var rItems = Limit("r items", 8_000_000)
    /// Items of R within each other.
    public var rDepth = Limit("r depth", 10_000)
    /// One text of R, in bytes; a longer one is left out, not an error.
    public var rTextBytes = Limit("r text bytes", 64 << 10)
    /// All texts of vectors of one value of R that are kept, in bytes; what comes after them is left out.
    public var rHeapBytes = Limit("r heap bytes", 16 << 20)
    /// Elements of one BSON document, nested ones included.
    public var bsonElements = Limit("bson elements", 2_000_000)
    /// Nesting of BSON documents.
    public var bsonDepth = Limit("bson depth", 256)
    /// Values of one MessagePack document.
    public var msgpackValues = Limit("msgpack values", 4_000_000)
    /// Nesting of MessagePack maps and arrays.
    public var msgpackDepth = Limit("msgpack depth", 256)
    /// Attributes, types and texts of one MLIR bytecode file.
    public var mlirItems = Limit("mlir items", 2_000_000)
    /// Nodes of one OCDBT database that are read.
    public var ocdbtNodes = Limit("ocdbt nodes", 65_536)
    /// Keys of one OCDBT database.
    public var ocdbtKeys = Limit("ocdbt keys", 400_000)
    /// All of these nodes together, in bytes; one that is named again is read again.
    public var ocdbtBytes = Limit("ocdbt bytes", 64 << 20)
    /// All keys and names of files as they are spelt out, in bytes: each may share all of the one before.
    public var ocdbtKeyBytes = Limit("ocdbt key bytes", 48 << 20)
    /// Size of a JSON document whose values are built, in bytes; one that is scanned may be of any size.
    public var jsonBytes = Limit("json bytes", 512 << 20)
    /// Arrays and objects within each other in one JSON document.
    public var jsonDepth = Limit("json depth", 256)
    /// Values built (not skipped) of one JSON document.
    public var jsonValues = Limit("json values", 4_000_000)
    /// One JSON string or number, in bytes.
    public var jsonTextBytes = Limit("json text bytes", 8 << 20)
    /// Size of a STAC document that is checked or merged, in bytes.
    public var stacBytes = Limit("stac bytes", 64 << 20)
    /// Files of a folder of JSON Schemas.
    public var schemaFiles = Limit("schema files", 8_192)
    /// All of them together, in bytes.
    public var schemaBytes = Limit("schema bytes", 64 << 20)
    /// Schemas that are met within each other, by reference or by place, while a document is checked.
    public var schemaDepth = Limit("schema depth", 256)
    /// Schemas that one document is checked by, each counted as often as it is asked.
    public var schemaSteps = Limit("schema steps", 10_000_000)
    /// Steps of matching one text by one regular expression of a schema.
    public var patternSteps = Limit("pattern steps", 1_000_000)
    /// Size of a YAML document in bytes.
    public var yamlBytes = Limit("yaml bytes", 1 << 20)
    /// Lists and maps within each other in one YAML document.
    public var yamlDepth = Limit("yaml depth", 64)
    /// Nesting of XML elements; a tree of decisions nests an element a level.
    public var xmlDepth = Limit("xml depth", 4_096)
    /// One tag, comment or run of text of an XML document, in bytes.
    public var xmlTokenBytes = Limit("xml token bytes", 4 << 20)
    /// Objects and arrays of UBJSON within each other.
    public var ubjsonDepth = Limit("ubjson depth", 256)
    /// Members and elements of one UBJSON document that are looked at.
    public var ubjsonValues = Limit("ubjson values", 8_000_000)
    /// One UBJSON text that is read, in bytes.
    public var ubjsonTextBytes = Limit("ubjson text bytes", 32 << 20)
    /// One line of a text that is read, in bytes; what is not read may be longer.
    public var lineBytes = Limit("line bytes", 32 << 20)
    /// Objects and links of one HDF5 file.
    public var hdf5Objects = Limit("hdf5 objects", 250_000)
    /// Attributes of all objects of one HDF5 file.
    public var hdf5Attributes = Limit("hdf5 attributes", 250_000)
    /// Values of all attributes of one HDF5 file, in bytes, as they are in memory.
    public var hdf5AttributeBytes = Limit("hdf5 attribute bytes", 64 << 20)
    /// Paths of all objects and links of one HDF5 file and the names of their attributes, in bytes.
    public var hdf5NameBytes = Limit("hdf5 name bytes", 64 << 20)
    /// Groups in groups of an HDF5 file.
    public var hdf5Depth = Limit("hdf5 depth", 256)
    /// Memory that mlm-inspect-hdf5 may allocate for one file, in bytes.
    public var hdf5MemoryBytes = Limit("hdf5 memory bytes", 256 << 20)
    /// Time of a processor that reading all HDF5 files of one artifact may take.
    public var hdf5Seconds = Limit("hdf5 seconds", 2)
    /// Files of one folder that are looked at as what they are themselves: weights, and pickles beside them.
    public var folderMembers = Limit("folder members", 2_048)
    /// Opcodes of all pickles in these files together.
    public var folderOperations = Limit("folder operations", 8_000_000)
    /// Files that one index may name as the shards of a model.
    public var shards = Limit("shards", 4_096)
    /// Entries of a directory artifact, its subdirectories included.
    public var directoryEntries = Limit("directory entries", 65_536)
    /// Folders within each other below an artifact that is a folder.
    public var directoryDepth = Limit("directory depth", 8)
    /// Members of one archive that a scan looks into.
    public var archiveMembers = Limit("archive members", 4_096)
    /// One member that has to be held in memory for that, in bytes: one of a compressed tar archive.
    public var archiveMemberBytes = Limit("archive member bytes", 32 << 20)
    /// Time of a processor that a scan's worker may use for one file.
    public var workerSeconds = Limit("worker seconds", 120)
    /// Time after which a worker that has answered nothing is taken to hang.
    public var workerHangSeconds = Limit("worker hang seconds", 900)
    /// Address space of a scan's worker, in bytes.
    public var workerMemoryBytes = Limit("worker memory bytes", 4 << 30)
    /// One record that a worker hands over, in bytes.
    public var recordBytes = Limit("record bytes", 16 << 20)
    /// A pipe on standard input is kept in memory up to this many bytes.
    public var standardInputBytes = Limit("standard input bytes", 256 << 20)
    /// A file of GeoJSON that a person gives, in bytes.
    public var geometryBytes = Limit("geometry bytes", 16 << 20)
    /// How many values of one list (class labels, features, hyperparameters) are written to the record.
    public var listedValues = Limit("listed values", 10_000)

    /// Limits that formats declare in their own folders, where they were changed: values by name.
    private var changed: [String: Int] = [:]

    /// A limit that a format declares in its own folder, with the value it has here.
    public subscript(_ limit: Limit) -> Limit {
        get {
            // Nearly always nothing is changed, and limits are asked in inner loops.
            guard !changed.isEmpty, let value = changed[limit.name] else { return limit }
            var limit = limit
            limit.value = value
            return limit
        }
        set { changed[limit.name] = newValue.value }
    }

    /// Every limit as it is unless somebody sets it.
    public init() {}

    /// Every limit but those of the formats, by the key path that sets it, in the order of declaration.
    public static var all: [any WritableKeyPath<Limits, Limit> & Sendable] {
        [
            \.zipEntries,
            \.zipDirectoryBytes,
            \.inflatedBytes,
            \.overlappingBytes,
            \.streamBytes,
            \.streamRatio,
            \.decoderMemory,
            \.streamPasses,
            \.smallStreams,
            \.tarEntries,
            \.tarHeaderBytes,
            \.pickleOperations,
            \.pickleValues,
            \.pickleDepth,
            \.pickleMemo,
            \.pickleTextBytes,
            \.pickleHeapBytes,
            \.pickleMemory,
            \.pickleImports,
            \.pickleStreams,
            \.nestedPickles,
            \.protobufDepth,
            \.protobufFields,
            \.protobufSkeletonBytes,
            \.protobufTextBytes,
            \.protobufMemory,
            \.flatbufferTables,
            \.flatbufferElements,
            \.flatbufferTextBytes,
            \.tableEntries,
            \.tableKeyBytes,
            \.tableBlockBytes,
            \.rItems,
            \.rDepth,
            \.rTextBytes,
            \.rHeapBytes,
            \.bsonElements,
            \.bsonDepth,
            \.msgpackValues,
            \.msgpackDepth,
            \.mlirItems,
            \.ocdbtNodes,
            \.ocdbtKeys,
            \.ocdbtBytes,
            \.ocdbtKeyBytes,
            \.jsonBytes,
            \.jsonDepth,
            \.jsonValues,
            \.jsonTextBytes,
            \.stacBytes,
            \.schemaFiles,
            \.schemaBytes,
            \.schemaDepth,
            \.schemaSteps,
            \.patternSteps,
            \.yamlBytes,
            \.yamlDepth,
            \.xmlDepth,
            \.xmlTokenBytes,
            \.ubjsonDepth,
            \.ubjsonValues,
            \.ubjsonTextBytes,
            \.lineBytes,
            \.hdf5Objects,
            \.hdf5Attributes,
            \.hdf5AttributeBytes,
            \.hdf5NameBytes,
            \.hdf5Depth,
            \.hdf5MemoryBytes,
            \.hdf5Seconds,
            \.folderMembers,
            \.folderOperations,
            \.shards,
            \.directoryEntries,
            \.directoryDepth,
            \.archiveMembers,
            \.archiveMemberBytes,
            \.workerSeconds,
            \.workerHangSeconds,
            \.workerMemoryBytes,
            \.recordBytes,
            \.standardInputBytes,
            \.geometryBytes,
            \.listedValues,
        ]
    }
}
