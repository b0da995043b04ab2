/// Where a field was that the skeleton of a message leaves out, so that its content can be fetched after all.
///
/// One value stands for all occurrences that follow each other directly: a list of numbers that is not packed is one
/// run. Kept for message types whose .proto has a field `dropped`.
public struct ProtobufDropped: Hashable, Sendable {
    /// The number of the field.
    public let field: Int
    /// How often it occurs; a packed list occurs once.
    public let count: Int
    /// All occurrences with their tags and lengths, in positions of the source the message was read from.
    public let range: Range<Int>
    /// Bytes of all values together, without tags and lengths.
    public let length: Int

    /// Position of the value, nil when there are several.
    public var payload: Range<Int>? {
        count == 1 ? range.upperBound - length..<range.upperBound : nil
    }

    /// The number of the field `dropped` in every .proto of ours: no format that we read has a field 2047, and its tag
    /// takes two bytes.
    static let number = 2_047

    /// What is written to `dropped`, once for each run.
    var words: [Int] { [field, count, range.lowerBound, range.count, length] }
    static let wordCount = 5

    init(_ field: ProtobufField) {
        self.init(
            field: field.number, count: 1, range: field.offset..<field.payload.upperBound, length: field.payload.count)
    }

    /// The inverse of `words`.
    init(words: some RandomAccessCollection<Int>) {
        let words = Array(words)
        self.init(field: words[0], count: words[1], range: words[2]..<words[2] + words[3], length: words[4])
    }

    private init(field: Int, count: Int, range: Range<Int>, length: Int) {
        self.field = field
        self.count = count
        self.range = range
        self.length = length
    }

    /// This run with `next`, which follows directly, as one more occurrence; nil when that is another field.
    func joined(by next: ProtobufField) -> ProtobufDropped? {
        guard next.number == field else { return nil }
        return ProtobufDropped(
            field: field, count: count + 1, range: range.lowerBound..<next.payload.upperBound,
            length: length + next.payload.count)
    }
}
