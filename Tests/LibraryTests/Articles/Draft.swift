import MLMInspect

/// A STAC Item of the model at `path`, completed with what the file cannot say; nil if it is not a model.
func item(of path: String, id: String, href: String) -> JSONValue? {
    let record = Inspector().inspect(path)
    guard let source = record.itemSource(href: href) else { return nil }
    var item = Item([source], id: id, idRule: "chosen by the caller")
    for gap in item.gaps { print("missing: \(gap.pointer): \(gap.hint)") }

    item.properties["mlm:tasks"] = ["semantic-segmentation"]
    item.geometry = ["type": "Point", "coordinates": [13.4, 52.5]]
    item.bbox = [13.4, 52.5, 13.4, 52.5]
    item.properties["datetime"] = "2017-06-30T12:00:00Z"
    return item.json(isFinal: true)
}
