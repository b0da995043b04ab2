import ModelBytes
import ModelContainers
import ModelJSON

/// `meta` of a checkpoint that mmcv or mmengine wrote (mmcv/runner/checkpoint.py, mmengine/runner/runner.py): the library,
/// its version, the classes of the data set, the environment.
struct OpenMMLabMeta {
    private let meta: TorchMapping
    private let place: String
    private let limits: Limits

    init(_ meta: TorchMapping, at place: String, limits: Limits) {
        self.meta = meta
        self.place = place
        self.limits = limits
    }

    /// Libraries by the key of their version, and the one task that all models of some of them have.
    private static let libraries: [(key: String, name: String, task: String?)] = [
        ("mmseg_version", "mmsegmentation", "semantic-segmentation"),
        ("mmdet_version", "mmdet", "object-detection"),
        ("mmrotate_version", "mmrotate", "object-detection"),
        ("mmcls_version", "mmcls", "classification"),
        ("mmpretrain_version", "mmpretrain", nil),
        ("mmengine_version", "mmengine", nil), ("mmcv_version", "mmcv", nil),
    ]

    func fill(_ result: inout ProbeResult) {
        for library in Self.libraries {
            guard let version = meta[library.key]?.string, version.utf8.count <= 64 else { continue }
            if result.facts.producer == nil {
                result.facts.producer = Producer(name: library.name, version: version)
                result.note("producer", .read, "\(place).\(library.key)")
            }
            if result.facts.tasks == nil, let task = library.task {
                result.facts.tasks = [task]
                result.note("tasks", .derived, "\(place).\(library.key): a model of \(library.name)")
            }
        }
        let dataset = meta["dataset_meta"].flatMap(TorchMapping.init)
        for (value, key) in [
            (meta["CLASSES"], "CLASSES"), (dataset?["classes"], "dataset_meta.classes"),
            (dataset?["CLASSES"], "dataset_meta.CLASSES"),
        ] {
            guard result.facts.labels == nil,
                let labels = value.flatMap({ PickleJSON.json($0, limits: limits) }).flatMap(TorchSettings.labels)
            else { continue }
            result.facts.labels = labels
            result.note("labels", .read, "\(place).\(key)")
        }
        environment(&result)
    }

    /// `PyTorch: 1.9.0` on a line of its own.
    private func environment(_ result: inout ProbeResult) {
        guard let text = meta["env_info"]?.string, text.utf8.count <= 64 << 10 else { return }
        for line in text.split(whereSeparator: \.isNewline) where line.hasPrefix("PyTorch: ") {
            let version = String(line.dropFirst("PyTorch: ".count).prefix { !$0.isWhitespace })
            if TorchVersionText.isVersion(version) {
                TorchVersionText.set(version, at: "\(place).env_info", &result)
            }
        }
    }
}
