import ModelContainers

/// Models inside a value that is not a model itself: in lists, environments and slots, however they are nested.
enum RModelsInside {
    private static let deepest = 8
    /// Values that are looked at, and models that are named.
    private static let mostValues = 16_384
    private static let mostModels = 64

    /// Each with the expression that R finds it by.
    static func find(in values: [(String, RValue)]) -> [(place: String, model: RModel)] {
        var found: [(place: String, model: RModel)] = []
        var waiting = values.map { (place: $0.0, value: $0.1, depth: 0) }
        var seen = Set(values.map(\.1.identity))
        var next = 0
        while next < waiting.count, found.count < mostModels {
            let (place, value, depth) = waiting[next]
            next += 1
            guard depth < deepest else { continue }
            for (name, member) in members(of: value) where isContainer(member) {
                guard waiting.count < mostValues, seen.insert(member.identity).inserted else { continue }
                // What lies within a model is its own affair.
                if let model = RModel(member) {
                    found.append((place + name, model))
                } else {
                    waiting.append((place + name, member, depth + 1))
                }
            }
        }
        return Array(found.prefix(mostModels))
    }

    private static func isContainer(_ value: RValue) -> Bool {
        [.list, .pairlist, .environment, .s4].contains(value.kind)
    }

    private static func members(of value: RValue) -> [(String, RValue)] {
        switch value.kind {
        case .list, .pairlist:
            let names = value.names
            return (0..<min(value.count, mostValues)).compactMap { place in
                let name = names.indices.contains(place) ? names[place] ?? "" : ""
                return value.child(place).map { (name.isEmpty ? "[[\(place + 1)]]" : "$\(name)", $0) }
            }
        case .environment:
            return value.bound.prefix(mostValues).map { ("$\($0.name)", $0.value) }
        case .s4:
            guard let slots = value.slots else { return [] }
            return (0..<min(slots.count, mostValues)).compactMap { place in
                slots.child(place).map { ("@\(slots.tag(place) ?? "")", $0) }
            }
        default: return []
        }
    }
}
