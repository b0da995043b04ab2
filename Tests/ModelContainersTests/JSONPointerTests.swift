import ModelContainers
import ModelJSON
import Testing

/// The examples of RFC 6901 section 5, and what is no pointer.
struct JSONPointerTests {
    private static let document = """
        {"foo": ["bar", "baz"], "": 0, "a/b": 1, "c%d": 2, "e^f": 3, "g|h": 4, "i\\\\j": 5, "k\\"l": 6, " ": 7, "m~n": 8}
        """

    @Test(arguments: [
        ("/foo/0", "\"bar\""), ("/", "0"), ("/a~1b", "1"), ("/c%d", "2"), ("/e^f", "3"), ("/g|h", "4"),
        ("/i\\j", "5"), ("/k\"l", "6"), ("/ ", "7"), ("/m~0n", "8"),
    ])
    func theExamplesOfTheStandard(_ text: String, _ expected: String) throws {
        let document = try JSONValue.parse(Self.document)
        let pointer = try #require(JSONPointer(text))
        #expect(document[pointer]?.description == expected)
        #expect(pointer.description == text)
    }

    @Test func theWhole() throws {
        let document = try JSONValue.parse(Self.document)
        #expect(document[JSONPointer()] == document)
        #expect(JSONPointer("") == JSONPointer())
    }

    @Test(arguments: ["foo", "/~", "/~2", "/a~"])
    func noPointer(_ text: String) {
        #expect(JSONPointer(text) == nil)
    }

    @Test(arguments: ["/foo/2", "/foo/01", "/foo/-", "/foo/bar", "/nothing", "/foo/0/0"])
    func nothingThere(_ text: String) throws {
        let document = try JSONValue.parse(Self.document)
        #expect(document[try #require(JSONPointer(text))] == nil)
    }

    @Test func aSlashWithACombiningMark() throws {
        let pointer = JSONPointer(["a/\u{301}b", "~\u{301}"])
        #expect(JSONPointer(pointer.description) == pointer)
    }

    @Test func leavesWithTheirPlaces() throws {
        let leaves = try JSONValue.parse(#"{"a": [1, {"b": []}], "c": {}, "d": null}"#).leaves()
        #expect(leaves.map { "\($0.0)=\($0.1)" } == ["/a/0=1", "/a/1/b=[]", "/c={}", "/d=null"])
    }
}
