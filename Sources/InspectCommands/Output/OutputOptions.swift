import ArgumentParser
import SystemPackage

/// Where output goes and how it looks.
struct OutputOptions: ParsableArguments, OutputSettings {
    @Option(name: .shortAndLong, help: "Write to this file instead of standard output; one that exists is kept.")
    var output: String?

    @Flag(help: "Overwrite the file that --output names.")
    var force = false

    @Flag(help: "JSON without line breaks.")
    var compact = false

    @Option(help: "Colour in text: auto, always or never. NO_COLOR is respected.")
    var color = ColorChoice.auto

    static func exists(_ path: String) -> UsageError {
        UsageError("\(path) exists; name another file or add --force")
    }
}

/// Where output goes and how it looks, however that was decided.
protocol OutputSettings {
    var output: String? { get }
    var force: Bool { get }
    var compact: Bool { get }
    var color: ColorChoice { get }
}

/// What holds where nothing was asked for.
struct DefaultOutput: OutputSettings {
    let output: String? = nil
    let force = false
    let compact = false
    let color = ColorChoice.auto
}

extension OutputSettings {
    /// Where the output goes. What is written to a file is there once `finish` is called.
    func open() throws -> Sink {
        guard let output else { return Sink() }
        do {
            return try Sink(output, overwrites: force)
        } catch Errno.fileExists {
            throw OutputOptions.exists(output)
        } catch let error as OutputError {
            throw UsageError(error.description)
        }
    }

    /// Ends what `open` began.
    func finish(_ sink: Sink) throws {
        do {
            try sink.finish()
        } catch Errno.fileExists {
            throw OutputOptions.exists(output ?? "")
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
