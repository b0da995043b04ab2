import ArgumentParser
import MLMInspect
import SystemPackage

/// `--report FILE`.
struct ReportOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp("Also write an HTML report with a table and a card per model.", valueName: "file.html"))
    var report: String?
}

/// A report being written. The file appears under its name when `finish` is called.
struct ReportFile {
    private let path: String
    private let sink: Sink
    private var page: ReportPage
    private var waiting: String

    init(_ path: String, roots: [String], overwrites: Bool) throws {
        self.path = path
        sink = try Sink(path, overwrites: overwrites)
        page = ReportPage(roots: roots)
        waiting = page.head
    }

    /// Nil if no report was requested.
    static func open(_ report: String?, roots: [String], overwrites: Bool) throws -> ReportFile? {
        guard let report else { return nil }
        do {
            return try ReportFile(report, roots: roots, overwrites: overwrites)
        } catch Errno.fileExists {
            throw OutputOptions.exists(report)
        } catch let error as OutputError {
            throw UsageError(error.description)
        }
    }

    mutating func add(_ record: Record, json: [UInt8]? = nil) throws {
        waiting += try page.data(record, json: json)
        guard waiting.utf8.count >= 64 << 10 else { return }
        try sink.write(waiting)
        waiting = ""
    }

    /// `account` is that of a scan, which has seen more than it lists.
    mutating func finish(_ account: Scan.Summary? = nil) throws {
        try sink.write(waiting + page.tail(account: account))
        do {
            try sink.finish()
        } catch Errno.fileExists {
            throw OutputOptions.exists(path)
        }
    }
}
