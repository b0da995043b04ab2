import ModelContainers
import ModelJSON

/// Layers that add, cut or repeat rows and columns.
///
/// Source: keras/src/layers/reshaping/{up_sampling,zero_padding,cropping}*.py and
/// keras/src/layers/preprocessing/image_preprocessing/{resizing,center_crop}.py.
enum KerasResizingShapes {
    static let rules: [String: KerasRule] = {
        var rules: [String: KerasRule] = [:]
        for spatial in 1...3 {
            rules["UpSampling\(spatial)D"] = rule(spatial) { call in
                call.sizes("size", "length", count: spatial).map { sizes in sizes.map { (times: $0, plus: 0) } }
            }
            rules["ZeroPadding\(spatial)D"] = rule(spatial) { call in
                pairs(call, "padding", spatial).map { pairs in pairs.map { (times: 1, plus: $0 + $1) } }
            }
            rules["Cropping\(spatial)D"] = rule(spatial) { call in
                pairs(call, "cropping", spatial).map { pairs in pairs.map { (times: 1, plus: -($0 + $1)) } }
            }
        }
        for name in ["Resizing", "CenterCrop", "RandomCrop"] {
            rules[name] = KerasRule(keepsDimensions: true, takes: images, gives: images) { fixed($0) }
        }
        rules["RandomHeight"] = KerasRule(keepsDimensions: true, takes: images, gives: images) { open($0, -3) }
        rules["RandomWidth"] = KerasRule(keepsDimensions: true, takes: images, gives: images) { open($0, -2) }
        return rules
    }()

    private static func rule(
        _ spatial: Int, change: @escaping @Sendable (KerasCall) -> [(times: Int, plus: Int)]?
    ) -> KerasRule {
        KerasRule(.moved, keepsDimensions: true, takes: names(spatial), gives: names(spatial)) { call in
            guard let shape = call.shape(), shape.count == spatial + 2, let first = order(call, spatial),
                let change = change(call)
            else { return nil }
            var result = shape
            for index in 0..<spatial {
                let place = index + (first ? 2 : 1)
                guard shape[place] >= 0 else { continue }
                let size = shape[place] * change[index].times + change[index].plus
                guard (0...KerasTensor.largestSize).contains(size) else { return nil }
                result[place] = size
            }
            return result
        }
    }

    private static func fixed(_ call: KerasCall) -> [Int]? {
        guard var shape = call.shape(), shape.count == 3 || shape.count == 4, let height = call.size("height"),
            let width = call.size("width"), let first = call.channelsFirstOrLast
        else { return nil }
        let place = shape.count - (first ? 2 : 3)
        shape[place] = height
        shape[place + 1] = width
        return shape
    }

    /// One size of an image varies. Only tf.keras 2 has these, with the channels last.
    private static func open(_ call: KerasCall, _ place: Int) -> [Int]? {
        guard var shape = call.shape(), shape.count == 3 || shape.count == 4 else { return nil }
        shape[shape.count + place] = -1
        return shape
    }

    /// tf.keras knew one order of the channels only.
    private static let images: @Sendable (KerasCall) -> [String]? = { call in
        KerasDimensions.names(spatial: 2, channelsFirst: call.channelsFirstOrLast)
    }

    private static func names(_ spatial: Int) -> @Sendable (KerasCall) -> [String]? {
        { call in KerasDimensions.names(spatial: spatial, channelsFirst: order(call, spatial)) }
    }

    private static func order(_ call: KerasCall, _ spatial: Int) -> Bool? {
        spatial == 1 ? call.channelsFirstOrLast : call.channelsFirst
    }

    /// `2`, `(1, 2)` or `((1, 2), (3, 4))`: what is added before and after each dimension.
    private static func pairs(_ call: KerasCall, _ name: String, _ spatial: Int) -> [(Int, Int)]? {
        guard let value = call.value(name) else { return nil }
        let allowed = 0...KerasTensor.largestSize / 2
        func number(_ value: JSONValue) -> Int? { value.int.flatMap { allowed.contains($0) ? $0 : nil } }
        if let one = number(value) { return Array(repeating: (one, one), count: spatial) }
        guard let elements = value.kerasElements else { return nil }
        if spatial == 1, elements.count == 2, let before = number(elements[0]), let after = number(elements[1]) {
            return [(before, after)]
        }
        guard elements.count == spatial else { return nil }
        var pairs: [(Int, Int)] = []
        for element in elements {
            if let one = number(element) {
                pairs.append((one, one))
            } else if let two = element.kerasElements, two.count == 2, let before = number(two[0]),
                let after = number(two[1])
            {
                pairs.append((before, after))
            } else {
                return nil
            }
        }
        return pairs
    }
}
