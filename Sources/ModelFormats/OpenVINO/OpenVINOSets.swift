/// Which operators OpenVINO has in which of its operator sets, `opset1` and up.
///
/// Source: openvino/src/frontends/ir/src/ir_deserializer.cpp, `create_node`: without an extension for it, an operator that
/// its set has not ends the reading.
enum OpenVINOSets {
    /// The sets of each operator, by its name in small letters: the reader compares names so.
    private static let sets: [String: [ClosedRange<Int>]] = Dictionary(
        OpenVINORegistry.operators.map { word in
            let parts = word.split(separator: ":")
            let ranges = (parts.last ?? "").split(separator: ",").compactMap { range -> ClosedRange<Int>? in
                let ends = range.split(separator: "-").compactMap { Int($0) }
                guard let first = ends.first, let last = ends.last, first <= last else { return nil }
                return first...last
            }
            return (parts[0].lowercased(), ranges)
        }, uniquingKeysWith: +)

    /// What files call otherwise than the sets do.
    private static let renamed = ["Const": "constant"]
    /// Operators that the Model Optimizer wrote before a set had them, and that are now taken from opset6.
    private static let experimental: Set<String> = [
        "ExperimentalDetectronDetectionOutput", "ExperimentalDetectronGenerateProposalsSingleImage",
        "ExperimentalDetectronPriorGridGenerator", "ExperimentalDetectronROIFeatureExtractor",
        "ExperimentalDetectronTopKROIs", "GRUCell", "RNNCell", "Proposal",
    ]
    /// These are in opset2, but are taken in opset1 as well.
    private static let early: Set<String> = ["MVN", "ROIPooling", "ReorgYolo"]

    static func has(_ type: String, in set: String) -> Bool {
        if experimental.contains(type), set == "experimental" || set == "extension" { return true }
        guard set.hasPrefix("opset"), let number = Int(set.dropFirst("opset".count)),
            set == "opset\(number)"
        else { return false }
        let ranges = sets[renamed[type] ?? type.lowercased()] ?? []
        return ranges.contains { $0.contains(number) } || number == 1 && early.contains(type)
    }
}
