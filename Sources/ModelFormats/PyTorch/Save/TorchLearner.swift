import ModelContainers
import ModelJSON

/// An object that keeps a module as one of its attributes, such as fastai's Learner, which `Learner.export` pickles whole.
///
/// Source: fastai/learner.py, `export`; fastai/data/transforms.py, `CategoryMap`.
struct TorchLearner {
    /// `module.Class` of the object.
    let className: String
    /// The attribute that is the module.
    let place: String
    let module: TorchModule
    /// The classes of its data, by index.
    let labels: [String]?

    private static let attributes = ["model", "module", "net", "network", "policy", "learner"]

    init?(_ root: PickleValue) {
        guard let object = root.object, let (package, name) = object.className, let state = object.state else {
            return nil
        }
        for attribute in Self.attributes {
            guard let value = state[attribute], let module = TorchModule(value) else { continue }
            className = "\(package).\(name)"
            place = attribute
            self.module = module
            labels = Self.labels(root.pickle)
            return
        }
        return nil
    }

    /// The one list of classes in it; several of them are of several targets.
    private static func labels(_ pickle: Pickle) -> [String]? {
        guard pickle.imports.contains(where: { $0.name == "CategoryMap" }) else { return nil }
        var found: [String]?
        for object in pickle.objects where object.callee.global != nil {
            guard let (module, name) = object.className, module == "fastai.data.transforms", name == "CategoryMap",
                let items = object.state?["items"]
            else { continue }
            // `L`, a list of fastcore, keeps its items in an attribute.
            let list = (items.object?.state?["items"] ?? items).elements
            guard list.count <= 1_024 else { continue }
            let texts = list.compactMap { $0.string.map(JSONValue.string) }
            guard texts.count == list.count, let labels = TorchSettings.labels(.array(texts)) else { continue }
            if let found, found != labels { return nil }
            found = labels
        }
        return found
    }
}
