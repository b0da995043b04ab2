import ModelContainers
public import ModelFormats
public import ModelJSON

/// What can be said of a model in STAC MLM's words: the asset block, the Item properties that go with it, and the gaps.
///
/// Valid by construction against MLM v1.5.2. MLM wants `mlm:name`, inputs, outputs and hyperparameters in the Item's
/// properties and refuses them on an asset, so a draft always has the two parts.
public struct Draft: Codable, Hashable, Sendable {
    /// Fields for the `properties` of a STAC Item.
    public var properties: JSONObject
    /// One entry for the `assets` of the same Item.
    public var asset: JSONObject
    public var gaps: [Gap]

    /// Drafts a model. `href` is where the asset is, relative to the Item; `size` is nil for a directory.
    ///
    /// What the model declares of itself is used first.
    public init(_ facts: ModelFacts, declaration: Declaration? = nil, href: String, title: String, size: Int?) {
        var gaps: [Gap] = []
        properties = ItemProperties.draft(facts, gaps: &gaps)
        asset = ModelAsset.draft(facts, href: href, title: title, size: size)
        if facts.artifactType == nil, facts.roles?.contains("mlm:model") == true {
            // MLM wants one of every model asset.
            asset["mlm:artifact_type"] = "unknown"
            gaps.append(
                Gap(
                    "/assets/model/mlm:artifact_type", .notInArtifact,
                    "the call that wrote it, such as torch.save; edit the asset"))
        }
        self.gaps = gaps
        if let declaration { adopt(declaration) }
    }
}

/// Something the artifact does not say, and how a person can fill it.
public struct Gap: Codable, Hashable, Sendable {
    public enum Reason: String, Codable, CaseIterable, Sendable {
        /// No artifact of this format says it, or this one does not.
        case notInArtifact = "not-in-artifact"
        /// The artifact says something that MLM has no word for.
        case notExpressible = "not-expressible"
        /// The artifact says only a part of it.
        case partlyKnown = "partly-known"
    }

    /// JSON pointer into the Item.
    public var pointer: String
    public var reason: Reason
    public var hint: String

    public init(_ pointer: String, _ reason: Reason, _ hint: String) {
        self.pointer = pointer
        self.reason = reason
        self.hint = hint
    }
}
