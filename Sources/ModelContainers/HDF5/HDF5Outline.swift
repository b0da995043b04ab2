/// What is in an HDF5 file, without its data: groups, links, attributes, and the shapes and types of datasets.
///
/// `mlm-inspect-hdf5` writes it, and everyone else only reads it: libhdf5 is in no other process.
package struct HDF5Outline: Codable, Hashable, Sendable {
    /// Bytes before the superblock: 0, 512, 1024 …
    package var userBlock: Int
    /// Every object once, by the first path that reaches it; a group stands before what is in it, the root is first.
    package var objects: [Object]
    /// Links that lead to no object of this file, or once more to one of `objects`.
    package var links: [Link]

    package init(userBlock: Int, objects: [Object], links: [Link]) {
        self.userBlock = userBlock
        self.objects = objects
        self.links = links
    }

    package struct Object: Codable, Hashable, Sendable {
        package enum Kind: String, Codable, Sendable {
            case group, dataset
            /// A datatype with a name of its own.
            case datatype
        }

        /// `/` for the root, else `/model_weights/dense/kernel:0`.
        package var path: String
        package var kind: Kind
        package var attributes: [Attribute]
        /// Of a dataset: empty for a scalar, nil for a null dataspace.
        package var shape: [Int]?
        /// Of a dataset or a datatype.
        package var type: DataType?
        /// Bytes that a dataset's data takes in this file; 0 when none was written or all is elsewhere.
        package var storedBytes: Int?
        /// Files that hold a dataset's data in place of this one, by the names that stand there. Never opened.
        package var externalFiles: [String]?

        package init(path: String, kind: Kind, attributes: [Attribute] = []) {
            self.path = path
            self.kind = kind
            self.attributes = attributes
        }

        package func attribute(_ name: String) -> Attribute? { attributes.first { $0.name == name } }
    }

    /// A link that is not followed.
    package struct Link: Codable, Hashable, Sendable {
        package enum Kind: String, Codable, Sendable {
            /// A further name of an object that is listed.
            case hard
            case soft
            /// Into another file.
            case external
            case userDefined = "user-defined"
        }

        package var path: String
        package var kind: Kind
        /// The path in this file; of an external link the file's name, a colon and the path in it.
        package var target: String

        package init(path: String, kind: Kind, target: String) {
            self.path = path
            self.kind = kind
            self.target = target
        }
    }

    package struct Attribute: Codable, Hashable, Sendable {
        package var name: String
        /// Empty for a scalar, nil for a null dataspace.
        package var shape: [Int]?
        package var type: DataType
        /// The values in the order of C; nil when they are of another kind or beyond a limit.
        package var value: Value?

        package init(name: String, shape: [Int]?, type: DataType, value: Value? = nil) {
            self.name = name
            self.shape = shape
            self.type = type
            self.value = value
        }

        /// The one string of a scalar, or of a list of one.
        package var string: String? {
            if case .strings(let strings)? = value, strings.count == 1 { strings[0] } else { nil }
        }

        package var strings: [String]? { if case .strings(let strings)? = value { strings } else { nil } }
        package var integers: [Int]? { if case .integers(let integers)? = value { integers } else { nil } }
    }

    package enum Value: Codable, Hashable, Sendable {
        case strings([String])
        case integers([Int])
        case floats([Double])
    }

    /// The class of a datatype, as H5T has it, with what tells numbers apart.
    package enum DataType: Codable, Hashable, Sendable {
        case integer(bytes: Int, signed: Bool)
        /// `name` is exact, as in `float32` and `bfloat16`; nil for a layout that has no name.
        case float(bytes: Int, name: String?)
        case string
        /// An enumeration; h5py writes booleans as one of FALSE and TRUE.
        case enumeration(names: [String])
        case compound(names: [String])
        /// Bit fields, opaque values, references, lists of varying length, arrays, times: by H5T's word.
        case other(String)
    }

    /// The object at `path`, if it is listed under this path.
    package func object(_ path: String) -> Object? { objects.first { $0.path == path } }

    package var root: Object? { objects.first }
}
