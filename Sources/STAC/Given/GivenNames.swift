/// What values are called by whoever asks people for them: a command says its flags, so that a message names what was
/// written, and an Item what a value came by.
public struct GivenNames: Sendable {
    public var id = "id"
    public var collection = "collection"
    public var assetHref = "href of the asset"
    public var bands = "bands"
    public var sensor = "sensor"
    public var dimOrder = "dim_order"
    public var geometry = "geometry"
    public var world = "the world"
    public var box = "bbox"
    public var start = "a start"
    public var end = "an end"
    /// Start and end together.
    public var range = "start and end"
    /// Before the key of a property.
    public var property = "property"

    public init() {}
}
