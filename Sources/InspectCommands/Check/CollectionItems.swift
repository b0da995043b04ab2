import ModelBytes
import ModelJSON
import STAC
import SystemPackage

/// The Items that a Collection links to, as files beside or below its own.
struct CollectionItems {
    let paths: [String]
    /// Links that lead elsewhere, each with what is said of it.
    let notes: [Violation]

    /// `place`: where the Collection's own file is.
    init(_ collection: JSONValue, at place: String) {
        var paths: [String] = []
        var notes: [Violation] = []
        let folder = FilePath(place).removingLastComponent()
        for (position, link) in (collection["links"]?.array ?? []).enumerated() where link["rel"] == "item" {
            guard let href = link["href"]?.string else { continue }
            let relative = Href.pathComponents(href).joined(separator: "/")
            if Artifact.staysBelow(href), !href.contains(":"), Artifact.staysBelow(relative) {
                paths.append(folder.appending(FilePath(relative).components).string)
            } else {
                notes.append(
                    Violation(
                        pointer: JSONPointer(["links", String(position), "href"]).description,
                        message: "leads out of the folder of the Collection, so that the Item was not compared"))
            }
        }
        self.paths = paths
        self.notes = notes
    }
}
