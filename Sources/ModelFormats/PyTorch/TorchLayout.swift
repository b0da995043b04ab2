import ModelContainers

extension InspectedArtifact {
    /// The layout of the zip archive as torch sees it: its records lie in the folder of the first entry, whatever other
    /// folders there are.
    ///
    /// Source: caffe2/serialize/inline_container.cc, PyTorchStreamReader::init.
    var torchLayout: ArchiveLayout? {
        guard let layout, layout.folder.isEmpty, let first = layout.archive.entries.first?.name,
            let slash = first.firstIndex(of: "/")
        else { return layout }
        let inner = ArchiveLayout(layout.archive, folder: String(first[...slash]))
        return inner.has("data.pkl") || inner.hasEntries(under: "models/") ? inner : layout
    }
}
