import ModelBytes
import ModelJSON

/// `config.json` of timm: `architecture`, `num_classes`, `pretrained_cfg` (timm/models/_hub.py, save_config_for_hf).
enum TimmFacts {
    static func fill(_ folder: LibraryFolder, _ result: inout ProbeResult) {
        FolderName.fill(&result, folder.subject)
        let config = folder.config
        let place = "config.json: pretrained_cfg"
        let pretrained = config["pretrained_cfg"] ?? [:]
        result.variant = [result.variant, "timm"].compactMap(\.self).joined(separator: ", ")
        if let architecture = config["architecture"]?.string ?? pretrained["architecture"]?.string {
            result.facts.architecture = architecture
            result.note("architecture", .read, "config.json: architecture")
        }
        if let license = pretrained["license"]?.string {
            result.facts.license = SPDX.spelling(license)
            result.note("license", .read, "\(place).license")
        }
        // These are arguments of the model, and come before what it was pretrained with (timm/models/_factory.py).
        let arguments = config["model_args"] ?? [:]
        var places = ["\(place).input_size, mean and std of images divided by 255"]
        var sizes = pretrained["input_size"]?.array?.compactMap(\.int) ?? []
        if sizes.count == 3 {
            if let channels = arguments["in_chans"]?.int {
                sizes[0] = channels
                places.append("model_args.in_chans")
            }
            if let sides = LibraryFolder.sides(arguments["img_size"]) {
                sizes.replaceSubrange(1..., with: sides)
                places.append("model_args.img_size")
            }
        }
        if sizes.count == 3, sizes.allSatisfy({ $0 > 0 }) {
            result.facts.inputs = [Port.image("x", sizes, dataType: folder.dataType, pretrained)]
            result.note("inputs", .read, places.joined(separator: "; "))
        }
        let classes = arguments["num_classes"]?.int ?? config["num_classes"]?.int ?? pretrained["num_classes"]?.int
        if let classes, classes > 0 {
            let names = (config["label_names"] ?? pretrained["label_names"])?.array?.compactMap(\.string) ?? []
            result.facts.outputs = [
                Port(
                    name: "logits", shape: [-1, classes], dataType: folder.dataType, dimOrder: ["batch", "class"],
                    labels: names.count == classes ? names : nil)
            ]
            result.facts.tasks = ["classification"]
            let isOwn = config["num_classes"]?.int != nil
            let origin = isOwn ? "config.json: num_classes" : "\(place).num_classes"
            let isArgument = arguments["num_classes"]?.int != nil
            result.note("outputs", .read, isArgument ? "config.json: model_args.num_classes" : origin)
            result.note("tasks", .derived, "config.json: num_classes of a timm model")
        }
        if let arguments = config["model_args"]?.object, !arguments.isEmpty {
            result.facts.hyperparameters = arguments
            result.note("hyperparameters", .read, "config.json: model_args")
        }
        let path = PythonText.quoted("local-dir:" + folder.subject.artifact.name)
        result.loading = Loading(
            result.loading?.verdict ?? .dataOnly, call: "timm.create_model(\(path), pretrained=True)",
            requires: ["timm", "torch"])
    }
}
