/// Documents of JSON that lie beside models of transformers, by the keys that their writers always set.
///
/// Source: tokenizers/src/tokenizer/serialization.rs; transformers/tokenization_utils_base.py, trainer_callback.py,
/// image_processing_base.py, generation/configuration_utils.py.
enum JSONLookAlikes {
    private struct Rule {
        /// All of these keys are there.
        let keys: [String]
        let word: String
        let name: String

        init(_ keys: [String], _ word: String, _ name: String) {
            self.keys = keys.map { "\"\($0)\"" }
            self.word = word
            self.name = name
        }
    }

    private static let beside = "; the model lies beside it"

    private static let rules: [Rule] = [
        Rule(["added_tokens", "truncation"], LookAlike.tokenizer, "a tokenizer"),
        Rule(["added_tokens", "pre_tokenizer"], LookAlike.tokenizer, "a tokenizer"),
        Rule(["tokenizer_class"], LookAlike.tokenizer, "the configuration of a tokenizer"),
        Rule(["model_max_length", "added_tokens_decoder"], LookAlike.tokenizer, "the configuration of a tokenizer"),
        Rule(["log_history", "global_step"], "companion", "the record of a training"),
        Rule(["image_processor_type"], "companion", "the configuration of preprocessing"),
        Rule(["feature_extractor_type"], "companion", "the configuration of preprocessing"),
        Rule(["_from_model_config", "transformers_version"], "companion", "the configuration of text generation"),
        Rule(["eos_token_id", "bos_token_id", "transformers_version"], "companion", "a configuration of transformers"),
    ]

    static func look(at text: Substring, _ subject: InspectedArtifact) -> LookAlike? {
        guard text.first == "{" else { return nil }
        if subject.headContains("\"model_type\""),
            subject.headContains("\"architectures\"") || subject.headContains("\"transformers_version\"")
        {
            return LookAlike(
                "architecture-only", seen: "JSON with model_type",
                "it is the configuration of a Hugging Face model without its weights; inspect the folder it lies in",
                .warning)
        }
        for rule in rules where rule.keys.allSatisfy(subject.headContains) {
            return LookAlike(
                rule.word, seen: "JSON with \(rule.keys.joined(separator: " and "))", "it is \(rule.name)\(beside)",
                .note, .plausible)
        }
        if isSpecialTokens(text) {
            return LookAlike(
                LookAlike.tokenizer, seen: "JSON of special tokens alone", "it lists special tokens of a tokenizer",
                .note, .plausible)
        }
        if subject.headContains("\"FeatureCollection\"") {
            return LookAlike("data", seen: "JSON with FeatureCollection", "it is GeoJSON", .note, .plausible)
        }
        return nil
    }

    /// Its first key is that of a special token.
    private static func isSpecialTokens(_ text: Substring) -> Bool {
        let first = text.dropFirst().drop { $0.isWhitespace }
        guard first.first == "\"", let key = first.dropFirst().split(separator: "\"", maxSplits: 1).first else {
            return false
        }
        return [
            "bos_token", "eos_token", "unk_token", "sep_token", "pad_token", "cls_token", "mask_token",
            "additional_special_tokens",
        ].contains(key)
    }
}
