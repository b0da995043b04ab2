import ModelContainers
import ModelJSON

/// What the README of MLM v1.5.2 says and its schema does not ask: notes, which leave a document valid.
enum MLMNotes {
    static let properties = Rule.members { properties, report in
        if properties["mlm:architecture"] == "" {
            report.at("mlm:architecture") { $0.note("is empty; write its name, or \"unknown\"") }
        }
        if properties["mlm:pretrained"] == false, properties["mlm:pretrained_source"]?.isNull != true {
            report.at("mlm:pretrained") { $0.note("is false, so that \"mlm:pretrained_source\" is to be null; add it") }
        }
        framework(properties, &report)
        outputTasks(properties, &report)
        for key in ["mlm:input", "mlm:output"] {
            repeatedNames(properties[key]?.array ?? [], key, &report)
        }
    }

    static let asset = Rule.members { asset, report in
        framework(asset, &report)
        if let method = asset["mlm:compile_method"]?.string, method != "aot", method != "jit" {
            report.at("mlm:compile_method") { $0.note("MLM knows \"aot\" and \"jit\"") }
        }
    }

    /// One shape and dim_order of an input or output.
    static func tensor(_ key: String) -> Rule {
        .members { port, report in
            guard let tensor = port[key]?.object, let shape = tensor["shape"]?.array,
                let order = tensor["dim_order"]?.array
            else { return }
            report.at(key) { report in
                if shape.count != order.count {
                    report.note(
                        "\"shape\" has \(shape.count) dimension\(shape.count == 1 ? "" : "s") and \"dim_order\" "
                            + "\(order.count); name each dimension once")
                }
                for (position, size) in shape.enumerated() where size.int == 0 {
                    report.at("shape") { report in
                        report.at(String(position)) { $0.note("no dimension has a size of 0; write -1 if it varies") }
                    }
                }
            }
            for name in ["bands", "variables"] { count(name, port, shape, order, &report) }
        }
    }

    /// As many bands as the dimension `bands` has places.
    private static func count(
        _ name: String, _ port: JSONObject, _ shape: [JSONValue], _ order: [JSONValue], _ report: inout CheckReport
    ) {
        guard let list = port[name]?.array, shape.count == order.count,
            let position = order.firstIndex(of: .string(name)), let size = shape[position].int, size > 0,
            size != list.count
        else { return }
        report.at(name) {
            $0.note("lists \(list.count), and the shape has \(size) in dimension \"\(name)\"")
        }
    }

    /// The spelling that MLM lists, for the same name in other letters.
    private static func framework(_ object: JSONObject, _ report: inout CheckReport) {
        guard let name = object["mlm:framework"]?.string, !frameworks.contains(name) else { return }
        let plain = name.lowercased()
        let listed = plain == "torch" ? "PyTorch" : frameworks.first { $0.lowercased() == plain }
        guard let listed else { return }
        report.at("mlm:framework") { $0.note("MLM spells it \"\(listed)\"") }
    }

    private static let frameworks = [
        "PyTorch", "TensorFlow", "scikit-learn", "Hugging Face", "Keras", "ONNX", "rgee", "spatialRF", "JAX", "Flax",
        "MXNet", "Caffe", "PyMC", "Weka", "Paddle",
    ]

    /// The model's tasks are those of all its outputs together.
    private static func outputTasks(_ properties: JSONObject, _ report: inout CheckReport) {
        let tasks = Set((properties["mlm:tasks"]?.array ?? []).compactMap(\.string))
        for (position, output) in (properties["mlm:output"]?.array ?? []).enumerated() {
            for task in (output["tasks"]?.array ?? []).compactMap(\.string) where !tasks.contains(task) {
                report.at("mlm:output") { report in
                    report.at(String(position)) { report in
                        report.at("tasks") {
                            $0.note("\(JSONValue.string(task).outlined) is not in \"mlm:tasks\"; add it there")
                        }
                    }
                }
            }
        }
    }

    private static func repeatedNames(_ ports: [JSONValue], _ key: String, _ report: inout CheckReport) {
        var places: [JSONKey: Int] = [:]
        for (position, port) in ports.enumerated() {
            guard let name = port["name"]?.string else { continue }
            guard let first = places[JSONKey(name)] else {
                places[JSONKey(name)] = position
                continue
            }
            report.at(key) { report in
                report.at(String(position)) { $0.note("has the same name as number \(first); give it another") }
            }
        }
    }
}
