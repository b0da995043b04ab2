/// What values are called by whoever asks people for them: a command says its flags, so that a message names what was
/// written, and an Item what a value came by.
package struct GivenNames: Sendable {
    package var id = "id"
    package var collection = "collection"
    package var assetHref = "href of the asset"
    package var bands = "bands"
    package var sensor = "sensor"
    package var dimOrder = "dim_order"
    package var geometry = "geometry"
    package var world = "the world"
    package var box = "bbox"
    package var start = "a start"
    package var end = "an end"
    /// Start and end together.
    package var range = "start and end"
    /// Before the key of a property.
    package var property = "property"

    package init() {}
}
