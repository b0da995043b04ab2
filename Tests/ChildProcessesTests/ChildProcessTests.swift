import ChildProcesses
import Glibc
import Testing

@Suite struct ChildProcessTests {
    private func shell(_ script: String) -> ChildLaunch { ChildLaunch("/bin/sh", arguments: ["sh", "-c", script]) }

    private func answers(_ process: borrowing ChildProcess) -> String {
        var bytes: [UInt8] = []
        var chunk = [UInt8](repeating: 0, count: 4_096)
        while true {
            let answer = unsafe chunk.withUnsafeMutableBytes { unsafe process.read(into: $0, milliseconds: 10_000) }
            guard case .bytes(let count) = answer else { return String(decoding: bytes, as: UTF8.self) }
            bytes += chunk[..<count]
        }
    }

    @Test func answersWhatItIsAsked() throws {
        let process = try ChildProcess(shell("read line; echo \"<$line>\"; exit 3"))
        let isWritten = unsafe Array("one\n".utf8).withUnsafeBytes { unsafe process.write($0, milliseconds: 1_000) }
        #expect(isWritten)
        #expect(answers(process) == "<one>\n")
        let ending = process.ended()
        #expect(ending == .exited(3))
    }

    @Test func getsNothingButWhatIsNamed() throws {
        unsafe setenv("CHILD_PROCESS_SECRET", "one", 1)
        unsafe setenv("CHILD_PROCESS_SHARED", "two", 1)
        // Without close-on-exec, so that only the start itself keeps it away.
        let stray = unsafe open("/dev/null", O_RDONLY)
        defer { close(stray) }
        var launch = shell("echo $CHILD_PROCESS_SECRET-$CHILD_PROCESS_SHARED; ls /proc/$$/fd | tr '\\n' ' '")
        launch.environment.append("PATH=/usr/bin:/bin")
        launch.handOn(["CHILD_PROCESS_SHARED"])
        let process = try ChildProcess(launch)
        let text = answers(process)
        #expect(text.hasPrefix("-two\n"))
        #expect(!text.contains(" \(stray) "))
    }

    @Test func isHandedAnOpenFile() throws {
        // It waits for a line, so that it is there when the file is handed over.
        var launch = shell("read line; [ -S /proc/$$/fd/3 ] && echo socket")
        launch.isHandedFiles = true
        let process = try ChildProcess(launch)
        let descriptor = unsafe open("/dev/null", O_RDONLY)
        defer { close(descriptor) }
        let isHanded = process.hand(descriptor)
        #expect(isHanded)
        let isWritten = unsafe Array("go\n".utf8).withUnsafeBytes { unsafe process.write($0, milliseconds: 1_000) }
        #expect(isWritten)
        #expect(answers(process) == "socket\n")
        let plain = try ChildProcess(shell("true"))
        let isHandedToo = plain.hand(descriptor)
        #expect(!isHandedToo)
    }

    @Test func saysHowItEnded() throws {
        let process = try ChildProcess(shell("kill -SEGV $$"))
        #expect(answers(process).isEmpty)
        let ending = process.end()
        #expect(ending == .killed(signal: Int(SIGSEGV)))
    }

    @Test func endsWithWhoeverHoldsIt() throws {
        var id: Int32 = 0
        do {
            let process = try ChildProcess(shell("sleep 100"))
            id = process.id
            #expect(kill(id, 0) == 0)
        }
        #expect(kill(id, 0) == -1)
    }

    @Test func refusesWhatCannotBeStarted() {
        do throws(ChildProcess.Refusal) {
            _ = try ChildProcess(ChildLaunch("/nonexistent/program", arguments: ["program"]))
            Issue.record("it was started")
        } catch {
            #expect(error.code == ENOENT)
            #expect(!error.isOfPipes)
        }
    }
}
