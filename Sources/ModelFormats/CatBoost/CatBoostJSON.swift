import ModelBytes
import ModelContainers
import ModelJSON

/// The same as JSON.
///
/// Source: catboost/libs/model/model_export/json_model_helpers.cpp.
extension CatBoostModel {
    mutating func json(_ source: ByteSource) throws(InspectionError) {
        var scanner = JSONScanner(source, limits: limits, dialect: .python)
        var hasTrees = false
        try scanner.object { key, scanner in
            switch (key, try scanner.kind()) {
            case ("features_info", .object):
                try scanner.object { key, scanner in try self.features(key, &scanner) }
            case ("model_info", .object):
                try scanner.object { key, scanner in
                    if try scanner.kind() == .string {
                        self.inform(key.text, try scanner.string())
                    } else if self.information.count < self.limits.listedValues.value {
                        self.information[key.text] = try scanner.value()
                    }
                }
            case ("oblivious_trees", .array), ("trees", .array):
                self.trees = try scanner.count()
                hasTrees = true
            case ("scale_and_bias", .array):
                // [scale, [a bias for each dimension]]
                var index = 0
                try scanner.array { scanner in
                    if index == 1, try scanner.kind() == .array { self.dimension = try scanner.count() }
                    index += 1
                }
            default: break
            }
        }
        try scanner.end()
        readInformation()
        guard hasTrees else { throw InspectionError(.malformed, "has no trees", entry: source.entry, offset: 0) }
    }

    private mutating func features(_ key: JSONKey, _ scanner: inout JSONScanner) throws(InspectionError) {
        let types = [
            "float_features": "float32", "categorical_features": "categorical", "text_features": "text",
            "embedding_features": "embedding",
        ]
        guard let type = types[key.text], try scanner.kind() == .array else { return }
        try scanner.array { scanner in
            guard try scanner.kind() == .object else { return }
            var place: Int?
            var name: String?
            try scanner.object { key, scanner in
                switch (key, try scanner.kind()) {
                case ("flat_feature_index", .number): place = try scanner.int()
                case ("feature_id", .string), ("feature_name", .string): name = try scanner.string()
                default: break
                }
            }
            // A feature without a name goes by its number.
            self.add(
                Feature(name: name.flatMap { $0.isEmpty ? nil : $0 } ?? String(place ?? -1), dataType: type), at: place)
        }
    }
}
