import ModelBytes
import ModelContainers
import Testing

/// The machine against CPython's, on what CPython wrote, on random programs and on pickles with a changed byte.
@Suite struct PickleReferenceTests {
    let reference: PickleReference

    init() throws { reference = try PickleReference.load() }

    private func run(_ bytes: [UInt8]) -> Pickle {
        Pickle.run(ByteSource(MemoryBytes(bytes)), streams: 1, limits: Limits())
    }

    @Test func allOpcodesOfPickletools() {
        #expect(Pickle.Opcode.allCases.count == 68)
        let named = Dictionary(uniqueKeysWithValues: Pickle.Opcode.allCases.map { ($0.name, $0.rawValue) })
        #expect(named == reference.opcodes)
    }

    @Test func valuesInEveryProtocol() throws {
        #expect(reference.values.count > 200)
        for value in reference.values {
            let bytes = PickleReference.bytes(value.hex)
            let pickle = run(bytes)
            #expect(pickle.failure == nil, "\(value.name) \(value.protocols)")
            #expect(pickle.end == bytes.count)
            let root = try #require(pickle.root)
            #expect(try PickleRendering.text(root) == value.rendering, "\(value.name) \(value.protocols)")
            #expect(pickle.imports.map { PickleRendering.text($0) } == value.imports, "\(value.name)")
            #expect(pickle.streams.first?.protocolVersion == (value.protocols.contains(0) ? 0 : value.protocols.last))
        }
    }

    /// Where CPython ends because a value is not of the type that an opcode needs. The reference has symbols in the place of
    /// values, which are of any type, and so goes on; `make differential` compares with CPython itself.
    private static let errorsOfType = [
        "a key that cannot be one", "a list has no such item", "a name that is no text", "arguments that are none",
        "calls what cannot be called", "nothing can be added to a b", "keywords that are no dict", "no buffer",
        "has no attributes",
        "a name that is no ASCII", "a name that is no UTF-8", "the name of a module is empty", "no UTF-8",
        "a persistent id that is no ASCII",
    ]

    private func endsByType(_ pickle: Pickle) -> Bool {
        guard let message = pickle.failure?.message else { return false }
        return Self.errorsOfType.contains { message.contains($0) }
    }

    @Test func randomPrograms() throws {
        #expect(reference.programs.contains { $0.rendering == nil })
        var compared = 0
        for program in reference.programs {
            let pickle = run(PickleReference.bytes(program.hex))
            if endsByType(pickle) {
                // What came before is as it was.
                #expect(program.imports.starts(with: pickle.imports.map { PickleRendering.text($0) }), "\(program.hex)")
                continue
            }
            compared += 1
            #expect(pickle.imports.map { PickleRendering.text($0) } == program.imports, "\(program.hex)")
            #expect((pickle.failure == nil) == (program.rendering != nil), "\(program.hex)")
            if let rendering = program.rendering, let root = pickle.root {
                #expect(try PickleRendering.text(root) == rendering, "\(program.hex)")
            }
        }
        #expect(compared > reference.programs.count / 4)
    }

    /// Whatever CPython still accepts means the same here, and whatever it imports before it stops was seen here.
    @Test func changedBytes() throws {
        for flip in reference.flips {
            let value = reference.values[flip.of]
            var bytes = PickleReference.bytes(value.hex)
            bytes[flip.at] = flip.byte
            let pickle = run(bytes)
            let label = "\(value.name) \(value.protocols): byte \(flip.at) = \(flip.byte)"
            // A memo index beyond the limit ends the run, where CPython asks for that much memory.
            if pickle.failure?.reason == .limit || endsByType(pickle) { continue }
            let imports = Set(pickle.imports.map { PickleRendering.text($0) })
            #expect(imports.isSuperset(of: flip.imports ?? value.imports), "\(label)")
            guard let fingerprint = flip.fingerprint else { continue }
            // `pickle.py` lets a frame reach beyond the data, `_pickle.c` does not.
            #expect(pickle.failure == nil || pickle.failure?.message.hasPrefix("FRAME") == true, "\(label)")
            let root = try #require(pickle.root, "\(label)")
            #expect(PickleReference.fingerprint(try PickleRendering.text(root)) == fingerprint, "\(label)")
        }
    }
}
