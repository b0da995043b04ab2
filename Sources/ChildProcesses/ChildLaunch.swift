import CSpawn
import Glibc

/// A program as it is to be started.
package struct ChildLaunch: Sendable {
    package var program: String
    /// Its file where it was opened before, which is then what is started; -1 where it was not.
    package var opened: Int32 = -1
    /// Its name comes first.
    package var arguments: [String]
    /// All of its environment, as `NAME=VALUE`.
    package var environment: [String] = []
    /// Whether open files can be handed to it, through its descriptor 3.
    package var isHandedFiles = false
    /// Whether it leads a group of its own, which the signals of a terminal do not reach.
    package var leadsGroup = false
    /// How much of its answers may wait in the pipe; nil for what is usual.
    package var answerBytes: Int32?

    package init(_ program: String, arguments: [String]) {
        self.program = program
        self.arguments = arguments
        // One that crashes is to end at once, and not to explain itself to nobody.
        environment = ["SWIFT_BACKTRACE=enable=no"]
    }

    /// Hands on these variables of this process, as far as they are set.
    package mutating func handOn(_ names: [String]) {
        for name in names {
            if let value = unsafe getenv(name) { environment.append(unsafe "\(name)=" + String(cString: value)) }
        }
    }

    func spawn(input: Int32, output: Int32, files: Int32) throws(ChildProcess.Refusal) -> pid_t {
        var environment = unsafe environment.map { unsafe strdup($0) } + [nil]
        var arguments = unsafe arguments.map { unsafe strdup($0) } + [nil]
        defer {
            for index in unsafe environment.indices { unsafe free(environment[index]) }
            for index in unsafe arguments.indices { unsafe free(arguments[index]) }
        }
        var id = pid_t()
        let status = unsafe program.withCString { path in
            var place = unsafe mlm_program(path: path, descriptor: opened)
            return unsafe mlm_spawn(&place, &arguments, input, output, files, &environment, leadsGroup, &id)
        }
        guard status == 0 else { throw ChildProcess.Refusal(code: status, isOfPipes: false) }
        return id
    }
}
