import ModelBytes
import ModelContainers
import ModelJSON

/// A Python value as a reader of estimators sees it, whichever container it came in.
protocol ObjectValue: SendableMetatype {
    /// Module and name of the class it is an object of; nil for plain values, lists and dicts.
    var classPath: (module: String, name: String)? { get }
    /// Its attributes by name, in order; nil for what has none.
    var attributes: [(name: String, value: Self)]? { get }
    /// How many values a list or tuple contains.
    var itemCount: Int? { get }
    /// These values, unless there are more than any list that is looked into has.
    var items: [Self]? { get }
    var firstItem: Self? { get }
    /// The entries of a dict whose keys are texts.
    var entries: [(name: String, value: Self)]? { get }
    /// A finite number, a boolean, a text or None.
    var plain: JSONValue? { get }
    /// The name of a class or function.
    var imported: String? { get }
    var array: ObjectArray? { get }
    /// The data type of a single numpy number.
    var numberType: (name: String, size: Int)? { get }
}

/// A numpy array as far as its elements are not needed.
struct ObjectArray {
    let shape: [Int]
    /// nil for one of Python objects, or of a structured type.
    let dataType: String?
    let itemSize: Int
    let count: Int
    /// The elements of one dimension, when there are at most so many and they are plain.
    let values: (_ limit: Int) throws(InspectionError) -> [JSONValue]?
}

/// A value in a pickle.
struct PickledValue: ObjectValue {
    let value: PickleValue
    private let arrays: JoblibArrays

    init(_ value: PickleValue, _ arrays: JoblibArrays) {
        self.value = value
        self.arrays = arrays
    }

    /// More attributes or entries than this has no estimator; the same list may stand in many places.
    private static let most = 1_024
    private static let longestName = 1_024

    var classPath: (module: String, name: String)? {
        guard let object = value.object else { return nil }
        return object.className ?? Self.classByValue(object.callee)
            ?? object.arguments.elements.first.flatMap(Self.classByValue)
    }

    /// A class that stands in the pickle itself: `_make_skeleton_class(metaclass, name, bases, {"__module__": …}, …)` of
    /// cloudpickle, `_create_type(metaclass, name, bases, attributes)` of dill.
    private static func classByValue(_ value: PickleValue) -> (module: String, name: String)? {
        guard let maker = value.object, let (module, function) = maker.callee.global,
            function == "_make_skeleton_class" || function == "_create_type",
            module.hasPrefix("cloudpickle") || module.hasPrefix("dill")
        else { return nil }
        let arguments = Array(maker.arguments.elements.prefix(4))
        guard arguments.count == 4, let name = arguments[1].string else { return nil }
        return (arguments[3]["__module__"]?.string ?? "", name)
    }

    var attributes: [(name: String, value: PickledValue)]? {
        guard let object = value.object, array == nil else { return nil }
        // The state of `object.__reduce_ex__` is a dict, or a pair of a dict and the values of slots.
        var state = object.state
        if let pair = state, pair.kind == .tuple { state = pair.elements.prefix(2).first { $0.kind == .dict } }
        guard let state, state.kind == .dict else { return nil }
        return named(state.pairs)
    }

    var itemCount: Int? { value.kind == .list || value.kind == .tuple ? value.elements.count : nil }

    var firstItem: PickledValue? { itemCount.flatMap { _ in value.elements.first }.map { PickledValue($0, arrays) } }

    var items: [PickledValue]? {
        guard let itemCount, itemCount <= Self.most else { return nil }
        return value.elements.map { PickledValue($0, arrays) }
    }

    var entries: [(name: String, value: PickledValue)]? {
        if value.kind == .dict { return named(value.pairs) }
        guard let object = value.object, !object.pairs.isEmpty else { return nil }
        return named(object.pairs)
    }

    private func named(_ pairs: PicklePairs) -> [(name: String, value: PickledValue)] {
        pairs.prefix(Self.most).compactMap { key, item in
            key.string(upTo: Self.longestName).map { ($0, PickledValue(item, arrays)) }
        }
    }

    var plain: JSONValue? { value.isNone ? .null : NumPyScalar.plain(value) }

    var imported: String? { value.global.map { $0.module.isEmpty ? $0.name : "\($0.module).\($0.name)" } }

    var numberType: (name: String, size: Int)? {
        guard let type = NumPyScalar(value)?.type, let name = type.dataType else { return nil }
        return (name, type.itemSize)
    }

    var array: ObjectArray? {
        guard let array = NumPyArray(value, joblib: arrays) else { return nil }
        return ObjectArray(
            shape: array.shape, dataType: array.type.dataType, itemSize: array.type.itemSize, count: array.count
        ) { limit throws(InspectionError) in try array.values(upTo: limit) }
    }
}
