import ArgumentParser
import ModelBytes
import ModelFormats
import STAC

/// `--limit NAME=VALUE`, for every field of `Limits`.
struct LimitOptions: ParsableArguments {
    @Option(
        name: .customLong("limit"),
        help: ArgumentHelp("Change a limit, such as zip-entries=200000. Can be repeated.", valueName: "name=value"))
    var limits: [String] = []

    func resolved() throws -> Limits {
        var resolved = Limits()
        for text in limits {
            let parts = text.split(separator: "=", maxSplits: 1).map(String.init)
            guard parts.count == 2, let value = Int(parts[1]), value >= 0 else {
                throw ValidationError("--limit \(text): write NAME=VALUE with a whole number")
            }
            guard value <= Limits.Limit.highest else {
                throw ValidationError("--limit \(text): the highest value is \(Limits.Limit.highest)")
            }
            if let path = Limits.all.first(where: { resolved[keyPath: $0].flag == parts[0] }) {
                resolved[keyPath: path].value = value
            } else if var limit = FormatList.all.limits.first(where: { $0.flag == parts[0] }) {
                limit.value = value
                resolved[limit] = limit
            } else {
                let known = Limits.all.map { resolved[keyPath: $0].flag } + FormatList.all.limits.map(\.flag)
                throw ValidationError(
                    "--limit \(text): there is no limit \(parts[0])\(NearestWord.advice(parts[0], among: known))")
            }
        }
        return resolved
    }
}
