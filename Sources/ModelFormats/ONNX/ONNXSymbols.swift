/// What a symbol of a dimension, `dim_param`, calls it.
enum ONNXSymbols {
    /// MLM's word where there is one, else the model's own; nil for what an exporter makes up.
    static func name(_ symbol: String, at index: Int) -> String? {
        let word = symbol.lowercased()
        if let known = letters[symbol] ?? words[word] { return index == 0 || known != "batch" ? known : nil }
        // Digits are an exporter's: `unk__12`, `s77`, `Convoutput_dim_2`; so are operators of expressions.
        guard (3...48).contains(word.utf8.count), !empty.contains(word),
            word.utf8.allSatisfy({ (97...122).contains($0) || $0 == 0x5F || $0 == 0x2D })
        else { return nil }
        return word
    }

    private static let letters = [
        "N": "batch", "B": "batch", "C": "channel", "H": "height", "W": "width", "bs": "batch",
    ]
    private static let words = [
        "batch": "batch", "batch_size": "batch", "batchsize": "batch", "batch-size": "batch", "num_batch": "batch",
        "channel": "channel", "channels": "channel", "num_channels": "channel", "in_channels": "channel",
        "num_bands": "channel", "height": "height", "image_height": "height", "img_height": "height", "width": "width",
        "image_width": "width", "img_width": "width", "depth": "depth", "sequence": "token", "sequence_length": "token",
        "seq": "token", "seq_len": "token", "seq_length": "token", "sequence_len": "token", "token": "token",
        "tokens": "token", "num_tokens": "token", "frame": "time", "frames": "time", "num_frames": "time",
        "time": "time", "timestep": "time", "timesteps": "time", "time_steps": "time",
    ]
    private static let empty: Set<String> = [
        "none", "unknown", "dynamic", "any", "null", "unk", "var", "dim", "bands", "variables",
    ]
}
