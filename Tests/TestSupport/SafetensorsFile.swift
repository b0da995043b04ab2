/// Files of safetensors for tests that only need there to be one.
public enum SafetensorsFile {
    /// One float32 named `w`.
    public static let oneFloat = of(#"{"w":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}}"#, data: [0, 0, 0, 0])

    /// A header of JSON as it is given, and the data behind it.
    public static func of(_ header: String, data: [UInt8]) -> [UInt8] {
        let length = UInt64(header.utf8.count)
        return (0..<8).map { UInt8(truncatingIfNeeded: length >> ($0 * 8)) } + Array(header.utf8) + data
    }
}
