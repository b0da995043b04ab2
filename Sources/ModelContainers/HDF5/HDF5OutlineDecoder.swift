package import ModelBytes

extension HDF5Outline {
    /// What `mlm-inspect-hdf5` says about a file. Throws when it is nothing that it could have said.
    package init(told bytes: [UInt8], limits: Limits) throws(InspectionError) {
        var decoder = HDF5OutlineDecoder(bytes, limits: limits)
        self = try decoder.decode()
    }
}

/// Reads the outline that `mlm-inspect-hdf5` tells. Its parts, each with a byte before it that says which:
///
///     1 object     kind, group, name; of a dataset: shape, type, stored bytes, number of external files, their names;
///                  of a datatype: type
///     2 attribute  of the object before it: name, shape, type, kind of values, number of values, values
///     3 link       kind, group, name, target
///     0 end        size of the user block
///
/// An integer has 8 bytes, a text its length before it, a shape one byte with its rank (0xFF for none) and an integer a
/// dimension. Groups are named by their place in the list of objects. Nothing is believed: the process may have been
/// taken over by the file.
struct HDF5OutlineDecoder: ~Copyable {
    private var cursor: ByteCursor
    private let limits: Limits
    private var objects: [HDF5Outline.Object] = []
    private var links: [HDF5Outline.Link] = []
    private var attributes = 0
    private var nameBytes = 0

    init(_ bytes: [UInt8], limits: Limits) {
        cursor = ByteCursor(ByteSource(MemoryBytes(bytes)))
        self.limits = limits
    }

    mutating func decode() throws(InspectionError) -> HDF5Outline {
        while true {
            switch try cursor.byte() {
            case 0:
                let userBlock = try integer()
                guard cursor.isAtEnd, !objects.isEmpty else { throw protocolViolation("an end") }
                return HDF5Outline(userBlock: userBlock, objects: objects, links: links)
            case 1: try object()
            case 2: try attribute()
            case 3: try link()
            case let part: throw protocolViolation("a part \(part)")
            }
        }
    }

    private mutating func object() throws(InspectionError) {
        let kind: HDF5Outline.Object.Kind
        switch try cursor.byte() {
        case 0: kind = .group
        case 1: kind = .dataset
        case 2: kind = .datatype
        case let byte: throw protocolViolation("an object \(byte)")
        }
        var object = HDF5Outline.Object(path: try path(isRoot: objects.isEmpty), kind: kind)
        switch kind {
        case .group: break
        case .dataset:
            object.shape = try shape()
            object.type = try type()
            let stored = try signed()
            object.storedBytes = stored < 0 ? nil : stored
            let files = try integer()
            var names: [String] = []
            for _ in 0..<files { names.append(try text()) }
            object.externalFiles = names.isEmpty ? nil : names
        case .datatype: object.type = try type()
        }
        objects.append(object)
        try limits.hdf5Objects.check(objects.count + links.count)
    }

    private mutating func attribute() throws(InspectionError) {
        attributes += 1
        try limits.hdf5Attributes.check(attributes)
        guard let last = objects.indices.last else { throw protocolViolation("an attribute of nothing") }
        let name = try text()
        let shape = try shape()
        let type = try type()
        objects[last].attributes.append(
            HDF5Outline.Attribute(name: name, shape: shape, type: type, value: try value()))
    }

    private mutating func value() throws(InspectionError) -> HDF5Outline.Value? {
        let kind = try cursor.byte()
        if kind == 0 { return nil }
        let count = try integer()
        // Each takes 8 bytes at least.
        guard count <= cursor.remaining / 8 else { throw protocolViolation("\(count) values") }
        switch kind {
        case 1:
            var strings: [String] = []
            for _ in 0..<count { strings.append(try text()) }
            return .strings(strings)
        case 2:
            var integers: [Int] = []
            for _ in 0..<count { integers.append(try signed()) }
            return .integers(integers)
        case 3:
            var floats: [Double] = []
            for _ in 0..<count { floats.append(Double(bitPattern: try cursor.littleEndian(8))) }
            return .floats(floats)
        default: throw protocolViolation("values \(kind)")
        }
    }

    private mutating func link() throws(InspectionError) {
        let kind: HDF5Outline.Link.Kind
        switch try cursor.byte() {
        case 0: kind = .hard
        case 1: kind = .soft
        case 2: kind = .external
        case 3: kind = .userDefined
        case let byte: throw protocolViolation("a link \(byte)")
        }
        let path = try path(isRoot: false)
        let target: String
        if kind == .hard {
            let index = try integer()
            guard objects.indices.contains(index) else { throw protocolViolation("a link to object \(index)") }
            target = objects[index].path
        } else {
            target = try text()
        }
        links.append(HDF5Outline.Link(path: path, kind: kind, target: target))
        try limits.hdf5Objects.check(objects.count + links.count)
    }

    /// The path of a name in a group that has been told before.
    private mutating func path(isRoot: Bool) throws(InspectionError) -> String {
        let group = try signed()
        let name = try text()
        if isRoot { return "/" }
        guard objects.indices.contains(group), objects[group].kind == .group else {
            throw protocolViolation("a group \(group)")
        }
        let path = group == 0 ? "/" + name : objects[group].path + "/" + name
        nameBytes += path.utf8.count
        try limits.hdf5NameBytes.check(nameBytes)
        return path
    }

    private mutating func type() throws(InspectionError) -> HDF5Outline.DataType {
        switch try cursor.byte() {
        case 0:
            let bytes = try integer()
            return .integer(bytes: bytes, signed: try cursor.byte() != 0)
        case 1:
            let bytes = try integer()
            let name = try text()
            return .float(bytes: bytes, name: name.isEmpty ? nil : name)
        case 2: return .string
        case 3: return .enumeration(names: try names())
        case 4: return .compound(names: try names())
        case 5: return .other(try text())
        case let byte: throw protocolViolation("a type \(byte)")
        }
    }

    private mutating func names() throws(InspectionError) -> [String] {
        let count = try integer()
        var names: [String] = []
        for _ in 0..<count { names.append(try text()) }
        return names
    }

    private mutating func shape() throws(InspectionError) -> [Int]? {
        let rank = try cursor.byte()
        if rank == 0xFF { return nil }
        var shape: [Int] = []
        for _ in 0..<rank { shape.append(try integer()) }
        return shape
    }

    private mutating func text() throws(InspectionError) -> String {
        String(decoding: try cursor.bytes(try integer()), as: UTF8.self)
    }

    private mutating func signed() throws(InspectionError) -> Int {
        Int(truncatingIfNeeded: try cursor.littleEndian(8))
    }

    /// Not negative.
    private mutating func integer() throws(InspectionError) -> Int { try cursor.length(8) }

    private func protocolViolation(_ what: String) -> InspectionError {
        cursor.malformed("\(what) where none can be")
    }
}
