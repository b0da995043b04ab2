import ArgumentParser
import ModelBytes
import ModelContainers
import ModelFormats

/// `--metadata FILE`.
struct MetadataOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "MLM metadata of the model in a file of its own, as YAML or JSON, in place of what it carries.",
            valueName: "file"))
    var metadata: String?

    /// Nil when none was given. `paths` are the models; the metadata are those of one.
    func resolved(_ limits: Limits, for paths: [String]) throws -> EmbeddedMetadata? {
        guard let metadata else { return nil }
        if paths.count > 1 { throw UsageError("--metadata is of one model, and \(paths.count) are given") }
        let source = try limits.text(named: metadata, flag: "--metadata")
        let declared: EmbeddedMetadata?
        do throws(InspectionError) {
            declared = try EmbeddedMetadata.read(
                source, at: metadata.split(separator: "/").last.map(String.init) ?? metadata, limits: limits)
        } catch {
            throw UsageError("--metadata \(metadata): \(error.message)")
        }
        guard let declared else {
            throw UsageError("--metadata \(metadata): holds no fields of MLM: no properties, no mlm:…")
        }
        return declared
    }
}

extension Limits {
    /// The bytes of a file that a flag names.
    func text(named path: String, flag: String) throws -> ByteSource {
        do throws(InspectionError) {
            guard case .file(let source) = try Artifact.open(path, limits: self).content else {
                throw InspectionError(.unreadable, "is a folder")
            }
            return source
        } catch {
            throw UsageError("\(flag) \(path): \(error.message)")
        }
    }
}
