import ModelBytes

extension PickleMachine {
    /// Executes any opcode but STOP.
    mutating func execute(_ opcode: Pickle.Opcode) throws(InspectionError) {
        switch opcode {
        case .int: try readInt()
        case .binint: try push(integer: Int(try int32()))
        case .binint1: try push(integer: Int(try cursor.byte()))
        case .binint2: try push(integer: Int(truncatingIfNeeded: try cursor.littleEndian(2)))
        case .long: try readLong()
        case .long1: try readLong(count: Int(try cursor.byte()))
        case .long4: try readLong(count: try signedLength())
        case .float: try push(.float(try PythonLiteral.float(try readLine(least: 1))))
        case .binfloat: try push(.float(Double(bitPattern: try cursor.littleEndian(8).byteSwapped)))
        case .none: try push(PickleArena.none)
        case .newtrue: try push(PickleArena.true)
        case .newfalse: try push(PickleArena.false)

        case .string:
            arena.hasByteStrings = true
            try push(text: try PythonLiteral.string(try readLine()))
        case .unicode: try push(text: try PythonLiteral.rawUnicode(try readLine()))
        case .binstring:
            arena.hasByteStrings = true
            try readByteString(count: try signedLength())
        case .shortBinstring:
            arena.hasByteStrings = true
            try readByteString(count: Int(try cursor.byte()))
        case .shortBinunicode: try readUnicode(count: Int(try cursor.byte()))
        case .binunicode: try readUnicode(count: try cursor.length(4))
        case .binunicode8: try readUnicode(count: try cursor.length(8))
        case .shortBinbytes: try skipBytes(.bytes, count: Int(try cursor.byte()))
        case .binbytes: try skipBytes(.bytes, count: try cursor.length(4))
        case .binbytes8: try skipBytes(.bytes, count: try cursor.length(8))
        case .bytearray8: try skipBytes(.bytearray, count: try cursor.length(8))
        case .nextBuffer: try nextBuffer()
        case .readonlyBuffer: try checkBuffer(try top())

        case .emptyList: try push(PickleNode(.list))
        case .emptyDict: try push(PickleNode(.dict))
        case .emptySet: try push(PickleNode(.set))
        case .emptyTuple: try push(PickleArena.emptyTuple)
        case .list: try collect(.list)
        case .dict: try collect(.dict)
        case .tuple: try collectTuple(from: try popMark())
        case .tuple1: try collectTuple(1)
        case .tuple2: try collectTuple(2)
        case .tuple3: try collectTuple(3)
        case .frozenset: try collectFrozenset()
        case .append: try add(last: 1, to: .items)
        case .appends: try addSinceMark(to: .items)
        case .setitem: try add(last: 2, to: .pairs)
        case .setitems: try addSinceMark(to: .pairs)
        case .additems: try addSinceMark(to: .members)

        case .pop: try popValueOrMark()
        case .dup: try push(try top())
        case .mark: try mark()
        case .popMark: truncateStack(to: try popMark())
        case .get: try recall(try readIndex())
        case .binget: try recall(Int(try cursor.byte()))
        case .longBinget: try recall(try cursor.length(4))
        case .put: try remember(at: try readIndex())
        case .binput: try remember(at: Int(try cursor.byte()))
        case .longBinput: try remember(at: try cursor.length(4))
        case .memoize: try remember(at: memo.count)

        case .ext1: try pushExtension(Int(try cursor.byte()), opcode)
        case .ext2: try pushExtension(try cursor.length(2), opcode)
        case .ext4: try pushExtension(Int(try int32()), opcode)
        case .global: try readGlobal()
        case .stackGlobal: try stackGlobal()
        case .inst: try instantiateNamed()
        case .obj: try instantiate()
        case .reduce, .newobj: try call(opcode)
        case .newobjEx: try callWithKeywords()
        case .build: try setState()
        case .persid: try readPersistentID()
        case .binpersid: try supply(try pop())

        case .proto: try readProtocol()
        case .frame: try readFrame()
        case .stop: break
        }
    }
}
