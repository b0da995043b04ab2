import ArgumentParser
import SystemPackage

/// Where output goes and how it looks.
struct OutputOptions: ParsableArguments {
    @Option(name: .shortAndLong, help: "Write to this file instead of standard output; one that exists is kept.")
    var output: String?

    @Flag(help: "Overwrite the file that --output names.")
    var force = false

    @Flag(help: "JSON without line breaks.")
    var compact = false

    @Option(help: "Colour in text: auto, always or never. NO_COLOR is respected.")
    var color = ColorChoice.auto

    func open() throws -> Sink {
        guard let output else { return Sink(.standardOutput) }
        do {
            let options: FileDescriptor.OpenOptions =
                force ? [.create, .truncate, .closeOnExec] : [.create, .exclusiveCreate, .closeOnExec]
            let file = try FileDescriptor.open(
                FilePath(output), .writeOnly, options: options,
                permissions: [.ownerReadWrite, .groupRead, .otherRead])
            return Sink(file)
        } catch Errno.fileExists {
            throw ValidationError("\(output) exists; name another file or add --force")
        } catch {
            throw ValidationError("\(output) cannot be written: \(error)")
        }
    }

    func style(for sink: Sink) -> TextStyle {
        switch color {
        case .always: TextStyle(isColoured: true)
        case .never: TextStyle(isColoured: false)
        case .auto: TextStyle(isColoured: sink.isTerminal && !Environment.refusesColour)
        }
    }
}

enum ColorChoice: String, ExpressibleByArgument, CaseIterable {
    case auto, always, never
}
