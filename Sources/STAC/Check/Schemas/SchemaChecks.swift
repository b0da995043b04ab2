import JSONSchema
import ModelBytes
import ModelJSON

/// Checks a document by the schemas of a folder: that of the core, and those of the extensions it declares.
///
/// Our own rules have spoken before, in plainer words. What a schema finds where one of them spoke is not said again.
struct SchemaChecks {
    private let folder: SchemaFolder
    private let spoken: [JSONPointer]
    private var steps: Int

    init(_ folder: SchemaFolder, after report: CheckReport) {
        self.folder = folder
        steps = folder.limits.schemaSteps.value
        spoken = report.violations.compactMap { JSONPointer($0.pointer) }
    }

    mutating func check(_ document: JSONValue, by schemas: [Schema], _ report: inout CheckReport) {
        for schema in schemas {
            guard
                let result = folder.library.check(
                    document, by: schema.address, limits: folder.limits, steps: &steps)
            else { continue }
            for failure in result.failures where !(schema.isBroken || (schema.hasOwnRules && isSpoken(failure.place))) {
                report.at(failure.place[...]) { $0.broken("\(failure.message) (\(schema.name))") }
            }
            for open in result.undecided {
                report.at(open.place[...]) { $0.leaveOut("\(schema.name) was not checked here: \(open.message)") }
            }
        }
    }

    struct Schema {
        let address: String
        let name: String
        /// Whether rules of our own have checked the same.
        let hasOwnRules: Bool
        /// Whether one of them does not hold.
        let isBroken: Bool
    }

    /// Whether one of our own rules does not hold there, around it or within it.
    private func isSpoken(_ place: [String]) -> Bool {
        let place = JSONPointer(place)
        return spoken.contains { $0.isWithin(place) || place.isWithin($0) }
    }
}

extension CheckReport {
    /// Looks at a place further in for as long as `body` runs.
    mutating func at(_ tokens: ArraySlice<String>, _ body: (inout CheckReport) -> Void) {
        guard let first = tokens.first else { return body(&self) }
        at(first) { $0.at(tokens.dropFirst(), body) }
    }
}
