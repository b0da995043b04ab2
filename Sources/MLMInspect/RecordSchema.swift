public import ModelContainers

/// The JSON Schema of the record.
public enum RecordSchema {
    public static let document: JSONValue = [:]
}
