/// Writes pickles opcode by opcode: right ones and wrong ones. Every call answers a longer pickle.
public struct PickleBuilder: Sendable {
    public let bytes: [UInt8]

    public init(_ bytes: [UInt8] = []) { self.bytes = bytes }

    /// Anything at all.
    public func raw(_ bytes: [UInt8]) -> PickleBuilder { PickleBuilder(self.bytes + bytes) }
    public func then(_ other: PickleBuilder) -> PickleBuilder { raw(other.bytes) }
    public func repeating(_ count: Int, _ part: (PickleBuilder) -> PickleBuilder) -> PickleBuilder {
        let part = part(PickleBuilder()).bytes
        var bytes = self.bytes
        bytes.reserveCapacity(bytes.count + count * part.count)
        for _ in 0..<count { bytes += part }
        return PickleBuilder(bytes)
    }

    private func code(_ opcode: UInt8, _ argument: [UInt8] = []) -> PickleBuilder { raw([opcode] + argument) }
    private func code(_ opcode: UInt8, line: String) -> PickleBuilder { code(opcode, Array((line + "\n").utf8)) }

    // MARK: - The stream

    public func proto(_ version: UInt8) -> PickleBuilder { code(0x80, [version]) }
    public func frame(_ count: UInt64) -> PickleBuilder { code(0x95, Self.little(count, 8)) }
    public func stop() -> PickleBuilder { code(0x2E) }

    // MARK: - Numbers and constants

    public func int(_ text: String) -> PickleBuilder { code(0x49, line: text) }
    public func binint(_ value: Int32) -> PickleBuilder {
        code(0x4A, Self.little(UInt64(UInt32(bitPattern: value)), 4))
    }
    public func binint1(_ value: UInt8) -> PickleBuilder { code(0x4B, [value]) }
    public func binint2(_ value: UInt16) -> PickleBuilder { code(0x4D, Self.little(UInt64(value), 2)) }
    public func long(_ text: String) -> PickleBuilder { code(0x4C, line: text) }
    public func long1(_ bytes: [UInt8]) -> PickleBuilder { code(0x8A, [UInt8(bytes.count)] + bytes) }
    public func long4(_ bytes: [UInt8], count: Int32? = nil) -> PickleBuilder {
        code(0x8B, Self.little(UInt64(UInt32(bitPattern: count ?? Int32(bytes.count))), 4) + bytes)
    }
    public func float(_ text: String) -> PickleBuilder { code(0x46, line: text) }
    public func binfloat(_ value: Double) -> PickleBuilder { code(0x47, Self.little(value.bitPattern, 8).reversed()) }
    public func none() -> PickleBuilder { code(0x4E) }
    public func newtrue() -> PickleBuilder { code(0x88) }
    public func newfalse() -> PickleBuilder { code(0x89) }

    // MARK: - Text and bytes

    public func string(_ text: String) -> PickleBuilder { code(0x53, line: text) }
    public func unicode(_ text: String) -> PickleBuilder { code(0x56, line: text) }
    public func binstring(_ bytes: [UInt8], count: Int32? = nil) -> PickleBuilder {
        code(0x54, Self.little(UInt64(UInt32(bitPattern: count ?? Int32(bytes.count))), 4) + bytes)
    }
    public func shortBinstring(_ text: String) -> PickleBuilder { code(0x55, [UInt8(text.utf8.count)] + text.utf8) }
    public func shortBinunicode(_ text: String) -> PickleBuilder { code(0x8C, [UInt8(text.utf8.count)] + text.utf8) }
    public func binunicode(_ text: String) -> PickleBuilder {
        code(0x58, Self.little(UInt64(text.utf8.count), 4) + text.utf8)
    }
    public func binunicode8(_ text: String, count: UInt64? = nil) -> PickleBuilder {
        code(0x8D, Self.little(count ?? UInt64(text.utf8.count), 8) + text.utf8)
    }
    public func shortBinbytes(_ bytes: [UInt8]) -> PickleBuilder { code(0x43, [UInt8(bytes.count)] + bytes) }
    public func binbytes(_ bytes: [UInt8], count: UInt32? = nil) -> PickleBuilder {
        code(0x42, Self.little(UInt64(count ?? UInt32(bytes.count)), 4) + bytes)
    }
    public func binbytes8(_ bytes: [UInt8], count: UInt64? = nil) -> PickleBuilder {
        code(0x8E, Self.little(count ?? UInt64(bytes.count), 8) + bytes)
    }
    public func bytearray8(_ bytes: [UInt8], count: UInt64? = nil) -> PickleBuilder {
        code(0x96, Self.little(count ?? UInt64(bytes.count), 8) + bytes)
    }
    public func nextBuffer() -> PickleBuilder { code(0x97) }
    public func readonlyBuffer() -> PickleBuilder { code(0x98) }

    // MARK: - Containers

    public func emptyList() -> PickleBuilder { code(0x5D) }
    public func append() -> PickleBuilder { code(0x61) }
    public func appends() -> PickleBuilder { code(0x65) }
    public func list() -> PickleBuilder { code(0x6C) }
    public func emptyTuple() -> PickleBuilder { code(0x29) }
    public func tuple() -> PickleBuilder { code(0x74) }
    public func tuple1() -> PickleBuilder { code(0x85) }
    public func tuple2() -> PickleBuilder { code(0x86) }
    public func tuple3() -> PickleBuilder { code(0x87) }
    public func emptyDict() -> PickleBuilder { code(0x7D) }
    public func dict() -> PickleBuilder { code(0x64) }
    public func setitem() -> PickleBuilder { code(0x73) }
    public func setitems() -> PickleBuilder { code(0x75) }
    public func emptySet() -> PickleBuilder { code(0x8F) }
    public func additems() -> PickleBuilder { code(0x90) }
    public func frozenset() -> PickleBuilder { code(0x91) }

    // MARK: - The stack and the memo

    public func pop() -> PickleBuilder { code(0x30) }
    public func dup() -> PickleBuilder { code(0x32) }
    public func mark() -> PickleBuilder { code(0x28) }
    public func popMark() -> PickleBuilder { code(0x31) }
    public func get(_ index: String) -> PickleBuilder { code(0x67, line: index) }
    public func binget(_ index: UInt8) -> PickleBuilder { code(0x68, [index]) }
    public func longBinget(_ index: UInt32) -> PickleBuilder { code(0x6A, Self.little(UInt64(index), 4)) }
    public func put(_ index: String) -> PickleBuilder { code(0x70, line: index) }
    public func binput(_ index: UInt8) -> PickleBuilder { code(0x71, [index]) }
    public func longBinput(_ index: UInt32) -> PickleBuilder { code(0x72, Self.little(UInt64(index), 4)) }
    public func memoize() -> PickleBuilder { code(0x94) }

    // MARK: - Imports and objects

    public func ext1(_ number: UInt8) -> PickleBuilder { code(0x82, [number]) }
    public func ext2(_ number: UInt16) -> PickleBuilder { code(0x83, Self.little(UInt64(number), 2)) }
    public func ext4(_ number: Int32) -> PickleBuilder {
        code(0x84, Self.little(UInt64(UInt32(bitPattern: number)), 4))
    }
    public func global(_ module: String, _ name: String) -> PickleBuilder { code(0x63, line: module + "\n" + name) }
    public func stackGlobal() -> PickleBuilder { code(0x93) }
    public func reduce() -> PickleBuilder { code(0x52) }
    public func build() -> PickleBuilder { code(0x62) }
    public func inst(_ module: String, _ name: String) -> PickleBuilder { code(0x69, line: module + "\n" + name) }
    public func obj() -> PickleBuilder { code(0x6F) }
    public func newobj() -> PickleBuilder { code(0x81) }
    public func newobjEx() -> PickleBuilder { code(0x92) }
    public func persid(_ text: String) -> PickleBuilder { code(0x50, line: text) }
    public func binpersid() -> PickleBuilder { code(0x51) }

    // MARK: -

    private static func little(_ value: UInt64, _ width: Int) -> [UInt8] {
        (0..<width).map { UInt8(truncatingIfNeeded: value >> UInt64(8 * $0)) }
    }
}
