extension Int {
    /// With zeros before it where it has fewer than five digits, as TensorFlow, Hugging Face and llama.cpp number shards.
    var fiveDigits: String {
        let text = String(self)
        return String(repeating: "0", count: Swift.max(0, 5 - text.utf8.count)) + text
    }
}
