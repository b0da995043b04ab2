import ArgumentParser

/// `--flat`.
struct FlatOption: ParsableArguments {
    @Flag(
        help: """
            With -f ndjson: the same keys and types on every line, for programs that read tables; settings become \
            lists of key and JSON text (mlm-inspect formats --schema --flat).
            """)
    var flat = false

    func check(isNDJSON: Bool) throws {
        if flat, !isNDJSON { throw ValidationError("--flat needs -f ndjson") }
    }
}
