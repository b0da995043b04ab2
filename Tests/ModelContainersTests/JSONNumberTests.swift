import ModelBytes
import ModelContainers
import ModelJSON
import Testing

@Suite struct JSONNumberTests {
    @Test(
        arguments: [
            ("0", 0), ("-0", 0), ("7", 7), ("-7", -7), ("3.0", 3), ("0.3e1", 3), ("30e-1", 3), ("1e3", 1_000),
            ("1.50e1", 15),
            ("-1.5E+2", -150), ("0e999999999999999999999", 0), ("0.000e-5", 0), ("9223372036854775807", Int.max),
            ("-9223372036854775808", Int.min), ("9223372036854775807.000", Int.max),
            ("922337203685477580700e-2", Int.max),
            ("10000000000000000000000e-22", 1), ("1e18", 1_000_000_000_000_000_000),
            ("1e000000000000000000000000002", 100),
            ("0.0000000000000000000000001e25", 1), ("123456789012345678", 123_456_789_012_345_678),
        ] as [(String, Int)])
    func isAnInteger(_ text: String, _ value: Int) throws {
        #expect(try JSONValue.parse(text).int == value)
        for window in 1...6 {
            var scanner = JSONScanner(text, window: window)
            #expect(try scanner.int() == value)
        }
    }

    @Test(arguments: [
        "0.5", "1e-1", "9223372036854775808", "-9223372036854775809", "18446744073709551616", "1e19", "1e400", "1e-400",
        "0.99999999999999999999", "1e99999999999999999999", "1e-99999999999999999999", "1.5", "123456.789",
        "1e9223372036854775807", "0.1e9223372036854775807", "0.1e-9223372036854775808",
    ])
    func isNoInteger(_ text: String) throws {
        let value = try JSONValue.parse(text)
        #expect(value.int == nil)
        #expect(value.number?.text == text)
    }

    /// `int()` has a shorter way to most numbers; it takes nothing that the grammar does not.
    @Test(arguments: ["01", "-01", "00", "-", "-a", "1.", "1e", "1e+", ".5", "+1", "1x", "- 1"])
    func isNoNumber(_ text: String) {
        for window in [1, 2, 64] {
            var scanner = JSONScanner("[\(text),1]", window: window)
            #expect(failure { try scanner.array { _ = try $0.int() } }?.reason == .malformed)
        }
    }

    @Test func fitsOtherWidths() throws {
        func number(_ text: String) throws -> JSONNumber { try #require(try JSONValue.parse(text).number) }
        #expect(try number("255").integer(as: UInt8.self) == 255)
        #expect(try number("256").integer(as: UInt8.self) == nil)
        #expect(try number("2.55e2").integer(as: UInt8.self) == 255)
        #expect(try number("-1").integer(as: UInt8.self) == nil)
        #expect(try number("-0").integer(as: UInt8.self) == 0)
        #expect(try number("-128").integer(as: Int8.self) == -128)
        #expect(try number("18446744073709551615").integer(as: UInt64.self) == UInt64.max)
        #expect(try number("18446744073709551616").integer(as: UInt64.self) == nil)
    }

    @Test(
        arguments: [
            ("0", 0), ("-0", -0.0), ("0.1", 0.1), ("1e400", nil), ("-1e400", nil), ("1e-400", 0),
            ("18446744073709551616", 0x1p64),
            ("5e-324", .leastNonzeroMagnitude), ("1.7976931348623157e308", .greatestFiniteMagnitude),
            ("123456789012345678901", 123_456_789_012_345_683_968),
        ] as [(String, Double?)])
    func isTheNearestDouble(_ text: String, _ value: Double?) throws {
        let double = try JSONValue.parse(text).double
        #expect(double == value)
        #expect(double?.sign == value?.sign)
    }

    @Test(
        arguments: [
            (0.1, "0.1"), (1, "1.0"), (-0.0, "-0.0"), (1e21, "1e+21"), (1e-7, "1e-07"),
            (.leastNonzeroMagnitude, "5e-324"),
            (.greatestFiniteMagnitude, "1.7976931348623157e+308"), (100_000, "100000.0"),
        ] as [(Double, String)])
    func isWrittenShortest(_ value: Double, _ text: String) throws {
        #expect(JSONValue(value).write(pretty: false) == text)
        #expect(try JSONValue.parse(text).double == value)
    }

    @Test func isNotFinite() {
        #expect(JSONNumber(Double.nan) == nil)
        #expect(JSONValue(Double.nan) == "NaN")
        #expect(JSONValue(Double.infinity) == "Infinity")
        #expect(JSONValue(-Float.infinity) == "-Infinity")
    }

    @Test func keepsItsText() throws {
        for text in ["1.0", "1", "1E+2", "100", "-0", "1.10", "0.1e-0"] {
            #expect(try JSONValue.parse("[\(text)]").write(pretty: false) == "[\(text)]")
        }
        #expect(try JSONValue.parse("1.0") != 1)
        #expect(try JSONValue.parse("1") == 1)
    }
}
