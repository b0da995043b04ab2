import ModelJSON

extension Record {
    /// The record as JSON text, as `mlm-inspect -f json` prints it.
    ///
    /// It can be decoded again, since a record is `Codable`. Throws for a number that JSON cannot spell.
    public var json: String {
        get throws { try JSONValueEncoder().encode(self).write(pretty: true) }
    }
}
