import ModelBytes
import ModelContainers

/// Programs and libraries; of llamafiles the models inside are named.
///
/// Source: elf(5); llamafile: a program for several systems that begins `MZqFpD` or as ELF, with a zip at its end.
enum Programs {
    static func look(at subject: InspectedArtifact) -> LookAlike? {
        let isPortable = subject.begins(with: Array("MZqFpD".utf8))
        let isELF = subject.begins(with: [0x7F] + Array("ELF".utf8))
        guard isPortable || isELF else { return windows(subject) }
        if let models = models(subject, isPortable: isPortable) {
            return LookAlike(
                "llamafile", seen: "a program with models in a zip at its end",
                "it is a llamafile: a program that has the model \(models) in it; take that out with unzip to inspect it",
                .warning)
        }
        return program(isELF ? "ELF" : "APE")
    }

    private static func program(_ name: String) -> LookAlike {
        LookAlike(
            "program", seen: "header of \(name)", "it is a program or a library (\(name)); what is in it runs", .warning
        )
    }

    /// The offset of the newer header stands at 60 (Microsoft's PE format).
    private static func windows(_ subject: InspectedArtifact) -> LookAlike? {
        guard subject.begins(with: Array("MZ".utf8)), subject.head.count >= 64 else { return nil }
        let offset = Int(subject.head[60]) | Int(subject.head[61]) << 8
        return subject.begins(with: Array("PE\0\0".utf8), at: offset) ? program("PE") : nil
    }

    private static func models(_ subject: InspectedArtifact, isPortable: Bool) -> String? {
        // Of other programs no more is read than what may be the end of an archive.
        guard let source = subject.source,
            isPortable || source.storage.isCountKnown && (try? ZipArchive.endsAsZip(source)) == true,
            // What has no directory at its end is a program alone.
            let archive = try? ZipArchive(source, limits: subject.limits)
        else { return nil }
        let names = archive.entries.lazy.map(\.name).filter { $0.hasSuffix(".gguf") }.prefix(4)
        return names.isEmpty ? nil : names.joined(separator: ", ")
    }
}
