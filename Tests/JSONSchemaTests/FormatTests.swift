import JSONSchema
import Testing

/// Every format of draft-07, by examples of the documents that define it.
@Suite struct FormatTests {
    struct Case: Sendable {
        let format: Format
        let valid: [String]
        let invalid: [String]
    }

    static let cases = [
        Case(
            format: .dateTime,
            valid: [
                "1985-04-12T23:20:50.52Z", "1996-12-19T16:39:57-08:00", "2000-02-29t00:00:00z",
                "1937-01-01T12:00:27.87+00:20",
            ],
            invalid: [
                "1990-12-31T23:59:61Z", "1990-02-31T15:59:59.123-08:00", "1990-12-31T15:59:59-24:00",
                "06/19/1963 08:30:06 PST",
                "2013-350T01:01:01", "1963-6-19T08:30:06.283185Z", "1963-06-1٤T00:00:00Z", "1963-06-19T08:30:06", "",
                "0000-01-01T00:00:00Z", "1998-12-31T22:59:60Z", "2000-01-01T00:00:00.Z", "2000-01-01 00:00:00Z",
            ]),
        Case(
            format: .date, valid: ["2020-02-29", "1963-06-19"],
            invalid: ["2021-02-29", "06/19/1963", "1963-6-19", "1963-06-19Z"]),
        Case(
            format: .time, valid: ["08:30:06.283185Z", "08:30:06+00:20"], invalid: ["08:30:06", "8:3:6Z", "24:00:00Z"]),
        Case(format: .email, valid: ["joe@example.com", "a@b"], invalid: ["2962", "@b", "a@"]),
        Case(format: .idnEmail, valid: ["실례@실례.테스트"], invalid: ["2962"]),
        Case(
            format: .hostname, valid: ["www.example.com", "xn--4gbwdl.xn--wgbh1c", "a", "1.2"],
            invalid: ["-a", "a-", "a_b", "", String(repeating: "a", count: 64), "a..b"]),
        Case(format: .idnHostname, valid: ["example.com"], invalid: ["a b"]),
        Case(
            format: .ipv4, valid: ["192.168.0.1"],
            invalid: ["127.0.0.0.1", "256.1.1.1", "127.0", "0x7f000001", "01.1.1.1"]),
        Case(
            format: .ipv6, valid: ["::1", "::", "::abef", "1:2:3:4:5:6:7:8", "::ffff:192.168.0.1", "1::", "1:2::8"],
            invalid: [
                "12345::", "1:2:3:4:5:6:7", "::laptop", ":2:3:4:5:6:7:8", "1::2::3", "1:2:3:4:5:6:7:8:9",
                "1:2:3:4::5:6:7:8", "fe80::a%eth1",
            ]),
        Case(
            format: .uri,
            valid: [
                "http://foo.bar/?baz=qux#quux", "ldap://[2001:db8::7]/c=GB?objectClass?one", "mailto:a@b.com",
                "urn:oasis:names",
                "tel:+1-816-555-1212", "http://-.~_!$&'()*+,;=:%40:80@example.com", "file:///a", "s3://b/k",
                "http://a:80",
            ],
            invalid: [
                "//foo.bar/", "/abc", "\\\\WINDOWS\\a", "abc", "http:// a.com", ":// fail", "bar,baz:foo", "http://a/ü",
                "http://a/%zz", "http://[::1", "http://a:b/",
            ]),
        Case(
            format: .uriReference, valid: ["//foo.bar/?a=b#c", "/abc", "abc", "#frag", "", "../x", "http://a/b"],
            invalid: ["\\\\WINDOWS\\a", "#frag\\ment", "a b", "1a:b", "ü"]),
        Case(
            format: .iri, valid: ["http://ƒøø.ßår/?∂éœ=πîx#πîüx", "http://a/b"],
            invalid: ["/abc", "http://a b", "âππ", "\\\\WINDOWS\\a"]),
        Case(
            format: .iriReference, valid: ["/âππ", "âππ", "#ƒrägmênt", "./model.pt2"],
            invalid: ["\\\\a", "#ƒräg\\mênt", "a b"]),
        Case(
            format: .uriTemplate,
            valid: ["http://e.com/{term:1}/{term}", "{?x,y*}", "{+path}/here", "map?{x}", "{a.b}"],
            invalid: ["http://e.com/{term:1}/{term", "{}", "{a b}", "a b", "}"]),
        Case(format: .jsonPointer, valid: ["", "/foo/bar~0/baz~1/%a", "/"], invalid: ["/foo/bar~", "#", "a", "/~2"]),
        Case(
            format: .relativeJSONPointer, valid: ["1", "0/foo/bar", "2#"], invalid: ["/foo", "-1/a", "01/a", "0##", ""]),
        Case(format: .regex, valid: ["([abc])+\\s+$", "^(?!a)"], invalid: ["^(abc]"]),
    ]

    @Test(arguments: cases) func takesWhatItShould(_ one: Case) {
        for text in one.valid { #expect(one.format.accepts(text) == true, "\(one.format) \(text)") }
        for text in one.invalid { #expect(one.format.accepts(text) == false, "\(one.format) \(text)") }
    }

    @Test func whatNobodyHereCanSay() {
        #expect(Format.dateTime.accepts("1998-12-31T23:59:60Z") == nil)
        #expect(Format.dateTime.accepts("1998-12-31T15:59:60.5-08:00") == nil)
        #expect(Format.dateTime.accepts("2000-01-01T00:00:00Z\n") == nil)
        #expect(Format.idnHostname.accepts("실례.테스트") == nil)
    }

    @Test func everyFormatHasAnExample() {
        #expect(Set(Self.cases.map(\.format)) == Set(Format.allCases))
    }
}
