import ModelBytes
import ModelContainers
import ModelJSON
import Testing

@testable import ModelFormats

/// The categories of one feature, as xgboost 3.1 and later write them.
@Suite struct XGBoostCategoriesTests {
    private func read(_ text: String, _ limits: Limits = Limits()) throws -> [String]? {
        var scanner = JSONScanner(ByteSource(MemoryBytes(Array(text.utf8))), limits: limits)
        return try XGBoostCategories.read(&scanner, limits: limits)?.values
    }

    @Test(
        arguments: [
            (#"{"offsets":[0,2,3],"values":[97,98,99]}"#, ["ab", "c"]),
            (#"{"type":15,"values":[10,-20]}"#, ["10", "-20"]),
            (#"{"offsets":[0,0,1],"values":[97]}"#, ["", "a"]),
            // No categories.
            (#"{"offsets":[],"values":[]}"#, nil), (#"{"values":[]}"#, nil), ("{}", nil), ("[]", nil),
            // Offsets that lead nowhere.
            (#"{"offsets":[0,2,1],"values":[97]}"#, nil), (#"{"offsets":[0,9],"values":[97]}"#, nil),
            (#"{"offsets":[-1,1],"values":[97]}"#, nil), (#"{"offsets":[0,1],"values":[97,98]}"#, nil),
            // "é" and "ab" of pandas: the offsets count characters, and the last byte is gone.
            (#"{"offsets":[0,1,3],"values":[-61,-87,97]}"#, nil),
            (#"{"offsets":[0,2,3],"values":[-61,-87,97]}"#, ["é", "a"]),
            (#"{"values":[1.5]}"#, nil), (#"{"values":["a"]}"#, nil), (#"{"values":[[1]]}"#, nil),
            (#"{"values":7}"#, nil),
        ] as [(String, [String]?)])
    func categories(_ text: String, _ expected: [String]?) throws {
        #expect(try read(text) == expected)
    }

    @Test func tooManyAreLeftOut() throws {
        var limits = Limits()
        limits.listedValues.value = 2
        #expect(try read(#"{"values":[1,2]}"#, limits) == ["1", "2"])
        #expect(try read(#"{"values":[1,2,3]}"#, limits) == nil)
    }
}
