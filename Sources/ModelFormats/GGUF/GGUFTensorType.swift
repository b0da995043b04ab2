/// How ggml stores a tensor: blocks of as many elements in as many bytes (gguf-py/gguf/constants.py).
struct GGUFTensorType: Hashable {
    struct Block: Hashable {
        let elements: Int
        let bytes: Int
    }

    let code: Int
    /// Nil for a type that nobody here knows.
    let name: String?
    /// Nil where it is not certain how its blocks are made.
    let block: Block?

    init(_ code: Int) {
        self.code = code
        if let (name, elements, bytes) = Self.known[code] {
            self.name = name
            block = Block(elements: elements, bytes: bytes)
        } else {
            name = Self.disputed[code]
            block = nil
        }
    }

    var isQuantized: Bool { block.map { $0.elements > 1 } ?? (name != nil) }

    /// Bytes of so many elements; nil where that is unknown, or beyond any memory.
    func bytes(of elements: Int) -> Int? {
        guard let block else { return nil }
        let (bytes, overflow) = (elements / block.elements).multipliedReportingOverflow(by: block.bytes)
        return overflow ? nil : bytes
    }

    private static let known: [Int: (String, Int, Int)] = [
        0: ("float32", 1, 4), 1: ("float16", 1, 2), 2: ("Q4_0", 32, 18), 3: ("Q4_1", 32, 20), 4: ("Q4_2", 16, 10),
        5: ("Q4_3", 16, 12), 6: ("Q5_0", 32, 22), 7: ("Q5_1", 32, 24), 8: ("Q8_0", 32, 34), 9: ("Q8_1", 32, 40),
        10: ("Q2_K", 256, 84), 11: ("Q3_K", 256, 110), 12: ("Q4_K", 256, 144), 13: ("Q5_K", 256, 176),
        14: ("Q6_K", 256, 210), 15: ("Q8_K", 256, 292), 16: ("IQ2_XXS", 256, 66), 17: ("IQ2_XS", 256, 74),
        18: ("IQ3_XXS", 256, 98), 19: ("IQ1_S", 256, 50), 20: ("IQ4_NL", 32, 18), 21: ("IQ3_S", 256, 110),
        22: ("IQ2_S", 256, 82), 23: ("IQ4_XS", 256, 136), 24: ("int8", 1, 1), 25: ("int16", 1, 2), 26: ("int32", 1, 4),
        27: ("int64", 1, 8), 28: ("float64", 1, 8), 29: ("IQ1_M", 256, 56), 30: ("bfloat16", 1, 2),
        31: ("Q4_0_4_4", 32, 18), 32: ("Q4_0_4_8", 32, 18), 33: ("Q4_0_8_8", 32, 18), 34: ("TQ1_0", 256, 54),
        35: ("TQ2_0", 256, 66), 39: ("MXFP4", 32, 17), 40: ("NVFP4", 64, 36), 41: ("Q1_0", 128, 18),
    ]

    /// Of one name, but of other blocks in different programs: llama.cpp has 64 elements in one of Q2_0, a fork of it 128.
    private static let disputed = [42: "Q2_0"]

    /// Bits of an element in the name of a quantisation: 4 of `Q4_K`.
    var bits: Int? {
        guard isQuantized, let name else { return nil }
        return name.drop { !$0.isNumber }.first.flatMap { $0.wholeNumberValue } ?? nil
    }

    /// `general.file_type`: LlamaFileType.
    static func fileType(_ code: Int) -> String? { fileTypes[code] }

    private static let fileTypes: [Int: String] = [
        0: "F32", 1: "F16", 2: "Q4_0", 3: "Q4_1", 7: "Q8_0", 8: "Q5_0", 9: "Q5_1", 10: "Q2_K", 11: "Q3_K_S",
        12: "Q3_K_M", 13: "Q3_K_L", 14: "Q4_K_S", 15: "Q4_K_M", 16: "Q5_K_S", 17: "Q5_K_M", 18: "Q6_K", 19: "IQ2_XXS",
        20: "IQ2_XS", 21: "Q2_K_S", 22: "IQ3_XS", 23: "IQ3_XXS", 24: "IQ1_S", 25: "IQ4_NL", 26: "IQ3_S", 27: "IQ3_M",
        28: "IQ2_S", 29: "IQ2_M", 30: "IQ4_XS", 31: "IQ1_M", 32: "BF16", 36: "TQ1_0", 37: "TQ2_0", 38: "MXFP4_MOE",
        39: "NVFP4", 40: "Q1_0",
    ]
}
