import CHDF5
import CHDF5Driver
import Glibc

extension OutlineWalk {
    mutating func attributes(of object: hid_t, count: hsize_t, _ path: String) throws(Failure) {
        guard count > 0 else { return }
        // Before libhdf5 makes a table of them.
        let most = Int(clamping: limits.attributes)
        guard count <= most - attributes else { throw .limit(.attributes) }
        let names = NameList()
        let status = unsafe chdf5_each_attribute(object, NameList.visit, Unmanaged.passUnretained(names).toOpaque())
        _ = try checked(status, in: path.isEmpty ? "/" : path)
        attributes += names.names.count
        for name in names.names { try attribute(of: object, name, path) }
    }

    private mutating func attribute(of object: hid_t, _ rawName: [CChar], _ path: String) throws(Failure) {
        let name = String(decoding: rawName.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
        let place = "\(path.isEmpty ? "/" : path), attribute \(name)"
        try countName(bytes: name.utf8.count)
        let id = try checked(unsafe chdf5_open_attribute(object, rawName), in: place)
        defer { H5Aclose(id) }
        let space = try checked(H5Aget_space(id), in: place)
        defer { H5Sclose(space) }
        let type = try checked(H5Aget_type(id), in: place)
        defer { H5Tclose(type) }
        let shape = try Self.shape(of: space, place)
        writer.byte(OutlinePart.attribute.rawValue)
        writer.text(name)
        writer.shape(shape)
        try self.type(type, place)
        guard let shape else { return writer.byte(ValueKind.none.rawValue) }
        var count = 1
        for dimension in shape {
            let (product, overflow) = count.multipliedReportingOverflow(by: dimension)
            if overflow { throw .limit(.attributeBytes) }
            count = product
        }
        switch H5Tget_class(type) {
        case H5T_STRING where H5Tis_variable_str(type) > 0: try variableStrings(id, type, count, place)
        case H5T_STRING: try fixedStrings(id, type, count, place)
        case H5T_INTEGER, H5T_ENUM: try integers(id, type, count, place)
        case H5T_FLOAT where H5Tget_size(type) <= 8: try floats(id, count, place)
        case H5T_COMPOUND: try firstMember(id, type, count, place)
        default: writer.byte(ValueKind.none.rawValue)
        }
    }

    /// Takes `count` values of `size` bytes off the limit.
    private mutating func countBytes(_ count: Int, of size: Int) throws(Failure) {
        let (bytes, overflow) = count.multipliedReportingOverflow(by: size)
        guard !overflow, bytes <= Int(clamping: limits.attribute_bytes) - attributeBytes else {
            throw .limit(.attributeBytes)
        }
        attributeBytes += bytes
    }

    /// Of compound values the first member when it is a string, as JLD2 begins the name of a type.
    private mutating func firstMember(_ id: hid_t, _ type: hid_t, _ count: Int, _ place: String) throws(Failure) {
        guard H5Tget_nmembers(type) > 0, H5Tget_member_class(type, 0) == H5T_STRING else {
            return writer.byte(ValueKind.none.rawValue)
        }
        let member = try checked(H5Tget_member_type(type, 0), in: place)
        defer { H5Tclose(member) }
        guard H5Tis_variable_str(member) > 0, let name = unsafe H5Tget_member_name(type, 0) else {
            return writer.byte(ValueKind.none.rawValue)
        }
        defer { unsafe _ = H5free_memory(name) }
        let text = try memoryType(ofString: member, place)
        defer { H5Tclose(text) }
        let memory = try checked(H5Tcreate(H5T_COMPOUND, MemoryLayout<Int>.size), in: place)
        defer { H5Tclose(memory) }
        _ = try checked(unsafe H5Tinsert(memory, name, 0, text), in: place)
        try strings(id, memory, count, place)
    }

    /// Strings of their own lengths, each ended by a NUL; they lie in the global heap.
    private mutating func variableStrings(_ id: hid_t, _ type: hid_t, _ count: Int, _ place: String) throws(Failure) {
        let memory = try memoryType(ofString: type, place)
        defer { H5Tclose(memory) }
        try strings(id, memory, count, place)
    }

    /// Values that are a pointer to a string each.
    private mutating func strings(_ id: hid_t, _ memory: hid_t, _ count: Int, _ place: String) throws(Failure) {
        try countBytes(count, of: MemoryLayout<Int>.size)
        writer.byte(ValueKind.strings.rawValue)
        writer.integer(count)
        guard count > 0 else { return }
        let space = try checked(H5Aget_space(id), in: place)
        defer { H5Sclose(space) }
        var texts = unsafe [UnsafeMutablePointer<CChar>?](repeating: nil, count: count)
        let status = unsafe texts.withUnsafeMutableBytes { unsafe H5Aread(id, memory, $0.baseAddress) }
        // What a read that failed half way has left behind is not known, and not touched.
        _ = try checked(status, in: place)
        defer {
            unsafe texts.withUnsafeMutableBytes { texts in
                _ = unsafe H5Dvlen_reclaim(memory, space, 0, texts.baseAddress)
            }
        }
        for index in 0..<count {
            guard let text = unsafe texts[index] else {
                writer.text("")
                continue
            }
            let length = unsafe strlen(text)
            try countBytes(length, of: 1)
            unsafe writer.text(UnsafeRawBufferPointer(start: text, count: length))
        }
    }

    /// Strings of one length, filled up with NULs or spaces.
    private mutating func fixedStrings(_ id: hid_t, _ type: hid_t, _ count: Int, _ place: String) throws(Failure) {
        let size = H5Tget_size(type)
        try countBytes(count, of: size)
        writer.byte(ValueKind.strings.rawValue)
        writer.integer(count)
        guard count > 0 else { return }
        var bytes = [UInt8](repeating: 0, count: count * size)
        let status = unsafe bytes.withUnsafeMutableBytes { unsafe H5Aread(id, type, $0.baseAddress) }
        _ = try checked(status, in: place)
        let padding = H5Tget_strpad(type)
        for start in stride(from: 0, to: bytes.count, by: max(1, size)) {
            var text = bytes[start..<start + size]
            switch padding {
            case H5T_STR_NULLTERM: text = text.prefix { $0 != 0 }
            case H5T_STR_SPACEPAD: while text.last == UInt8(ascii: " ") { text.removeLast() }
            default: while text.last == 0 { text.removeLast() }
            }
            unsafe text.withUnsafeBytes { text in unsafe writer.text(text) }
        }
    }

    /// An enumeration's values are the numbers behind its names.
    private mutating func integers(_ id: hid_t, _ type: hid_t, _ count: Int, _ place: String) throws(Failure) {
        guard H5Tget_size(type) <= 8 else { return writer.byte(ValueKind.none.rawValue) }
        try countBytes(count, of: 8)
        var base = H5Tcopy(type)
        defer { H5Tclose(base) }
        if H5Tget_class(type) == H5T_ENUM {
            H5Tclose(base)
            base = try checked(H5Tget_super(type), in: place)
        }
        let isUnsigned = H5Tget_sign(base) == H5T_SGN_NONE
        var values = [Int64](repeating: 0, count: count)
        if count > 0 {
            let memory = isUnsigned ? chdf5_uint64() : chdf5_int64()
            let status = unsafe values.withUnsafeMutableBytes { unsafe H5Aread(id, memory, $0.baseAddress) }
            _ = try checked(status, in: place)
        }
        // What is above the largest Int is not told, rather than told wrongly.
        if isUnsigned, values.contains(where: { $0 < 0 }) { return writer.byte(ValueKind.none.rawValue) }
        writer.byte(ValueKind.integers.rawValue)
        writer.integer(count)
        for value in values { writer.integer(value) }
    }

    private mutating func floats(_ id: hid_t, _ count: Int, _ place: String) throws(Failure) {
        try countBytes(count, of: 8)
        var values = [Double](repeating: 0, count: count)
        if count > 0 {
            let status = unsafe values.withUnsafeMutableBytes { unsafe H5Aread(id, chdf5_double(), $0.baseAddress) }
            _ = try checked(status, in: place)
        }
        writer.byte(ValueKind.floats.rawValue)
        writer.integer(count)
        for value in values { writer.integer(value.bitPattern) }
    }

    /// A string in memory has the character set of the one in the file: libhdf5 converts between none.
    private func memoryType(ofString type: hid_t, _ place: String) throws(Failure) -> hid_t {
        let memory = try checked(H5Tcopy(chdf5_c_string()), in: place)
        // H5T_VARIABLE is the largest size there is.
        _ = try checked(H5Tset_size(memory, Int(bitPattern: UInt.max)), in: place)
        _ = try checked(H5Tset_cset(memory, H5Tget_cset(type)), in: place)
        return memory
    }
}

/// The names of an object's attributes, as libhdf5 goes through them.
private final class NameList {
    private(set) var names: [[CChar]] = []

    /// Nothing here may throw or trap, since libhdf5 is the caller.
    static let visit: H5A_operator2_t = { _, name, _, state in
        guard let name = unsafe name, let state = unsafe state else { return -1 }
        let list = unsafe Unmanaged<NameList>.fromOpaque(state).takeUnretainedValue()
        list.names.append(unsafe Array(UnsafeBufferPointer(start: name, count: strlen(name) + 1)))
        return 0
    }
}
