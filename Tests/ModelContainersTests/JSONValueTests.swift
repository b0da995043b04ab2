import ModelBytes
import ModelContainers
import ModelJSON
import Testing

@Suite struct JSONValueTests {
    @Test func keepsOrderAndNumbersToTheLetter() throws {
        let text = #"{"z":1.0,"a":{"y":[1e5,-0,0.10],"b":null},"é":"x","m":12345678901234567890123}"#
        let value = try JSONValue.parse(text)
        #expect(value.write(pretty: false) == text)
        #expect(value.object?.keys == ["z", "a", "é", "m"])
        #expect(try JSONValue.parse(value.write(pretty: true)).write(pretty: false) == text)
    }

    @Test func isWrittenAsALiteral() throws {
        let value: JSONValue = ["a": [1, -2, 0.5, true, nil, "x"], "b": [:], "c": []]
        #expect(try JSONValue.parse(#"{"a":[1,-2,0.5,true,null,"x"],"b":{},"c":[]}"#) == value)
    }

    @Test func givesWhatItIs() throws {
        let value: JSONValue = ["s": "x", "i": 3, "d": 0.5, "t": true, "n": nil, "l": [10, 20], "o": ["k": "v"]]
        #expect(value["s"]?.string == "x")
        #expect(value["i"]?.int == 3)
        #expect(value["i"]?.double == 3)
        #expect(value["d"]?.double == 0.5)
        #expect(value["d"]?.int == nil)
        #expect(value["t"]?.bool == true)
        #expect(value["n"]?.isNull == true)
        #expect(value["l"]?[1]?.int == 20)
        #expect(value["l"]?[2] == nil)
        #expect(value["l"]?[-1] == nil)
        #expect(value["l"]?.array?.count == 2)
        #expect(value["o"]?["k"] == "v")
        #expect(value["o"]?["q"] == nil)
        #expect(value["s"]?.int == nil)
        #expect(value["s"]?["k"] == nil)
        #expect(value["s"]?[0] == nil)
    }

    @Test func repeatedKeysAreAnError() throws {
        let text = #"{"x":{"a":1,"b":2,"\u0061":3}}"#
        let error = failure { _ = try JSONValue.parse(text) }
        #expect(error?.reason == .malformed)
        #expect(error?.message == #"the key "a" occurs twice in one object"#)
        #expect(try JSONValue.parse(text, dialect: .repeatedKeys).write(pretty: false) == #"{"x":{"a":3,"b":2}}"#)
        // Another object may have the same key, and a key that only looks the same is another one.
        #expect(try JSONValue.parse(#"[{"a":1},{"a":{"a":1}}]"#)[1]?["a"]?["a"] == 1)
        #expect(try JSONValue.parse("{\"\u{E9}\":1,\"e\u{301}\":2}").object?.count == 2)
    }

    @Test func repeatedKeysOfALargeObject() {
        let members = (0..<1_000).map { #""key \#($0)":\#($0)"# }
        #expect(failure { _ = try JSONValue.parse("{\(members.joined(separator: ","))}") } == nil)
        let repeated = members + [#""key 437":0"#]
        #expect(
            failure { _ = try JSONValue.parse("{\(repeated.joined(separator: ","))}") }?.message
                == #"the key "key 437" occurs twice in one object"#)
    }

    @Test func aLongKeyIsCutInTheMessage() {
        let key = String(repeating: "k", count: 10_000)
        let error = failure { _ = try JSONValue.parse("{\"\(key)\":1,\"\(key)\":1}") }
        #expect(error?.message.utf8.count ?? .max < 200)
    }

    @Test(arguments: [3, 8, 9, 40]) func objectsAreChanged(count: Int) {
        var object = JSONObject()
        for number in 0..<count { object["k\(number)"] = JSONValue(number) }
        object["k1"] = "one"
        object["new"] = nil
        #expect(object.keys == (0..<count).map { "k\($0)" })
        object["k0"] = nil
        #expect(object["k0"] == nil)
        #expect(object["k1"] == "one")
        #expect(object["k\(count - 1)"] == JSONValue(count - 1))
        object["k0"] = 0
        #expect(object.keys.last == "k0")
        #expect(object.count == count)
        #expect(object.map(\.key) == object.keys)
        for key in object.keys { object[key] = nil }
        #expect(object == JSONObject())
    }

    @Test(arguments: [2, 30]) func orderDoesNotMakeObjectsDiffer(count: Int) {
        let members = (0..<count).map { ("k\($0)", JSONValue($0)) }
        let object = JSONObject(members)
        let reversed = JSONObject(members.reversed())
        #expect(object == reversed)
        #expect(object.hashValue == reversed.hashValue)
        #expect(object != JSONObject(members.dropLast()))
        #expect(object != JSONObject(members.dropLast() + [("other", 0)]))
        #expect(object != JSONObject(members.dropLast() + [("k\(count - 1)", -1)]))
        #expect(Set([JSONValue.object(object), .object(reversed)]).count == 1)
    }
}
