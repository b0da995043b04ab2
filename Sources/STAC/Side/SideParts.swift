import ModelContainers
import ModelJSON

/// Links and assets of a side file.
extension SideReader {
    private static let linkWords = ["rel", "href", "type", "title", "method", "headers", "body"]
    /// Extensions that say more of a link: which part of the data it leads to, how large that is, how an example runs.
    private static let linkExtensions = ["ml-aoi:", "file:", "example:"]

    func links(_ value: JSONValue, _ place: JSONPointer) throws(GivenError) -> [GivenLink] {
        guard let elements = value.array else {
            throw document.wrong(place, "links is \(value.outlined); write a list, each with rel and href")
        }
        var links: [GivenLink] = []
        for (index, element) in elements.enumerated() {
            let here = place.appending(index)
            guard let link = element.object else {
                throw document.wrong(here, "a link is \(element.outlined); write rel and href")
            }
            for key in link.keys
            where !Self.linkWords.contains(key) && !Self.linkExtensions.contains(where: key.hasPrefix) {
                throw document.wrong(
                    here.appending(key), "\(key) is no word of a link\(NearestWord.advice(key, among: Self.linkWords))")
            }
            try follow(CoreRules.links, .array([element]), here, wrappedIn: 1)
            for rule in [MLAOIRules.fields, FileRules.fields, ExampleLinkRules.link] { try follow(rule, element, here) }
            links.append(GivenLink(link, by: document.source(here)))
        }
        return links
    }

    /// Fields of the file itself, of MLM in their short form, and of extensions that are declared by their prefix.
    private static let assetWords = ["href", "type"] + CommonMetadata.words + VersionRules.words
    private static let assetWordsOfMLM = [
        "artifact_type", "compile_method", "entrypoint", "framework", "framework_version", "total_parameters",
        "memory_size", "accelerator", "accelerator_constrained", "accelerator_summary", "accelerator_count",
        "pretrained",
        "pretrained_source", "batch_size_suggestion", "architecture",
    ]

    func assets(_ value: JSONValue, _ place: JSONPointer) throws(GivenError) -> [GivenAsset] {
        guard let members = value.object else {
            throw document.wrong(place, "assets is \(value.outlined); write a mapping from keys to files")
        }
        var assets: [GivenAsset] = []
        for (key, value) in members {
            let here = place.appending(key)
            guard !key.isEmpty else { throw document.wrong(here, "the key of an asset is empty") }
            let written: JSONObject? = value.string.map { ["href": .string($0)] } ?? value.object
            guard let written else {
                throw document.wrong(here, "\(key) is \(value.outlined); write its href, type, title and roles")
            }
            var asset = JSONObject()
            var sources: [String: String] = [:]
            for (word, value) in written {
                let member = try assetKey(word, here)
                let value = value.string.map { .string(Moment.written($0, for: member)) } ?? value
                guard asset.insert(member, value) else {
                    throw document.wrong(here.appending(word), "\(word) was said already")
                }
                sources[member] = document.source(here.appending(word))
            }
            // What is said of the model's own file has its reference already.
            let whole =
                asset["href"] == nil ? JSONObject([("href", "./model")] + asset.map { ($0.key, $0.value) }) : asset
            try follow(CoreRules.assets, [key: .object(whole)], place)
            var given = GivenAsset(key, asset, by: document.source(here))
            given.sources = sources
            assets.append(given)
        }
        return assets
    }

    private func assetKey(_ word: String, _ asset: JSONPointer) throws(GivenError) -> String {
        if Self.assetWords.contains(word) { return word }
        if Self.assetWordsOfMLM.contains(word) { return "mlm:" + word }
        if word.hasPrefix("mlm:"), Self.assetWordsOfMLM.contains(String(word.dropFirst(4))) { return word }
        if Extensions.declares(word), !word.hasPrefix("mlm:") { return word }
        throw document.wrong(
            asset.appending(word),
            "\(word) is no word of an asset\(NearestWord.advice(word, among: Self.assetWords + Self.assetWordsOfMLM))")
    }

    /// Throws the first thing that a rule finds wrong with `value`, whose members stand at `place`, below as many levels that
    /// were put around them for the rule.
    func follow(
        _ rule: Rule, _ value: JSONValue, _ place: JSONPointer, wrappedIn levels: Int = 0
    ) throws(GivenError) {
        var report = CheckReport(most: 1)
        rule.check(value, &report)
        guard let found = report.violations.first, let within = JSONPointer(found.pointer) else { return }
        let deepest = JSONPointer(place.tokens + within.tokens.dropFirst(levels))
        throw document.wrong(deepest, "\(deepest.tokens.joined(separator: ".")) \(found.message)")
    }
}
