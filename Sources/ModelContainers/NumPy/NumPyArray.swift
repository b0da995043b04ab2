package import ModelBytes
package import ModelJSON

/// A numpy array in a pickle, in whichever way it was written; its elements are read only when asked for.
package struct NumPyArray {
    package enum Content {
        /// Raw elements in `Pickle.source`.
        case bytes(offset: Int, count: Int)
        /// Raw elements in a value of the pickle.
        case value(PickleValue)
        /// Raw elements that were kept.
        case kept([UInt8])
        /// Raw elements as text of Latin-1, how protocols 0 to 2 write bytes.
        case latin1(PickleValue)
        /// Python objects.
        case list(PickleValue)
        /// In another file, or out of band.
        case elsewhere
    }

    package let shape: [Int]
    package let type: NumPyType
    package let isFortranOrder: Bool
    package let content: Content
    private let pickle: Pickle

    /// How many elements; never overflows.
    package let count: Int

    /// - Parameter joblib: the arrays that joblib wrote between the opcodes.
    package init?(_ value: PickleValue, joblib: JoblibArrays? = nil) {
        guard let object = value.object, let (module, name) = object.builtClass else { return nil }
        if JoblibArrays.isWrapper(module, name) {
            guard let wrapper = JoblibWrapper(value) else { return nil }
            if let inner = value.embedded, let array = NumPyArray(inner) {
                self = array
                return
            }
            let content =
                joblib?.kept[value.id].map { Content.kept($0) }
                ?? joblib?.places[value.id].map { Content.bytes(offset: $0.lowerBound, count: $0.count) }
            self.init(
                value.pickle, wrapper.shape, wrapper.type, isFortranOrder: wrapper.isFortranOrder, content ?? .elsewhere
            )
        } else if name == "_reconstruct", Self.isMultiarray(module) {
            guard let state = object.state else { return nil }
            self.init(object.value.pickle, state: state)
        } else if name == "_create_array", module == "dill._dill" || module == "dill.dill" {
            // dill/_dill.py: `_create_array(_reconstruct, arguments, state, attributes)`.
            guard let state = object.arguments.elements[2] else { return nil }
            self.init(object.value.pickle, state: state)
        } else if name == "_frombuffer", module == "numpy.core.numeric" || module == "numpy._core.numeric" {
            self.init(fromBuffer: object)
        } else {
            return nil
        }
    }

    static func isMultiarray(_ module: String) -> Bool {
        module == "numpy.core.multiarray" || module == "numpy._core.multiarray"
    }

    /// `_reconstruct(ndarray, (0,), b'b')` and the state `(version, shape, dtype, isFortran, data)`
    /// (numpy/_core/src/multiarray/methods.c, `array_reduce`); the first pickles had no version.
    private init?(_ pickle: Pickle, state value: PickleValue) {
        var state = Array(value.elements.prefix(6))
        if state.count == 5 { state.removeFirst() }
        guard state.count == 4, let shape = Self.shape(state[0]), let type = NumPyType(state[1]) else { return nil }
        let data = state[3]
        let content: Content =
            if data.bytes != nil {
                .value(data)
            } else if data.kind == .list {
                .list(data)
            } else if let text = Self.encoded(data) {
                .latin1(text)
            } else {
                .elsewhere
            }
        self.init(pickle, shape, type, isFortranOrder: state[2].bool ?? false, content)
    }

    /// `_frombuffer(buffer, dtype, shape, order)`, of protocol 5.
    private init?(fromBuffer object: PickleObject) {
        let arguments = Array(object.arguments.elements.prefix(4))
        guard arguments.count == 4, let type = NumPyType(arguments[1]), let shape = Self.shape(arguments[2]) else {
            return nil
        }
        let content = arguments[0].bytes == nil ? Content.elsewhere : .value(arguments[0])
        self.init(object.value.pickle, shape, type, isFortranOrder: arguments[3].string == "F", content)
    }

    private init?(_ pickle: Pickle, _ shape: [Int], _ type: NumPyType, isFortranOrder: Bool, _ content: Content) {
        guard let count = TensorSize.elements(shape) else { return nil }
        self.pickle = pickle
        self.shape = shape
        self.type = type
        self.isFortranOrder = isFortranOrder
        self.content = content
        self.count = count
    }

    /// `_codecs.encode(text, 'latin1')`, how Python 3 writes bytes in protocols 0 to 2; a short text of Python 2 itself.
    private static func encoded(_ value: PickleValue) -> PickleValue? {
        if value.kind == .string { return value }
        guard let object = value.object, object.callee.isGlobal("_codecs", "encode"),
            let text = object.arguments.elements.first, text.kind == .string
        else { return nil }
        return text
    }

    /// A tuple of at most 32 or, since numpy 2, 64 sizes.
    static func shape(_ value: PickleValue) -> [Int]? {
        guard value.kind == .tuple || value.kind == .list, value.elements.count <= 64 else { return nil }
        var shape: [Int] = []
        for element in value.elements {
            guard let size = element.int ?? NumPyScalar(element)?.int, size >= 0 else { return nil }
            shape.append(size)
        }
        return shape
    }
}

extension NumPyArray {
    /// Its elements in order, of an array of one dimension with at most `limit` of them; nil when they are not plain
    /// numbers or texts, or are not in the pickle.
    package func values(upTo limit: Int) throws(InspectionError) -> [JSONValue]? {
        guard shape.count == 1, count <= limit else { return nil }
        switch content {
        case .list(let list):
            guard list.elements.count == count else { return nil }
            var values: [JSONValue] = []
            for element in list.elements {
                guard let value = NumPyScalar.plain(element) else { return nil }
                values.append(value)
            }
            return values
        case .bytes(let offset, let length):
            guard let needed = byteCount(limit: limit), needed <= length else { return nil }
            return decode(try pickle.source.bytes(at: offset, count: needed))
        case .value(let value):
            guard let needed = byteCount(limit: limit), let bytes = try value.content(needed), bytes.count == needed
            else { return nil }
            return decode(bytes)
        case .kept(let bytes):
            guard let needed = byteCount(limit: limit), needed <= bytes.count else { return nil }
            return decode(bytes)
        case .latin1(let text):
            guard let needed = byteCount(limit: limit), let utf8 = text.utf8 else { return nil }
            // A text of Python 2 is the bytes themselves.
            guard let bytes = utf8.count == needed ? Array(utf8) : Self.latin1(utf8), bytes.count >= needed else {
                return nil
            }
            return decode(bytes)
        case .elsewhere: return nil
        }
    }

    private func byteCount(limit: Int) -> Int? {
        // A text of more than 1 KiB is no label.
        guard type.itemSize <= 1_024, !type.holdsObjects else { return nil }
        return count * type.itemSize
    }

    private func decode(_ bytes: [UInt8]) -> [JSONValue]? { type.values(bytes, count: count) }

    /// The bytes that `text` stands for in Latin-1; nil when a character is beyond it.
    package static func latin1(_ text: ArraySlice<UInt8>) -> [UInt8]? {
        guard let string = String(validating: text, as: UTF8.self) else { return nil }
        var bytes: [UInt8] = []
        bytes.reserveCapacity(text.count)
        for scalar in string.unicodeScalars {
            guard scalar.value < 256 else { return nil }
            bytes.append(UInt8(scalar.value))
        }
        return bytes
    }
}
