import FoundationEssentials
import ModelBytes
import ModelContainers
import ModelJSON
import Testing

@Suite struct JSONCodableTests {
    enum Verdict: String, Codable {
        case model
        case notAModel = "not-a-model"
    }

    enum Shape: Codable, Equatable {
        case box(width: Int, height: Int)
        case point
    }

    struct Tensor: Codable, Equatable {
        var name: String
        var shape: [Int]?
        var type: String?

        enum CodingKeys: String, CodingKey {
            case name, shape
            case type = "data_type"
        }
    }

    struct Record: Codable, Equatable {
        var zebra = 1
        var verdict = Verdict.notAModel
        var missing: Int?
        var optional: Double? = 0.5
        var inputs = [Tensor(name: "x", shape: [-1, 3]), Tensor(name: "y", type: "float32")]
        var counts = ["float32": 7, "bfloat16": 1, "é": 2]
        var holes: [Int?] = [1, nil, 3]
        var matrix = [[1.5, 2], []]
        var embedded: JSONValue = ["b": [1, nil], "a": "x"]
        var hyperparameters: JSONObject = ["lr": 0.001, "depth": 6]
        var wide: UInt64 = .max
        var narrow: Int8 = -128
        var float: Float = 0.1
        var flag = true
        var shapes = [Shape.box(width: 1, height: 2), .point]
        var error = InspectionError(.notFound, "no such file", offset: 3)
    }

    static let text =
        #"{"zebra":1,"verdict":"not-a-model","optional":0.5,"inputs":[{"name":"x","shape":[-1,3]},{"name":"y","data_type":"float32"}],"counts":{"bfloat16":1,"float32":7,"é":2},"holes":[1,null,3],"matrix":[[1.5,2.0],[]],"embedded":{"b":[1,null],"a":"x"},"hyperparameters":{"lr":0.001,"depth":6},"wide":18446744073709551615,"narrow":-128,"float":0.1,"flag":true,"shapes":[{"box":{"width":1,"height":2}},{"point":{}}],"error":{"reason":"not-found","message":"no such file","offset":3}}"#

    @Test func keysComeInTheOrderTheyAreEncoded() throws {
        let value = try JSONValueEncoder().encode(Record())
        #expect(value.write(pretty: false) == Self.text)
    }

    /// The line is written as it is encoded, by other code than the value.
    @Test func theLineIsTheValue() throws {
        let encoder = JSONValueEncoder()
        func line(_ value: some Encodable) throws -> String { String(decoding: try encoder.line(value), as: UTF8.self) }
        #expect(try line(Record()) == Self.text)
        #expect(try line(ByHand()) == encoder.encode(ByHand()).description)
        #expect(try line(InOrder()) == #"{"outer":{"first":1},"list":[[],{}],"super":{"name":"base"},"first":2}"#)
        #expect(try line(Nothing()) == "{}")
        #expect(try line([Nothing(), Nothing()]) == "[{},{}]")
        #expect(try line(["k": ["b": ["y": 1, "x": 2], "a": [:]]]) == #"{"k":{"a":{},"b":{"x":2,"y":1}}}"#)
        #expect(try line([1: ["é\n"]]) == #"{"1":["é\n"]}"#)
        #expect(try line(5) == "5")
        #expect(try line(Int?.none) == "null")
        #expect(try line([Int?.none, 1]) == "[null,1]")
        #expect(try line([Double.nan, 1]) == #"["NaN",1.0]"#)
        #expect(try line(Late()) == #"{"outer":{"second":2},"first":1}"#)
    }

    /// Containers that are filled one after the other, and one that is asked for twice.
    struct InOrder: Encodable {
        func encode(to encoder: any Encoder) throws {
            var container = encoder.container(keyedBy: ByHand.Keys.self)
            var outer = container.nestedContainer(keyedBy: ByHand.Keys.self, forKey: .outer)
            try outer.encode(1, forKey: .first)
            var list = container.nestedUnkeyedContainer(forKey: .list)
            _ = list.nestedUnkeyedContainer()
            _ = list.nestedContainer(keyedBy: ByHand.Keys.self)
            try Tensor(name: "base").encode(to: container.superEncoder())
            var again = encoder.container(keyedBy: ByHand.Keys.self)
            try again.encode(2, forKey: .first)
        }
    }

    struct Nothing: Encodable {
        func encode(to encoder: any Encoder) {}
    }

    /// A super encoder that is written to after the next member.
    struct Late: Encodable {
        func encode(to encoder: any Encoder) throws {
            var container = encoder.container(keyedBy: ByHand.Keys.self)
            let outer = container.superEncoder(forKey: .outer)
            try container.encode(1, forKey: .first)
            var inner = outer.container(keyedBy: ByHand.Keys.self)
            try inner.encode(2, forKey: .second)
        }
    }

    @Test func roundTrip() throws {
        let value = try JSONValue.parse(Self.text)
        let record = try JSONValueDecoder().decode(Record.self, from: value)
        #expect(record == Record())
        #expect(try JSONValueEncoder().encode(record) == value)
    }

    @Test func scalarsAndCollectionsAtTheTop() throws {
        let encoder = JSONValueEncoder()
        #expect(try encoder.encode(5) == 5)
        #expect(try encoder.encode("x") == "x")
        #expect(try encoder.encode(Int?.none) == nil)
        #expect(try encoder.encode([1, 2]) == [1, 2])
        #expect(try encoder.encode(["b": 1, "a": 2]).write(pretty: false) == #"{"a":2,"b":1}"#)
        #expect(try encoder.encode([[String: Int]]()) == [])
        #expect(try encoder.encode([String: Int]()) == [:])
        #expect(try encoder.encode(Verdict.model) == "model")
        #expect(
            try encoder.encode(["k": ["b": ["y": 1, "x": 2], "a": [:]]]).description
                == #"{"k":{"a":{},"b":{"x":2,"y":1}}}"#)
        #expect(try encoder.encode(JSONValue.parse("1.0")).description == "1.0")
        #expect(try encoder.encode([JSONNumber](arrayLiteral: 7)) == [7])
    }

    @Test func notFiniteIsAString() throws {
        let values = [Double.nan, .infinity, -.infinity, 1]
        let encoded = try JSONValueEncoder().encode(values)
        #expect(encoded == ["NaN", "Infinity", "-Infinity", 1.0])
        let decoded = try JSONValueDecoder().decode([Double].self, from: encoded)
        #expect(decoded[0].isNaN)
        #expect(decoded[1...] == values[1...])
        #expect(try JSONValueDecoder().decode([Float].self, from: encoded)[1] == .infinity)
    }

    @Test func decodesNumbersThatFit() throws {
        let decoder = JSONValueDecoder()
        #expect(try decoder.decode(Int.self, from: JSONValue.parse("1e3")) == 1_000)
        #expect(try decoder.decode(UInt8.self, from: 255) == 255)
        #expect(try decoder.decode(Double.self, from: 3) == 3)
        #expect(try decoder.decode([Int: String].self, from: ["1": "a"]) == [1: "a"])
        for (text, path) in [("256", ""), ("-1", ""), ("1.5", "")] {
            #expect(throws: DecodingError.self, "\(path)") { try decoder.decode(UInt8.self, from: .parse(text)) }
        }
        #expect(throws: DecodingError.self) { try decoder.decode(Double.self, from: .parse("1e400")) }
        #expect(throws: DecodingError.self) { try decoder.decode(Double.self, from: "1") }
        #expect(throws: DecodingError.self) { try decoder.decode(String.self, from: 1) }
        #expect(throws: DecodingError.self) { try decoder.decode(Bool.self, from: nil) }
        #expect(throws: DecodingError.self) { try decoder.decode(Verdict.self, from: "other") }
    }

    @Test func errorsSayWhere() throws {
        func path(_ text: String) throws -> [String] {
            do {
                _ = try JSONValueDecoder().decode([String: [Tensor]].self, from: .parse(text))
            } catch let error as DecodingError {
                switch error {
                case .typeMismatch(_, let context), .valueNotFound(_, let context), .keyNotFound(_, let context),
                    .dataCorrupted(let context):
                    return context.codingPath.map(\.stringValue)
                @unknown default: break
                }
            }
            return ["no error"]
        }
        #expect(try path(#"{"k":[{"name":"x"},{"name":1}]}"#) == ["k", "1", "name"])
        #expect(try path(#"{"k":[{"name":"x","shape":[1,"2"]}]}"#) == ["k", "0", "shape", "1"])
        #expect(try path(#"{"k":[{}]}"#) == ["k", "0"])
        #expect(try path(#"{"k":{}}"#) == ["k"])
        #expect(try path("[]") == [])
        #expect(try path(#"{"k":[{"name":"x","extra":[]}]}"#) == ["no error"])
    }

    /// Nested containers, opened in another order than they are filled, and super encoders.
    struct ByHand: Codable, Equatable {
        var first = 1
        var second = "two"
        var base = Tensor(name: "base")

        enum Keys: String, CodingKey { case outer, list, first, second }

        init() {}

        func encode(to encoder: any Encoder) throws {
            var container = encoder.container(keyedBy: Keys.self)
            var outer = container.nestedContainer(keyedBy: Keys.self, forKey: .outer)
            var list = container.nestedUnkeyedContainer(forKey: .list)
            try list.encode(second)
            try list.encodeNil()
            var inner = list.nestedContainer(keyedBy: Keys.self)
            try inner.encode(second, forKey: .second)
            var deeper = list.nestedUnkeyedContainer()
            try deeper.encode(first)
            try outer.encode(first, forKey: .first)
            try outer.encodeNil(forKey: .second)
            try base.encode(to: container.superEncoder())
        }

        init(from decoder: any Decoder) throws {
            let container = try decoder.container(keyedBy: Keys.self)
            let outer = try container.nestedContainer(keyedBy: Keys.self, forKey: .outer)
            first = try outer.decode(Int.self, forKey: .first)
            #expect(try outer.decodeNil(forKey: .second))
            #expect(outer.allKeys == [.first, .second])
            #expect(!outer.contains(.list))
            var list = try container.nestedUnkeyedContainer(forKey: .list)
            #expect(list.count == 4)
            second = try list.decode(String.self)
            #expect(try list.decodeNil())
            #expect(try !list.decodeNil())
            let inner = try list.nestedContainer(keyedBy: Keys.self)
            #expect(try inner.decode(String.self, forKey: .second) == second)
            var deeper = try list.nestedUnkeyedContainer()
            #expect(try deeper.decode(Int.self) == first)
            #expect(throws: DecodingError.self) { try deeper.decode(Int.self) }
            #expect(list.isAtEnd)
            base = try Tensor(from: container.superDecoder())
        }
    }

    @Test func nestedContainers() throws {
        let value = try JSONValueEncoder().encode(ByHand())
        #expect(
            value.description
                == #"{"outer":{"first":1,"second":null},"list":["two",null,{"second":"two"},[1]],"super":{"name":"base"}}"#
        )
        #expect(try JSONValueDecoder().decode(ByHand.self, from: value) == ByHand())
    }

    /// Who embeds our types may use another encoder; it knows nothing of exact numbers.
    @Test func otherEncodersSeeWhatItIs() throws {
        let value: JSONValue = ["a": [1, -0.5, true, nil, "x", []], "b": ["c": [:]], "d": 3]
        let data = try JSONEncoder().encode(value)
        #expect(try JSONValue.parse([UInt8](data)) == value)
        #expect(try JSONDecoder().decode(JSONValue.self, from: data) == value)
        #expect(try JSONDecoder().decode(Record.self, from: JSONEncoder().encode(Record())) == Record())
    }
}
