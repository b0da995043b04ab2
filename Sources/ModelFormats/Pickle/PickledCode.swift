import ModelBytes
import ModelContainers

/// Functions and classes that a pickle holds by value, as cloudpickle and dill write those that no module can give.
enum PickledCode {
    /// The package that wrote the pickle, when it left a mark.
    static func writer(_ pickle: Pickle) -> String? {
        for item in pickle.imports {
            switch item.module.split(separator: ".").first {
            case "cloudpickle": return "cloudpickle"
            case "dill": return "dill"
            default: break
            }
        }
        return nil
    }

    /// cloudpickle/cloudpickle.py, `_make_function` …; dill/_dill.py, `_create_function` …
    private static let makers: Set<String> = [
        "_make_function", "_make_skeleton_class", "_make_skeleton_enum", "_make_skel_func", "_builtin_type",
        "_create_function", "_create_code", "_create_type",
    ]

    static func report(_ pickle: Pickle, into result: inout ProbeResult) {
        for item in pickle.imports {
            let package = item.module.split(separator: ".").first.map(String.init) ?? ""
            guard package == "cloudpickle" || package == "dill", makers.contains(item.name),
                item.name != "_builtin_type"
            else { continue }
            result.report(
                .warning, code: "pickle.code-by-value",
                "it holds the code of functions or classes, which \(package) rebuilds when it is loaded",
                at: "byte \(item.offset)")
            return
        }
    }
}

/// Files beside the pickle that joblib before 0.10 wrote its arrays to. Its loader reads them by `numpy.load` with
/// `allow_pickle` (joblib/numpy_pickle_compat.py, `NDArrayWrapper.read`), so that what they hold may be code as well.
enum PickledCompanions {
    static func judge(
        _ file: PickledFile, _ subject: InspectedArtifact, _ report: inout PickleReport, _ result: inout ProbeResult
    ) {
        guard file.arrays.hasCompanions else { return }
        var (isMissing, isUnseen) = (false, file.arrays.hasOthers)
        for name in file.arrays.companions {
            let size: Int?
            do throws(InspectionError) {
                size = try subject.artifact.companionSize(name)
            } catch {
                isUnseen = true
                result.report(.warning, code: "joblib.unsafe-path", "\(error.message); nothing is looked up there")
                continue
            }
            guard subject.artifact.hasFolder else {
                isUnseen = true
                continue
            }
            isMissing = isMissing || size == nil
            result.files.append(FileMember(path: name, role: "array", present: size != nil, size: size))
            guard size != nil else { continue }
            do throws(InspectionError) {
                try look(at: name, subject, &report, &result)
            } catch {
                isUnseen = true
                result.report(.warning, code: "folder.unreadable", error.message, at: name)
            }
        }
        if isMissing {
            result.report(
                .warning, code: "joblib.missing-array", "files with its arrays are not beside it; it cannot be loaded")
        }
        if isMissing || isUnseen { report.raise(to: .incomplete) }
    }

    /// A header is no longer than this; behind that of an array of numbers nothing is run.
    private static let headBytes = 10_240

    private static func look(
        at name: String, _ subject: InspectedArtifact, _ report: inout PickleReport, _ result: inout ProbeResult
    ) throws(InspectionError) {
        if let head = try subject.artifact.companionHead(name, count: headBytes), head.starts(with: NumPyFile.magic),
            let array = try? NumPyFile(ByteSource(MemoryBytes(head))), !array.holdsObjects
        {
            return
        }
        guard let source = try subject.artifact.companion(name),
            let inner = try FolderMember.probe(name, source, of: subject, into: &result), let loading = inner.loading
        else { return }
        report.raise(to: loading.verdict)
        report.take(loading.imports ?? [])
    }
}
