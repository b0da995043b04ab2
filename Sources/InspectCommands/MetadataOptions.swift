import ArgumentParser
import ModelBytes
import ModelContainers
import ModelFormats

/// `--metadata FILE`.
struct MetadataOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "YAML or JSON file with MLM metadata of the model, used instead of the metadata inside it.",
            valueName: "file"))
    var metadata: String?

    /// Nil if the flag was not given. `paths` must name one model, because the metadata describes one.
    func resolved(_ limits: Limits, for paths: [String]) throws -> EmbeddedMetadata? {
        guard let metadata else { return nil }
        if paths.count > 1 { throw UsageError("--metadata describes one model, but \(paths.count) are given") }
        let source = try limits.text(named: metadata, flag: "--metadata")
        let declared: EmbeddedMetadata?
        do throws(InspectionError) {
            declared = try EmbeddedMetadata.read(
                source, at: metadata.split(separator: "/").last.map(String.init) ?? metadata, limits: limits)
        } catch {
            throw UsageError("--metadata \(metadata): \(error.message)")
        }
        guard let declared else {
            throw UsageError("--metadata \(metadata): has no MLM fields: neither properties nor mlm:… keys")
        }
        return declared
    }
}

extension Limits {
    /// Opens the file that a flag names.
    func text(named path: String, flag: String) throws -> ByteSource {
        do throws(InspectionError) {
            guard case .file(let source) = try Artifact.open(path, limits: self).content else {
                throw InspectionError(.unreadable, "is a folder, not a file")
            }
            return source
        } catch {
            throw UsageError("\(flag) \(path): \(error.message)")
        }
    }
}
