import ModelContainers

/// What makes torch refuse an archive of torch.save: its layout, a storage that is missing or of another size, a view that
/// reaches beyond its storage. Nothing of a storage is read; sizes stand in the directory of the archive.
///
/// Source: caffe2/serialize/inline_container.cc, `PyTorchStreamReader::init`; torch/serialization.py, `_load`.
enum TorchObstacle {
    /// How many are reported one by one.
    private static let most = 8

    /// Reports what is wrong; the first one, or nil when nothing is.
    static func find(
        _ pickle: Pickle, _ layout: ArchiveLayout, folder: String, at place: String, isScript: Bool = false,
        into result: inout ProbeResult
    ) -> String? {
        var found = layoutFault(layout, folder)
        if let found { result.report(.warning, code: "torch.layout", "\(found): torch refuses it", at: place) }
        let storages = storages(pickle)
        // Of hundreds of thousands of storages only the faulty ones are held.
        let faults = storages.lazy.compactMap { key, needed in
            fault(of: key, needed: needed, layout.archive.entry("\(folder)data/\(key)")).map { (key: key, fault: $0) }
        }
        for (key, fault) in faults.sorted(by: { $0.key < $1.key }).prefix(most) {
            // torch.jit.load takes what is there for as many bytes as it needs.
            if isScript, layout.archive.entry("\(folder)data/\(key)") != nil {
                result.report(
                    .warning, code: "torch.storage", "\(fault): torch.jit.load does not check that",
                    at: "\(folder)data/\(key)")
                continue
            }
            found = found ?? fault
            result.report(.warning, code: "torch.storage", "\(fault): torch refuses it", at: "\(folder)data/\(key)")
        }
        for fault in isScript ? [] : views(pickle, storages).prefix(most) {
            found = found ?? fault
            result.report(.warning, code: "torch.view", "\(fault): torch refuses it", at: place)
        }
        return found
    }

    private static func layoutFault(_ layout: ArchiveLayout, _ folder: String) -> String? {
        if layout.archive.prefixBytes > 0 { return "bytes come before the archive" }
        if folder.isEmpty { return "its members are not in a top-level folder" }
        guard layout.archive.entry(folder + "version") != nil || layout.archive.entry(folder + ".data/version") != nil
        else { return "it has no record of its version" }
        return nil
    }

    private static func fault(of key: String, needed: Int, _ entry: ZipArchive.Entry?) -> String? {
        guard let entry else { return "storage data/\(key) is missing" }
        return entry.size == needed ? nil : "storage data/\(key) has \(entry.size) bytes, and not \(needed)"
    }

    /// Bytes of each storage whose content is in the archive.
    private static func storages(_ pickle: Pickle) -> [String: Int] {
        var storages: [String: Int] = [:]
        for storage in pickle.persistentIDs.lazy.compactMap(TorchStorage.init) where storage.location != "meta" {
            guard let count = storage.elements, count >= 0,
                let bytes = TorchDataType.bytes(count, of: storage.dataType)
            else { continue }
            storages[storage.rootKey] = bytes
        }
        return storages
    }

    /// Tensors whose last element would lie behind the end of their storage.
    private static func views(_ pickle: Pickle, _ storages: [String: Int]) -> [String] {
        var faults: [String] = []
        for object in pickle.objects where faults.count < most {
            guard object.callee.global?.module == "torch._utils", let tensor = TorchRebuild.tensor(object.value),
                let key = tensor.storageKey, let bytes = storages[key], let end = tensor.end,
                let needed = TorchDataType.bytes(end, of: tensor.dataType), needed > bytes
            else { continue }
            faults.append(
                "a tensor of shape \(tensor.shape) needs \(needed) bytes of storage data/\(key), which has \(bytes)")
        }
        return faults
    }
}
