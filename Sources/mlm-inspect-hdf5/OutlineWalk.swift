import CHDF5
import CHDF5Driver
import Glibc

/// Goes through the groups of one file, and writes down what is there.
struct OutlineWalk: ~Copyable {
    let limits: mlm_limits
    var writer = OutlineWriter()
    /// Objects by their address, as far as they have been written down.
    private var visited: [haddr_t: Int] = [:]
    private var entries = 0
    private var nameBytes = 0
    var attributes = 0
    var attributeBytes = 0

    init(limits: mlm_limits) { self.limits = limits }

    mutating func run(access: hid_t) throws(Failure) {
        let file = try checked(chdf5_open_file(access), in: "")
        defer { H5Fclose(file) }
        let root = try checked(chdf5_open_root(file), in: "/")
        try object(root, name: "", path: "", parent: nil, depth: 0)
        writer.byte(OutlinePart.end.rawValue)
        writer.integer(try userBlock(of: file))
        writer.flush()
    }

    private func userBlock(of file: hid_t) throws(Failure) -> hsize_t {
        let properties = try checked(H5Fget_create_plist(file), in: "")
        defer { H5Pclose(properties) }
        var size: hsize_t = 0
        _ = try checked(unsafe H5Pget_userblock(properties, &size), in: "")
        return size
    }

    /// Takes over `id`, which is open. `path` ends without a slash.
    private mutating func object(
        _ id: hid_t, name: String, path: String, parent: Int?, depth: Int
    ) throws(Failure) {
        defer { H5Oclose(id) }
        try count(path)
        var info = H5O_info_t()
        _ = try checked(unsafe chdf5_object_info(id, &info), in: path)
        let index = visited.count
        visited[info.addr] = index
        let kind: ObjectKind
        switch info.type {
        case H5O_TYPE_GROUP: kind = .group
        case H5O_TYPE_DATASET: kind = .dataset
        case H5O_TYPE_NAMED_DATATYPE: kind = .datatype
        default: throw Failure(MLM_MALFORMED, "an object of an unknown kind, \(path)")
        }
        writer.byte(OutlinePart.object.rawValue)
        writer.byte(kind.rawValue)
        writer.integer(parent ?? -1)
        writer.text(name)
        switch kind {
        case .group: break
        case .dataset: try dataset(id, path)
        case .datatype: try datatype(id, path)
        }
        try attributes(of: id, count: info.num_attrs, path)
        if kind == .group { try links(of: id, path, index, depth) }
    }

    private mutating func links(of group: hid_t, _ path: String, _ index: Int, _ depth: Int) throws(Failure) {
        let list = LinkList(room: Int(clamping: limits.objects) - entries)
        let state = unsafe Unmanaged.passUnretained(list).toOpaque()
        let status = unsafe chdf5_each_link(group, LinkList.visit, state)
        if list.isFull { throw .limit(.objects) }
        _ = try checked(status, in: path.isEmpty ? "/" : path)
        if !list.links.isEmpty, depth >= limits.depth { throw .limit(.depth) }
        for link in list.links {
            let inner = path + "/" + link.name
            switch link.kind {
            case H5L_TYPE_HARD:
                if let known = visited[link.address] {
                    try self.link(link.name, inner, in: index, .hard)
                    writer.integer(known)
                } else {
                    // By its address: a name with a slash in it would be a path, and could lead anywhere.
                    let id = try checked(H5Oopen_by_addr(group, link.address), in: inner)
                    try object(id, name: link.name, path: inner, parent: index, depth: depth + 1)
                }
            case H5L_TYPE_SOFT:
                let target = try value(of: link, in: group, inner)
                try self.link(link.name, inner, in: index, .soft)
                writer.text(String(decoding: target.prefix { $0 != 0 }, as: UTF8.self))
            case H5L_TYPE_EXTERNAL:
                let target = try value(of: link, in: group, inner)
                try self.link(link.name, inner, in: index, .external)
                writer.text(try Self.external(target, inner))
            default:
                try self.link(link.name, inner, in: index, .userDefined)
                writer.text("")
            }
        }
    }

    private mutating func link(
        _ name: String, _ path: String, in group: Int, _ kind: LinkKind
    ) throws(Failure) {
        try count(path)
        writer.byte(OutlinePart.link.rawValue)
        writer.byte(kind.rawValue)
        writer.integer(group)
        writer.text(name)
    }

    /// What a soft or external link holds. Neither is followed.
    private mutating func value(of link: LinkList.Link, in group: hid_t, _ path: String) throws(Failure) -> [UInt8] {
        try countName(bytes: link.valueSize)
        guard !link.rawName.contains(CChar(UInt8(ascii: "/"))) else {
            throw Failure(MLM_MALFORMED, "a link whose name has a slash, \(path)")
        }
        var value = [UInt8](repeating: 0, count: link.valueSize)
        let status = unsafe value.withUnsafeMutableBytes {
            unsafe chdf5_link_value(group, link.rawName, $0.baseAddress, $0.count)
        }
        _ = try checked(status, in: path)
        return value
    }

    /// A byte of version and flags, the name of a file, a NUL, a path in it, a NUL.
    private static func external(_ value: [UInt8], _ path: String) throws(Failure) -> String {
        let parts = value.dropFirst().split(separator: 0, maxSplits: 2, omittingEmptySubsequences: false)
        guard parts.count >= 2 else { throw Failure(MLM_MALFORMED, "an external link without a path, \(path)") }
        return String(decoding: parts[0], as: UTF8.self) + ":" + String(decoding: parts[1], as: UTF8.self)
    }

    private mutating func count(_ path: String) throws(Failure) {
        entries += 1
        if entries > limits.objects { throw .limit(.objects) }
        try countName(bytes: path.utf8.count)
    }

    mutating func countName(bytes: Int) throws(Failure) {
        let (sum, overflow) = nameBytes.addingReportingOverflow(bytes)
        if overflow || sum > limits.name_bytes { throw .limit(.nameBytes) }
        nameBytes = sum
    }
}

/// The links of one group, as libhdf5 goes through them.
private final class LinkList {
    struct Link {
        let name: String
        /// The bytes of a name that is needed to ask for more, with the NUL at their end; empty for a hard link.
        let rawName: [CChar]
        let kind: H5L_type_t
        let address: haddr_t
        let valueSize: Int
    }

    private(set) var links: [Link] = []
    private(set) var isFull = false
    private let room: Int

    init(room: Int) { self.room = room }

    /// Nothing here may throw or trap, since libhdf5 is the caller.
    static let visit: H5L_iterate_t = { _, name, info, state in
        guard let name = unsafe name, let info = unsafe info, let state = unsafe state else { return -1 }
        let list = unsafe Unmanaged<LinkList>.fromOpaque(state).takeUnretainedValue()
        if list.links.count >= list.room {
            list.isFull = true
            return -1
        }
        let isHard = unsafe info.pointee.type == H5L_TYPE_HARD
        list.links.append(
            Link(
                name: unsafe String(cString: name),
                rawName: isHard ? [] : unsafe Array(UnsafeBufferPointer(start: name, count: strlen(name) + 1)),
                kind: unsafe info.pointee.type,
                address: isHard ? unsafe chdf5_link_address(info) : 0,
                valueSize: isHard ? 0 : Int(clamping: unsafe chdf5_link_value_size(info))))
        return 0
    }
}
