import ModelBytes
import ModelContainers

/// Class labels: lines of a text in a zip archive that follows the model
/// (tensorflow_lite_support/metadata/python/metadata.py, MetadataPopulator).
struct TFLiteLabels {
    private let source: ByteSource
    private let limits: Limits
    /// Opened for the first file that is asked for.
    private var opened: Result<ZipArchive, InspectionError>?

    init(_ source: ByteSource, limits: Limits) {
        self.source = source
        self.limits = limits
    }

    /// Gives the labels of `file` to an output; what does not fit is a finding.
    mutating func give(
        _ file: TFLiteTensorMetadata.LabelFile, to output: Int, _ result: inout ProbeResult
    ) throws(InspectionError) {
        guard let labels = try lines(file.name, &result), let ports = result.facts.outputs, output < ports.count
        else { return }
        let classes = ports[output].shape?.last
        if file.isAxis, let classes, classes >= 0, classes != labels.count {
            result.report(
                .warning, code: "tflite.labels",
                "it has \(labels.count) labels, but the output \"\(ports[output].name)\" has \(classes) values",
                at: file.name)
            return
        }
        guard labels.count <= limits.listedValues.value else {
            result.report(
                .note, code: "tflite.labels",
                "it has \(labels.count) labels, too many to list; \(limits.listedValues.name) is "
                    + "\(limits.listedValues.value)", at: file.name)
            return
        }
        result.facts.outputs?[output].labels = labels
        result.note("outputs.labels", .read, "\(file.name), in the zip archive behind the model")
    }

    /// The lines of a text; nil when it cannot be read, which is then a finding.
    private mutating func lines(_ name: String, _ result: inout ProbeResult) throws(InspectionError) -> [String]? {
        do throws(InspectionError) {
            let archive = try archive()
            guard let entry = archive.entry(name) else {
                throw InspectionError(.notFound, "no such file is appended to the model")
            }
            var lines = try archive.text(of: entry, limits)
                .split(omittingEmptySubsequences: false) { $0 == "\n" || $0 == "\r\n" }.map(String.init)
            while lines.last?.isEmpty == true { lines.removeLast() }
            return lines
        } catch {
            if error.reason == .limit || error.reason == .unreadable { throw error }
            result.report(
                .warning, code: "tflite.labels", "the labels that the metadata names cannot be read: \(error.message)",
                at: name)
            return nil
        }
    }

    private mutating func archive() throws(InspectionError) -> ZipArchive {
        if let opened { return try opened.get() }
        let (source, limits) = (source, limits)
        let result = Result { () throws(InspectionError) in try ZipArchive(source, limits: limits) }
        opened = result
        return try result.get()
    }
}
