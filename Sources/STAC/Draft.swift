import ModelContainers
package import ModelFormats
public import ModelJSON

/// The STAC MLM metadata of a model: the asset, the Item properties that go with it, and what is missing.
///
/// Valid by construction against MLM v1.5.2. MLM wants `mlm:name`, inputs, outputs and hyperparameters in the Item's
/// properties and refuses them on an asset, so a draft always has the two parts.
public struct Draft: Codable, Hashable, Sendable {
    /// Fields for the `properties` of a STAC Item.
    public var properties: JSONObject
    /// One entry for the `assets` of the same Item.
    public var asset: JSONObject
    /// What is missing.
    public var gaps: [Gap]

    /// Drafts a model. `href` is where the asset is, relative to the Item; `size` is nil for a directory.
    ///
    /// Metadata that the model carries is used first.
    package init(_ facts: ModelFacts, declaration: Declaration? = nil, href: String, title: String, size: Int?) {
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

/// A value that is missing, and how a person can supply it.
public struct Gap: Codable, Hashable, Sendable {
    /// Why a value is missing.
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
    /// Why the value is missing.
    public var reason: Reason
    /// How a person can supply it.
    public var hint: String

    /// Creates a note on a missing value.
    public init(_ pointer: String, _ reason: Reason, _ hint: String) {
        self.pointer = pointer
        self.reason = reason
        self.hint = hint
    }

    /// Whether it is at a place, or within it. A pointer is not read for that: Items ask it of every property.
    func isWithin(_ place: String) -> Bool {
        let (own, other) = (pointer.utf8, place.utf8)
        guard own.starts(with: other) else { return false }
        return own.count == other.count || own.dropFirst(other.count).first == UInt8(ascii: "/")
    }

    /// What is missing, in one word: the property, `geometry`, `href` of an asset, `extent/spatial` of a Collection. Nil
    /// for what is a part of something larger.
    public var key: String? {
        let parts = pointer.split(separator: "/", omittingEmptySubsequences: false).dropFirst().map(String.init)
        switch (parts.first, parts.count) {
        case ("properties", 2): return parts[1]
        case ("assets", 3): return parts[2]
        case ("extent", 2): return parts.joined(separator: "/")
        case (_, 1): return parts[0]
        default: return nil
        }
    }
}
