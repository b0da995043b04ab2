package import ModelBytes

/// What kind of thing an item of R's serialization is.
package enum RKind: UInt8, Sendable {
    case null, symbol, pairlist, closure, environment, promise, language, builtin
    case logical, integer, real, complex, string, list, expression, raw
    case bytecode, externalPointer, weakReference, s4, altrep
    case globalEnvironment, baseEnvironment, emptyEnvironment
    /// A namespace or an attached package: R loads it.
    case namespace, package
    case persistent, unbound, missingArgument, dots
}

/// One item; what belongs to it stands in the arrays of `RTree`.
struct RNode {
    var kind: RKind
    var isObject = false
    /// An `RNode` of the attributes, -1 for none.
    var attributes: Int32 = -1
    /// Of a vector how many elements it has; of anything else how many children.
    var length = 0
    /// Where its children, texts or numbers begin; of pairs a tag and a value take two places.
    var start = 0
    /// How many of them are kept.
    var kept: Int32 = 0
    /// Where its first element stands in the file, and how many bytes that is for a raw vector or a single text.
    var payload = -1
}

/// A serialized value of R: its structure, names and short vectors. Long vectors are only counted.
package final class RTree {
    package internal(set) var header: RHeader
    var nodes: [RNode] = []
    /// Children of all nodes, those of one node beside each other.
    var children: [Int32] = []
    var texts: [String?] = []
    var numbers: [Double] = []
    var root: Int32 = -1

    /// Promises, each by its node; how many functions of R code, of R's own C code, pieces of byte code and pointers there are.
    var promises: [Int32] = []
    package internal(set) var closures = 0
    package internal(set) var builtins = 0
    package internal(set) var bytecodes = 0
    package internal(set) var pointers = 0
    /// Packages whose namespace R loads to make the value, and where that stands first.
    package internal(set) var packages: [(name: String, offset: Int)] = []
    /// Classes of ALTREP vectors, each with its package.
    package internal(set) var compactClasses: [(name: String, package: String, offset: Int)] = []
    var promiseOffsets: [Int] = []

    /// A vector that is a file of the machine (R, src/main/altclasses.c).
    package static func isFileMap(_ name: String) -> Bool { name == "mmap_integer" || name == "mmap_real" }

    package internal(set) var firstClosure: Int?
    package internal(set) var firstBuiltin: Int?
    /// References that only a function of the writer's can follow.
    package internal(set) var hooks = 0
    /// Where bytes begin that stand behind the value.
    package internal(set) var rest: Int?
    /// Why reading stopped.
    package internal(set) var failure: InspectionError?

    init(_ header: RHeader) { self.header = header }

    /// The value; nil when reading stopped before its end.
    package var value: RValue? { root >= 0 ? RValue(self, root) : nil }

    /// Expressions that R evaluates when the value is used, and those it has evaluated before.
    package var delayed: [(expression: RValue, isForced: Bool, offset: Int)] {
        zip(promises, promiseOffsets).compactMap { node, offset in
            let promise = RValue(self, node)
            guard let code = promise.child(2) else { return nil }
            let isForced = promise.child(1).map { $0.kind != .unbound } ?? false
            return (code.source, isForced, offset)
        }
    }
}
