import ModelJSON

/// The categories of pandas columns: one list for each of them, in the order of the columns; trees hold the places in it.
///
/// Source: `_data_from_pandas` of python-package/lightgbm/basic.py.
struct LightGBMCategories {
    let byFeature: [(index: Int, texts: [String])]

    /// Nil when it is not certain which columns they are.
    init?(_ model: LightGBMModel) {
        let lists = model.categories?.array ?? []
        guard !lists.isEmpty, model.columns.areListed else { return nil }
        let features = model.columns.features
        // What the training was told, else what the trees show.
        let setting = model.parameters["categorical_feature"].flatMap { $0.string ?? $0.number?.text } ?? ""
        let told = setting.split(separator: ",").compactMap { Int($0) }
        let shown = features.indices.filter { features[$0].dataType == "categorical" }
        let columns = [Array(Set(told)).sorted(), shown].first { $0.count == lists.count }
        guard let columns, columns.allSatisfy(features.indices.contains) else { return nil }
        var byFeature: [(index: Int, texts: [String])] = []
        for (index, list) in zip(columns, lists) {
            let texts = (list.array ?? []).compactMap(Self.text)
            let codes = features[index].categories ?? []
            guard texts.count == list.array?.count, !texts.isEmpty,
                codes.allSatisfy({ Int($0).map(texts.indices.contains) ?? false })
            else { return nil }
            byFeature.append((index, texts))
        }
        self.byFeature = byFeature
    }

    private static func text(_ value: JSONValue) -> String? {
        value.string ?? value.number?.text ?? value.bool.map { $0 ? "True" : "False" }
    }
}
