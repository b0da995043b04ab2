import ModelBytes
import ModelJSON

/// One model of a pipeline in a folder of its own: `config.json` names its class of diffusers.
///
/// Source: diffusers/configuration_utils.py, `save_config`; diffusers/models/modeling_utils.py.
enum DiffusersComponent {
    static func fill(_ folder: LibraryFolder, _ result: inout ProbeResult) {
        FolderName.fill(&result, folder.subject)
        let place = "config.json"
        let name = folder.config["_class_name"]?.string.flatMap { RemoteCode.isName($0) ? $0 : nil }
        if let name {
            result.facts.architecture = name
            result.note("architecture", .read, "\(place): _class_name")
        }
        if let version = folder.config["_diffusers_version"]?.string {
            result.facts.producer = Producer(name: "diffusers", version: version)
            result.note("producer", .read, "\(place): _diffusers_version")
        }
        result.variant = [result.variant, "diffusers"].compactMap(\.self).joined(separator: ", ")
        TransformersFacts(folder.config, nil, folder.subject).hyperparameters(&result)
        let path = PythonText.quoted(folder.subject.artifact.name)
        var loading = result.loading ?? Loading(.dataOnly)
        loading.call = "diffusers.\(name ?? "AutoModel").from_pretrained(\(path))"
        loading.requires = ["diffusers", "torch"]
        result.loading = loading
    }
}
