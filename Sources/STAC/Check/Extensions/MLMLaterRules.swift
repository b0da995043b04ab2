import ModelJSON

/// MLM v1.6.0, as far as it is known by what writes it (stac-model 0.7.0): the fields of v1.5.2, others beside them, and
/// Collections that declare it and summarise any field of a model but its inputs, outputs and hyperparameters.
enum MLMLaterRules {
    static let uri = "\(SchemaAddress.extensions)mlm/v1.6.0/schema.json"

    static func check(_ document: JSONValue, _ kind: DocumentKind, _ report: inout CheckReport) {
        switch kind {
        case .item: item.check(document, &report)
        case .collection: collection.check(document, &report)
        case .catalog: break
        }
    }

    private static let item = Rule.all(
        .object(
            [
                "properties": .all(MLMRules.knownFields, MLMRules.requiredOfItems, MLMNotes.properties),
                "assets": .object(others: .all(MLMRules.knownFields, MLMRules.assetsAlone)),
            ], required: ["properties", "assets"]),
        MLMRules.modelAssetIsThere)

    private static let assets = Rule.object(others: MLMRules.knownFields)

    private static let collection = Rule.object([
        "summaries": .without(
            ["mlm:input", "mlm:output", "mlm:hyperparameters"], "is not summarised; leave it to the Items"),
        "assets": assets, "item_assets": assets,
    ])
}
