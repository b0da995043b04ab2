import Foundation
import Glibc
import ModelContainers
import ModelJSON
import SystemPackage
import TestSupport

/// A headless Chromium with one page, driven by the DevTools protocol over two pipes (`--remote-debugging-pipe`:
/// commands come on descriptor 3, answers go to 4, each ended by a zero byte).
final class Chromium {
    /// Nil when there is none on this machine.
    static let executable: String? = ["chromium", "chromium-browser", "google-chrome"].map { "/usr/bin/" + $0 }
        .first { FileManager.default.isExecutableFile(atPath: $0) }

    struct Failure: Error, CustomStringConvertible { let description: String }

    /// What the page said and did unasked: messages of the console, errors, requests.
    private(set) var events: [JSONValue] = []

    private let process = Process()
    private let folder: TemporaryFolder
    private let commands: FileDescriptor
    private let answers: FileDescriptor
    private var received: [UInt8] = []
    private var lastID = 0
    private var session: String?

    init() throws {
        folder = try TemporaryFolder()
        let (input, output) = (folder.path("commands"), folder.path("answers"))
        for path in [input, output] {
            guard unsafe mkfifo(path, 0o600) == 0 else { throw Failure(description: "\(path): no FIFO can be made") }
        }
        // Opened for both, since a FIFO waits for its other end else.
        commands = try FileDescriptor.open(FilePath(input), .readWrite, options: .closeOnExec)
        answers = try FileDescriptor.open(FilePath(output), .readWrite, options: .closeOnExec)
        let flags = [
            "--headless=new", "--remote-debugging-pipe", "--user-data-dir=\(folder.path("profile"))", "--no-first-run",
            "--disable-gpu", "--disable-dev-shm-usage", "--hide-scrollbars", "--disable-background-networking",
            "--disable-component-update", "--disable-sync", "--host-resolver-rules=MAP * ~NOTFOUND",
            // Chromium does not start as root with its sandbox.
            geteuid() == 0 ? "--no-sandbox" : "--disable-breakpad", "about:blank",
        ]
        process.executableURL = URL(filePath: "/bin/sh")
        process.arguments =
            ["-c", #"in=$1 out=$2; shift 2; exec "$@" 3<"$in" 4>"$out""#, "sh", input, output, Self.executable ?? ""]
            + flags
        process.standardOutput = FileHandle.nullDevice
        process.standardError = FileHandle.nullDevice
        try process.run()
        let target = try call("Target.createTarget", ["url": "about:blank"])["targetId"] ?? .null
        session = try call("Target.attachToTarget", ["targetId": target, "flatten": true])["sessionId"]?.string
        for domain in ["Page", "Runtime", "Log", "Network"] { try call("\(domain).enable") }
    }

    deinit {
        process.terminate()
        process.waitUntilExit()
        try? commands.close()
        try? answers.close()
    }

    /// Loads a file, with a fragment behind `#` if there is one, and waits until it is there.
    func open(_ path: String) throws {
        events = []
        let parts = path.split(separator: "#", maxSplits: 1)
        let address = URL(filePath: String(parts[0])).absoluteString + (parts.count > 1 ? "#" + parts[1] : "")
        // The same page with another fragment would not be loaded again.
        try call("Page.navigate", ["url": "about:blank"])
        while !events.contains(where: { $0["method"] == "Page.loadEventFired" }) { events.append(try receive()) }
        events = []
        try call("Page.navigate", ["url": .string(address)])
        while !events.contains(where: { $0["method"] == "Page.loadEventFired" }) { events.append(try receive()) }
    }

    /// The value of an expression in the page, once its promise is kept.
    @discardableResult
    func evaluate(_ expression: String) throws -> JSONValue {
        let answer = try call(
            "Runtime.evaluate", ["expression": .string(expression), "returnByValue": true, "awaitPromise": true])
        if let exception = answer["exceptionDetails"] { throw Failure(description: "\(expression): \(exception)") }
        return answer["result"]?["value"] ?? .null
    }

    /// Waits until an expression holds, five seconds at most.
    func until(_ expression: String) throws {
        let holds = try evaluate(
            """
            new Promise(done => { const end = Date.now() + 5000; const look = () => (\(expression)) ? done(true)
              : Date.now() > end ? done(false) : setTimeout(look, 5); look(); })
            """)
        guard holds == true else { throw Failure(description: "\(expression) does not hold") }
    }

    /// Presses a key of the keyboard, as `Tab`, `Enter` or `Escape`.
    func press(_ key: String, shift: Bool = false) throws {
        let codes: [String: JSONValue] = [
            "Tab": 9, "Enter": 13, "Escape": 27, " ": 32, "ArrowLeft": 37, "ArrowRight": 39, "End": 35,
        ]
        var event: JSONObject = [
            "key": .string(key), "code": .string(key == " " ? "Space" : key), "windowsVirtualKeyCode": codes[key] ?? 0,
            "modifiers": shift ? 8 : 0,
        ]
        if key == "Enter" { event["text"] = "\r" }
        if key == " " || key == "/" { event["text"] = .string(key) }
        for type in ["keyDown", "keyUp"] {
            event["type"] = .string(type)
            try call("Input.dispatchKeyEvent", .object(event))
        }
    }

    /// Types into whatever has the focus.
    func type(_ text: String) throws { try call("Input.insertText", ["text": .string(text)]) }

    /// Writes a picture of what is seen.
    func screenshot(to path: String) throws {
        let picture = try call("Page.captureScreenshot", ["format": "png"])["data"]?.string ?? ""
        try (Data(base64Encoded: picture) ?? Data()).write(to: URL(filePath: path))
    }

    /// Calls a method of the protocol.
    @discardableResult
    func call(_ method: String, _ parameters: JSONValue = [:]) throws -> JSONValue {
        lastID += 1
        var message: JSONObject = ["id": JSONValue(lastID), "method": .string(method), "params": parameters]
        if let session { message["sessionId"] = .string(session) }
        try commands.writeAll(JSONValue.object(message).bytes(pretty: false) + [0])
        while true {
            let answer = try receive()
            guard answer["id"]?.int == lastID else {
                events.append(answer)
                continue
            }
            if let error = answer["error"] { throw Failure(description: "\(method): \(error)") }
            return answer["result"] ?? .null
        }
    }

    /// The next message; an error when there is none within a minute.
    private func receive() throws -> JSONValue {
        while true {
            if let end = received.firstIndex(of: 0) {
                let message = Array(received[..<end])
                received.removeSubrange(...end)
                return try JSONValue.parse(message, dialect: .loneSurrogates)
            }
            var poll = pollfd(fd: answers.rawValue, events: Int16(POLLIN), revents: 0)
            guard unsafe Glibc.poll(&poll, 1, 60_000) == 1 else {
                throw Failure(description: "Chromium does not answer")
            }
            var buffer = [UInt8](repeating: 0, count: 1 << 16)
            let count = try unsafe buffer.withUnsafeMutableBytes { try unsafe answers.read(into: $0) }
            received += buffer[..<count]
        }
    }
}
