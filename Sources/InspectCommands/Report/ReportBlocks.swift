import ModelBytes
import ModelContainers

/// JSON values that are compressed together and stand in the page as data of no type that a browser would run.
struct ReportBlocks {
    private let name: String
    /// How much is gathered before it is compressed: the larger, the smaller the page, and the longer to unpack one value.
    private let capacity: Int
    private var waiting: [UInt8] = []
    private var count = 0

    init(_ name: String, capacity: Int) {
        self.name = name
        self.capacity = capacity
    }

    /// The next value; what is given back is the block that it filled.
    mutating func add(_ json: [UInt8]) throws(InspectionError) -> String {
        waiting.append(UInt8(ascii: count == 0 ? "[" : ","))
        waiting.append(contentsOf: json)
        count += 1
        return waiting.count >= capacity ? try flush() : ""
    }

    mutating func flush() throws(InspectionError) -> String {
        guard count > 0 else { return "" }
        defer {
            waiting.removeAll(keepingCapacity: true)
            count = 0
        }
        let text = Base85.text(try Deflated.zlib(waiting + [UInt8(ascii: "]")]))
        return "<script type=\"application/octet-stream\" class=\"\(name)\" data-count=\"\(count)\">\(text)</script>\n"
    }
}
