/// The values of a repeated field, each made when it is asked for.
public struct ProtobufList<Element>: RandomAccessCollection {
    public let count: Int
    private let element: (Int) -> Element

    /// None.
    public init() { self.init(count: 0) { _ in preconditionFailure("an empty list has no elements") } }

    init(count: Int, element: @escaping (Int) -> Element) {
        self.count = count
        self.element = element
    }

    public var startIndex: Int { 0 }
    public var endIndex: Int { count }

    public subscript(position: Int) -> Element {
        precondition(position >= 0 && position < count, "position \(position) of a list of \(count)")
        return element(position)
    }
}
