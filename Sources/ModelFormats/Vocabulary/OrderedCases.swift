/// An enumeration whose cases are declared in their order, the least first.
public protocol OrderedCases: CaseIterable, Comparable {}

extension OrderedCases {
    public static func < (left: Self, right: Self) -> Bool {
        for known in allCases where known == left || known == right { return known == left && left != right }
        return false
    }
}
