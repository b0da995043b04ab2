import ModelContainers
import ModelJSON

/// EinsumDense: an equation as `abc,cd->abd`, `...x,xy->...y` or `ab...,bc->ac...`, and the output's shape without its batch.
///
/// Source: keras/src/layers/core/einsum_dense.py, `_analyze_einsum_string` and `_analyze_split_string`.
enum KerasEinsumShapes {
    static let rules: [String: KerasRule] = ["EinsumDense": KerasRule { einsum($0) }]

    private static func einsum(_ call: KerasCall) -> [Int]? {
        guard let shape = call.shape(), let setting = call.value("output_shape"),
            let given = setting.int.map({ [$0] }) ?? setting.kerasShape, given.allSatisfy({ $0 != 0 }),
            let equation = call.value("equation")?.string.flatMap(Equation.init)
        else { return nil }
        let elided = shape.count - equation.input.count
        switch equation.elision {
        case nil where elided == 0: break
        // Of three or more Keras 3 says the sizes in the wrong order.
        case .left where (1...2).contains(elided): break
        case .right where elided > 0: break
        default: return nil
        }
        let isLeft = equation.elision == .left
        let before = isLeft ? elided : 0
        // A batch has no place in what is given.
        let letters = isLeft ? equation.output[...] : equation.output.dropFirst()
        guard letters.count == given.count else { return nil }
        var result = isLeft ? Array(shape[..<elided]) : [shape[0]]
        for (letter, size) in zip(letters, given) {
            let place = equation.input.firstIndex(of: letter).map { shape[before + $0] }
            guard let size = known(size, place, call.version) else { return nil }
            result.append(size)
        }
        return isLeft ? result : result + shape[equation.input.count...]
    }

    /// A size that is left open is the input's; tf.keras 2 says so, Keras 3 says that it varies.
    private static func known(_ size: Int, _ input: Int?, _ version: KerasVersion?) -> Int? {
        guard size < 0 else { return input.map { $0 < 0 || $0 == size } ?? true ? size : nil }
        guard let input else { return nil }
        if input < 0 || version?.major == 3 { return -1 }
        return version?.isTensorFlow == true ? input : nil
    }

    private struct Equation {
        enum Elision { case left, right }

        let input, output: [Character]
        var elision: Elision?

        init?(_ text: String) {
            guard text.utf8.count <= 4 * KerasTensor.highestRank, let comma = text.firstIndex(of: ",") else {
                return nil
            }
            let rest = text[text.index(after: comma)...].split(separator: "->", omittingEmptySubsequences: false)
            guard rest.count == 2 else { return nil }
            var (first, last) = (text[..<comma], rest[1])
            if first.hasPrefix("..."), last.hasPrefix("...") {
                elision = .left
                (first, last) = (first.dropFirst(3), last.dropFirst(3))
            } else if first.hasSuffix("..."), last.hasSuffix("...") {
                elision = .right
                (first, last) = (first.dropLast(3), last.dropLast(3))
            }
            guard [first, rest[0], last].allSatisfy({ $0.allSatisfy { $0.isASCII && $0.isLetter } && !$0.isEmpty })
            else { return nil }
            input = Array(first)
            output = Array(last)
            if elision != .left, input.first != output.first { return nil }
        }
    }
}
