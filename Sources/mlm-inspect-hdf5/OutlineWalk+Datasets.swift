import CHDF5
import CHDF5Driver

extension OutlineWalk {
    mutating func datatype(_ id: hid_t, _ path: String) throws(Failure) {
        try type(id, path)
    }

    /// Shape, type and where the data is; never the data.
    mutating func dataset(_ id: hid_t, _ path: String) throws(Failure) {
        let space = try checked(H5Dget_space(id), in: path)
        defer { H5Sclose(space) }
        let shape = try Self.shape(of: space, path)
        writer.shape(shape)
        let type = try checked(H5Dget_type(id), in: path)
        defer { H5Tclose(type) }
        try self.type(type, path)

        let properties = try checked(H5Dget_create_plist(id), in: path)
        defer { H5Pclose(properties) }
        let files = try externalFiles(properties, path)
        writer.integer(files.isEmpty ? Self.storedBytes(id, shape, properties) : 0)
        writer.integer(files.count)
        for file in files { writer.text(file) }
    }

    /// Empty for a scalar, nil for a null dataspace.
    static func shape(of space: hid_t, _ path: String) throws(Failure) -> [Int]? {
        switch H5Sget_simple_extent_type(space) {
        case H5S_NULL: return nil
        case H5S_SCALAR: return []
        case H5S_SIMPLE: break
        default: throw Failure.library(path)
        }
        let rank = Int(try checked(H5Sget_simple_extent_ndims(space), in: path))
        var dimensions = [hsize_t](repeating: 0, count: rank)
        _ = try checked(unsafe H5Sget_simple_extent_dims(space, &dimensions, nil), in: path)
        var shape: [Int] = []
        for dimension in dimensions {
            guard let dimension = Int(exactly: dimension) else {
                throw Failure(MLM_MALFORMED, "a dimension of \(dimension), in \(path)")
            }
            shape.append(dimension)
        }
        return shape
    }

    /// To add up the chunks of a dataset libhdf5 reads their whole index: only as long as that is small.
    private static let mostChunks = 4_096

    /// Bytes that the data takes in this file; -1 when that was not asked.
    private static func storedBytes(_ id: hid_t, _ shape: [Int]?, _ properties: hid_t) -> Int {
        if H5Pget_layout(properties) == H5D_CHUNKED {
            var sides = [hsize_t](repeating: 0, count: 32)
            let rank = unsafe Int(H5Pget_chunk(properties, 32, &sides))
            guard let shape, rank == shape.count, rank <= 32 else { return -1 }
            var chunks = 1
            for (side, length) in zip(sides, shape) where chunks <= mostChunks {
                guard let side = Int(exactly: side), side > 0 else { return -1 }
                let (product, overflow) = chunks.multipliedReportingOverflow(
                    by: length / side + (length % side == 0 ? 0 : 1))
                chunks = overflow ? Int.max : product
            }
            guard chunks <= mostChunks else { return -1 }
        }
        return Int(clamping: H5Dget_storage_size(id))
    }

    /// Files that hold the data in place of this one. They are named, never opened.
    private mutating func externalFiles(_ properties: hid_t, _ path: String) throws(Failure) -> [String] {
        let count = try checked(H5Pget_external_count(properties), in: path)
        var files: [String] = []
        for index in 0..<UInt32(count) {
            var name = [CChar](repeating: 0, count: 4_096)
            var offset: off_t = 0
            var size: hsize_t = 0
            let status = unsafe H5Pget_external(properties, index, name.count - 1, &name, &offset, &size)
            _ = try checked(status, in: path)
            let bytes = name.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }
            try countName(bytes: bytes.count)
            files.append(String(decoding: bytes, as: UTF8.self))
        }
        if H5Pget_layout(properties) == H5D_VIRTUAL { files += try virtualFiles(properties, path) }
        return files
    }

    /// As many mappings of a virtual dataset are asked for their file; one tells that its data lies elsewhere.
    private static let mostMappings = 64

    /// Other files that a virtual dataset is put together from.
    private mutating func virtualFiles(_ properties: hid_t, _ path: String) throws(Failure) -> [String] {
        var count = 0
        _ = try checked(unsafe H5Pget_virtual_count(properties, &count), in: path)
        var files: [String] = []
        for index in 0..<min(count, Self.mostMappings) {
            var name = [CChar](repeating: 0, count: 4_096)
            let length = unsafe H5Pget_virtual_filename(properties, index, &name, name.count - 1)
            guard length >= 0 else { throw Failure.library(path) }
            let bytes = name.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }
            let file = String(decoding: bytes, as: UTF8.self)
            // A dot is this file.
            guard file != ".", !files.contains(file) else { continue }
            try countName(bytes: bytes.count)
            files.append(file)
        }
        return files
    }
}
