import ModelContainers
import ModelJSON

extension Draft {
    /// Puts what the model declares of itself first; what only the artifact says of an input or output is kept.
    mutating func adopt(_ declaration: Declaration) {
        for (key, value) in declaration.properties {
            let read = properties[key]
            switch key {
            case "mlm:input", "mlm:output": properties[key] = Self.merged(value, read)
            default: properties[key] = value
            }
            gaps.removeAll { gap in
                JSONPointer(gap.pointer)?.isWithin(JSONPointer(["properties", key])) ?? false
            }
        }
        if let bands = declaration.properties["bands"] { asset["bands"] = bands }
        if asset["mlm:compile_method"] == nil, let method = declaration.asset["mlm:compile_method"]?.string,
            method == "aot" || method == "jit"
        {
            asset["mlm:compile_method"] = .string(method)
        }
    }

    /// Labels and columns that were read, where nothing is declared in their place.
    private static func merged(_ declared: JSONValue, _ read: JSONValue?) -> JSONValue {
        guard let ports = declared.array, let known = read?.array else { return declared }
        return .array(
            ports.enumerated().map { index, port in
                let alone = ports.count == 1 && known.count == 1 ? known.first : Optional.none
                guard var members = port.object,
                    let other = known.first(where: { $0["name"] == port["name"] }) ?? alone
                else { return port }
                for key in ["classification:classes", "mlm_inspect:features"] where members[key] == nil {
                    members[key] = other[key]
                }
                return .object(members)
            })
    }
}
