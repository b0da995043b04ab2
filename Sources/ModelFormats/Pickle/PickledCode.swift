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
                "it holds the code of functions or classes, which \(package) puts together when it is loaded",
                at: "byte \(item.offset)")
            return
        }
    }
}

/// Files beside the pickle that joblib before 0.10 wrote its arrays to.
enum PickledCompanions {
    static func report(_ file: PickledFile, _ artifact: Artifact, into result: inout ProbeResult) {
        guard file.arrays.isJoblib else { return }
        var isMissing = false
        for object in file.pickle.objects {
            guard let name = JoblibArrays.companion(of: object.value), result.files.count < 1_024 else { continue }
            let size: Int?
            do throws(InspectionError) {
                size = try artifact.companionSize(name)
            } catch {
                result.report(.warning, code: "joblib.unsafe-path", "\(error.message); nothing is looked up there")
                continue
            }
            guard artifact.hasFolder else { continue }
            isMissing = isMissing || size == nil
            result.files.append(FileMember(path: name, role: "array", present: size != nil, size: size))
        }
        if isMissing {
            result.report(
                .warning, code: "joblib.missing-array", "files with its arrays are not beside it; it cannot be loaded")
        }
    }
}
