internal import CProtobufC
internal import Glibc
internal import ModelBytes

/// What libprotobuf-c allocates for one message: within a budget, packed tightly, freed together.
///
/// A graph is a million strings and structs of a few bytes, for which malloc needs twice the memory and most of the time.
@safe
final class ProtobufMemory {
    /// Small blocks are cut from chunks of this size.
    private static let chunkBytes = 64 << 10
    /// From here on a block is malloc's; these are few, and some of them (lists of scanned fields) are freed early.
    private static let largeBytes = 1 << 10

    private let limit: Int
    private var chunks = unsafe [UnsafeMutableRawPointer]()
    private var chunkUsed = ProtobufMemory.chunkBytes
    private var large = unsafe [UnsafeMutableRawPointer]()
    /// Bytes asked for so far, what was refused included. What is freed meanwhile still counts, so that it does not
    /// depend on any allocator whether a message fits.
    private(set) var allocated = 0

    init(limit: Limits.Limit) { self.limit = limit.value }

    /// What a message of `count` bytes may take: models take up to six times their size, a list of empty messages
    /// forty times. For 16 MB that is 160 MiB.
    static func limit(_ limits: Limits, for count: Int) -> Limits.Limit {
        var limit = limits.protobufMemory
        let (scaled, overflows) = count.multipliedReportingOverflow(by: timesSize)
        if !overflows, scaled <= limit.value - least { limit.value = scaled + least }
        return limit
    }
    private static let least = 32 << 20
    private static let timesSize = 8

    deinit {
        while let block = unsafe chunks.popLast() ?? large.popLast() { unsafe Glibc.free(block) }
    }

    /// Valid while this object lives.
    var allocator: ProtobufCAllocator {
        unsafe ProtobufCAllocator(
            alloc: { memory, size in
                guard let memory = unsafe memory else { return nil }
                return unsafe Unmanaged<ProtobufMemory>.fromOpaque(memory).takeUnretainedValue().allocate(size)
            },
            free: { memory, block in
                guard let memory = unsafe memory, let block = unsafe block else { return }
                unsafe Unmanaged<ProtobufMemory>.fromOpaque(memory).takeUnretainedValue().free(block)
            },
            allocator_data: Unmanaged.passUnretained(self).toOpaque())
    }

    /// nil when the budget is used up; libprotobuf-c then gives up.
    private func allocate(_ size: Int) -> UnsafeMutableRawPointer? {
        let (total, overflows) = allocated.addingReportingOverflow(size)
        allocated = overflows ? .max : total
        guard allocated <= limit else { return nil }
        if size >= Self.largeBytes {
            guard let block = unsafe malloc(size) else { return nil }
            unsafe large.append(block)
            return unsafe block
        }
        // Eight bytes is what the structs of generated code need.
        let rounded = (size + 7) & ~7
        if chunkUsed + rounded > Self.chunkBytes {
            guard let chunk = unsafe malloc(Self.chunkBytes) else { return nil }
            unsafe chunks.append(chunk)
            chunkUsed = 0
        }
        defer { chunkUsed += rounded }
        return unsafe chunks[chunks.count - 1] + chunkUsed
    }

    /// Frees a large block when it is one of the last, as the lists of scanned fields are; the others wait for the end.
    private func free(_ block: UnsafeMutableRawPointer) {
        guard let index = unsafe large.suffix(64).lastIndex(of: block) else { return }
        unsafe large.remove(at: index)
        unsafe Glibc.free(block)
    }
}
