import MLMInspect
import ModelBytes
import ModelJSON
import STAC

/// Compares the Items of Collections with their models in a folder.
struct CollectionDrift {
    private let artifacts: ArtifactFolder
    private let schemas: SchemaFolder?
    private let reader: DocumentReader
    private let inspector: Inspector

    init(_ artifacts: ArtifactFolder, _ schemas: SchemaFolder?, _ reader: DocumentReader, _ inspector: Inspector) {
        self.artifacts = artifacts
        self.schemas = schemas
        self.reader = reader
        self.inspector = inspector
    }

    /// Hands on the result for a document, and for each Item that it links to when it is a Collection; and why some could
    /// not be compared.
    func check(
        _ document: Document, _ result: (CheckedDocument) throws -> Void, problem: (String) -> Void
    ) throws {
        var checked = CheckedDocument(document, schemas)
        guard let value = document.value, checked.kind == .collection else {
            compare(document, &checked, problem)
            return try result(checked)
        }
        let items = CollectionItems(value, at: document.path)
        checked.add(notes: items.notes)
        try result(checked)
        for path in items.paths {
            try reader.read(path) { item in
                var checked = CheckedDocument(item, schemas)
                compare(item, &checked, problem)
                try result(checked)
            }
        }
    }

    /// Every model of an Item.
    private func compare(_ document: Document, _ checked: inout CheckedDocument, _ problem: (String) -> Void) {
        guard let item = document.value, checked.kind == .item else { return }
        for (key, asset) in item["assets"]?.object ?? [:] {
            guard let asset = asset.object, let href = asset["href"]?.string,
                asset["roles"]?.array?.contains("mlm:model") ?? false
            else { continue }
            switch artifacts.artifact(href) {
            case .one(let path):
                let drift = ArtifactDrift(path, item: item, key: key, asset: asset, inspector)
                checked.compare(drift)
                if let text = drift.problem { problem(text) }
            case .none: problem("\(document.path): no model of the folder is asset \(key) (\(href))")
            case .several(let paths):
                problem(
                    "\(document.path): asset \(key) (\(href)) may be \(paths.prefix(5).joined(separator: " or "))")
            }
        }
    }
}
