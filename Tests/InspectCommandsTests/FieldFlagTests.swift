import STAC
import Testing

@testable import InspectCommands

/// Flags of `draft` beside the fields that they fill.
@Suite struct FieldFlagTests {
    /// A Collection has them, and no field of an Item.
    private static let ofCollections: Set<String> = ["extent/spatial", "extent/temporal"]

    @Test func everyFlagIsOfAField() {
        for word in FieldFlag.all.keys where !Self.ofCollections.contains(word) {
            #expect(Field.named(word) != nil, "\(word)")
        }
    }

    @Test func everyFlagIsInTheHelp() async throws {
        let help = try await Program.run("draft", "--help").output
        for (word, flag) in FieldFlag.all {
            let named = [flag.name, flag.usage, flag.inCommand].compactMap { $0 }.flatMap {
                $0.split { $0 == " " || $0 == "," }
            }
            .filter { $0.hasPrefix("-") }
            #expect(!named.isEmpty, "\(word)")
            for name in named { #expect(help.contains(name + " ") || help.contains(name + ","), "\(word): \(name)") }
        }
    }

    @Test func whatIsMissingNamesItsFlag() {
        #expect(FieldFlag.supplying(Gap("/properties/mlm:tasks", .notInArtifact, ""))?.name == "--task")
        let order = Gap("/properties/mlm:input/0/input/dim_order", .notInArtifact, "")
        #expect(FieldFlag.supplying(order)?.name == "--dim-order")
        #expect(FieldFlag.supplying(Gap("/extent/spatial", .notInArtifact, ""))?.name == nil)
        #expect(FieldFlag.supplying(Gap("/properties/platform", .notInArtifact, "")) == nil)
    }
}
