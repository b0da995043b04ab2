import ModelBytes

/// A `numpy.dtype`, as pickles write it: `dtype('f8', False, True)` and a state `(3, '<', subdtype, names, fields,
/// itemsize, alignment, flags)`.
///
/// Source: numpy/_core/src/multiarray/descriptor.c, `arraydescr_reduce`.
package struct NumPyType: Hashable, Sendable {
    /// The letter of its kind: `f`, `i`, `u`, `b`, `c`, `U`, `S`, `O`, `V`, `M`, `m`.
    package let kind: Character
    /// Bytes of one element.
    package let itemSize: Int
    package let isBigEndian: Bool
    /// Elements are Python objects, or have some among their fields.
    package let holdsObjects: Bool

    package init?(_ value: PickleValue) {
        guard let object = value.object, let (module, name) = object.builtClass, module == "numpy", name == "dtype",
            let text = object.arguments.elements.first?.string(upTo: 64), let kind = text.first,
            let number = Int(text.dropFirst()), number >= 0, number <= Self.largestItem
        else { return nil }
        let state = object.state.map { Array($0.elements.prefix(9)) } ?? []
        self.kind = kind
        // What has no size of its own by its letter has one in the state; there, -1 stands for the letter's.
        var size = kind == "U" ? 4 * number : number
        if state.count > 5, let stated = state[5].int, stated >= 0 {
            guard stated <= Self.largestItem else { return nil }
            size = stated
        }
        itemSize = size
        isBigEndian = state.count > 1 && state[1].string == ">"
        // NPY_ITEM_HASOBJECT
        let flags = state.count > 7 ? state[7].int ?? 0 : 0
        holdsObjects = kind == "O" || flags & 1 != 0
    }

    /// From the text in a `.npy` header: `<f8`, `|S3`, `>U12`.
    init?(description: String) {
        guard let order = description.first, "<>|=".contains(order), let kind = description.dropFirst().first,
            let number = Int(description.dropFirst(2)), number >= 0, number <= Self.largestItem / 4
        else { return nil }
        self.kind = kind
        itemSize = kind == "U" ? 4 * number : number
        isBigEndian = order == ">"
        holdsObjects = kind == "O"
    }

    /// numpy's own limit: item sizes are C ints.
    private static let largestItem = Int(Int32.max)

    /// As MLM and numpy name it: `float32`, `string`; nil for what is no plain number or text.
    package var dataType: String? {
        switch (kind, itemSize) {
        case ("f", 2...16): "float\(8 * itemSize)"
        case ("i", 1...8): "int\(8 * itemSize)"
        case ("u", 1...8): "uint\(8 * itemSize)"
        case ("c", 8...32): "complex\(8 * itemSize)"
        case ("b", 1): "bool"
        case ("U", _), ("S", _): "string"
        default: nil
        }
    }
}

extension PickleObject {
    /// Module and name of the class this is an object of: the callee itself, or the argument of `object.__reduce_ex__`'s
    /// helper. Nil for one that the pickle computes.
    var builtClass: (module: String, name: String)? {
        guard let global = callee.global else { return nil }
        guard global.module == "copyreg" || global.module == "copy_reg" || global.name == "__newobj__" else {
            return global
        }
        return arguments.elements.first?.global
    }
}
