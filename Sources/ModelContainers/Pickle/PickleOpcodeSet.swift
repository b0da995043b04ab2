extension Pickle {
    /// Which opcodes a run has executed.
    package struct OpcodeSet: Hashable, Sendable, ExpressibleByArrayLiteral {
        private var bits = SIMD4<UInt64>()

        package init(arrayLiteral opcodes: Opcode...) {
            for opcode in opcodes { insert(opcode) }
        }

        mutating func insert(_ opcode: Opcode) {
            bits[Int(opcode.rawValue >> 6)] |= 1 << UInt64(opcode.rawValue & 63)
        }

        func union(_ other: OpcodeSet) -> OpcodeSet {
            var union = self
            union.bits |= other.bits
            return union
        }

        /// Whether it was executed.
        package func contains(_ opcode: Opcode) -> Bool {
            bits[Int(opcode.rawValue >> 6)] & (1 << UInt64(opcode.rawValue & 63)) != 0
        }

        /// Those of `opcodes` that were executed, in that order.
        package func common(with opcodes: some Sequence<Opcode>) -> [Opcode] { opcodes.filter(contains) }
    }
}

extension Pickle.Opcode {
    /// Those that protocol 1 has and protocol 0 has not (pickletools, `proto` of each opcode).
    package static let protocolOne: [Pickle.Opcode] = [
        .binint, .binint1, .binint2, .binfloat, .binstring, .shortBinstring, .binunicode, .emptyList, .appends,
        .emptyTuple, .emptyDict, .setitems, .popMark, .binget, .longBinget, .binput, .longBinput, .obj, .binpersid,
    ]
}
