internal import ChildProcesses
internal import Glibc
import ModelBytes

/// Where `mlm-inspect-hdf5` is, and how it is started.
enum HDF5Program {
    static let name = "mlm-inspect-hdf5"
    static let variable = "MLM_INSPECT_HDF5"

    /// Its path, and its descriptor where it was opened before.
    struct Place {
        let path: String
        var descriptor: Int32 = -1
    }

    /// `given`, else what was opened before, else where `path` finds it.
    static func find(given: String?) throws(InspectionError) -> Place {
        if given == nil, let opened = HDF5Preparation.program { return opened }
        return Place(path: try path(given: given))
    }

    /// `given`, else what the environment says, else what stands beside the running program or in its libexec folder.
    ///
    /// Throws `unsupported` when it is nowhere.
    static func path(given: String?) throws(InspectionError) -> String {
        if let path = given ?? environment() {
            if RunningProgram.canRun(path) { return path }
            throw InspectionError(.unsupported, "HDF5 is read by \(name), and \(path) is no program that can be run")
        }
        for folder in RunningProgram.folders {
            for path in [folder + "/" + name, folder + "/../libexec/mlm-inspect/" + name]
            where RunningProgram.canRun(path) {
                return path
            }
        }
        throw InspectionError(
            .unsupported,
            "HDF5 is read by \(name), which is missing; install it beside mlm-inspect or in ../libexec/mlm-inspect, "
                + "or name it in \(variable)")
    }

    /// Starts it with nothing of ours but the pipes, and with next to no environment.
    static func start(_ program: Place) throws(InspectionError) -> ChildProcess {
        var launch = ChildLaunch(program.path, arguments: [program.path])
        launch.opened = program.descriptor
        // It switches plugins off before the first call of libhdf5.
        launch.environment.append("HDF5_PLUGIN_PRELOAD=::")
        // Without it a program that needs it does not start.
        launch.handOn(["LD_LIBRARY_PATH"])
        launch.isHandedFiles = true
        do throws(ChildProcess.Refusal) {
            return try ChildProcess(launch)
        } catch {
            if error.isOfPipes { throw InspectionError(.unreadable, "no pipe could be had: \(error.message)") }
            throw InspectionError(
                .unsupported, "HDF5 is read by \(program.path), which does not start: \(error.message)")
        }
    }

    private static func environment() -> String? {
        guard let value = unsafe getenv(variable) else { return nil }
        let path = unsafe String(cString: value)
        return path.isEmpty ? nil : path
    }
}
