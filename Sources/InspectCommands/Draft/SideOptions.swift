import ArgumentParser
import ModelBytes
import ModelContainers
import STAC

/// `--from FILE`, and whether side files are looked for.
struct SideOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "YAML or JSON file with what you know about the model; flags take precedence. By default, MODEL.mlm.yaml or .json beside the model, and mlm.yaml in its folder for all models there. --template writes one to fill in.",
            valueName: "file"))
    var from: String?

    @Flag(help: "Do not use side files.")
    var noSideFile = false

    @Flag(
        help:
            "Write MODEL.mlm.yaml beside the model, to be filled in: what is known, and a line for everything that is missing. -o names another file; - is standard output."
    )
    var template = false

    /// Reads what is named or lies beside the models that are named. With `below` they are folders, and side files of the
    /// models in them are read when their turn comes.
    func resolved(_ paths: [String], below isFolders: Bool, _ limits: Limits) throws -> SideFiles {
        if from != nil, noSideFile { throw UsageError("--from and --no-side-file: give one of them") }
        let sides = SideFiles(limits)
        if let from {
            sides.common = try sides.read(from, flag: "--from ")
            if isFolders || paths.count > 1, let source = sides.common?.sourceOfOneItem(inCollection: false) {
                throw UsageError("--from \(from): \(source) is for one Item, and there may be several")
            }
        } else if !noSideFile {
            sides.looksForThem = true
            // A fence may keep them from being read later.
            for path in paths where path != "-" { try sides.readAhead(path, isModel: !isFolders) }
        }
        return sides
    }
}
