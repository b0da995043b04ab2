import ArgumentParser
import SystemPackage

/// Where output goes and how it looks.
struct OutputOptions: ParsableArguments, OutputSettings {
    @OptionGroup var file: FileOptions

    @Flag(help: "Write JSON without line breaks.")
    var compact = false

    @OptionGroup var colour: ColourOption

    var output: String? { file.output }
    var force: Bool { file.force }
    var color: ColorChoice { colour.color }

    static func exists(_ path: String) -> UsageError {
        UsageError("\(path) exists; name another file or add --force")
    }
}

/// Where output goes, for what has neither colours nor JSON of several lines.
struct FileOptions: ParsableArguments, OutputSettings {
    @Option(
        name: [.customShort("o"), .customLong("output")],
        help: ArgumentHelp(
            "Write to this file instead of standard output. An existing file is kept.", valueName: "output"))
    var outputFile: String?

    @Flag(help: "Overwrite the output file if it exists.")
    var force = false

    /// Nil for standard output, which `-` is as well.
    var output: String? { outputFile == "-" ? nil : outputFile }

    var compact: Bool { false }
    var color: ColorChoice { .never }
}

/// `--color`.
struct ColourOption: ParsableArguments {
    @Option(help: "Use colour in text: auto, always or never. NO_COLOR is respected.")
    var color = ColorChoice.auto
}

/// Where output goes, and whether it has colours.
struct ColouredFileOptions: ParsableArguments, OutputSettings {
    @OptionGroup var file: FileOptions
    @OptionGroup var colour: ColourOption

    var output: String? { file.output }
    var force: Bool { file.force }
    var compact: Bool { false }
    var color: ColorChoice { colour.color }
}

/// Where output goes and how it looks, whether flags or defaults decided it.
protocol OutputSettings {
    var output: String? { get }
    var force: Bool { get }
    var compact: Bool { get }
    var color: ColorChoice { get }
}

/// The settings used when no flag is given.
struct DefaultOutput: OutputSettings {
    let output: String? = nil
    let force = false
    let compact = false
    let color = ColorChoice.auto
}

extension OutputSettings {
    /// Opens the output. A file appears under its name when `finish` is called.
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

    /// Completes the output that `open` returned.
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
