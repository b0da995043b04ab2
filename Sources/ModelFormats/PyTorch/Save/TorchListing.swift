import ModelBytes
import ModelContainers

/// Lists the tensors of a pickle, and finds where their storages lie.
struct TorchListing {
    private let listing: Listing
    /// Where the storage of this key begins; nil where it is not known.
    private let storage: (String) -> StoredTensor.Place?

    /// Nil when nobody asks for tensors.
    init?(_ listing: Listing?, storage: @escaping (String) -> StoredTensor.Place? = { _ in nil }) {
        guard let listing, listing.wantsTensors else { return nil }
        self.listing = listing
        self.storage = storage
    }

    /// The storages of an archive are members of their own, `data/0`.
    init?(_ listing: Listing?, _ layout: ArchiveLayout, folder: String) {
        self.init(listing) { key in layout.place(folder + key) }
    }

    /// A tensor that lies in this file as a whole, in a form of the file's own.
    func add(_ name: String, _ tensor: TorchTensor, file: String?) {
        listing.add(
            StoredTensor(
                name: name, shape: tensor.shape, dataType: tensor.dataType,
                bytes: tensor.elements.flatMap { TorchDataType.bytes($0, of: tensor.dataType) },
                place: StoredTensor.Place(file: file)))
    }

    func add(_ name: String, _ tensor: TorchTensor, sharedWith: String?) {
        // What is made of others does not lie in one piece.
        let isPlain = !tensor.isSparse && !tensor.isComposed
        var place = StoredTensor.Place()
        if isPlain, let key = tensor.storageKey, let found = storage(key) {
            place = found
            let start = TorchDataType.bytes(tensor.storageOffset, of: tensor.dataType)
            place.offset = found.offset.flatMap { offset in
                start.flatMap { offset.addingReportingOverflow($0).overflow ? nil : offset + $0 }
            }
        }
        let bytes = isPlain ? tensor.elements.flatMap { TorchDataType.bytes($0, of: tensor.dataType) } : nil
        listing.add(
            StoredTensor(
                name: name, shape: tensor.shape, dataType: tensor.dataType, bytes: bytes, place: place,
                sharedWith: sharedWith))
    }
}

extension ArchiveLayout {
    /// Where the member of this full name lies; nil when there is none.
    func place(_ name: String) -> StoredTensor.Place? {
        guard let entry = archive.entry(name) else { return nil }
        // One that is not where the directory of the archive says has a name, and no place.
        guard entry.isStored, let source = try? archive.open(entry) else {
            return StoredTensor.Place(entry: entry.name)
        }
        return StoredTensor.Place(in: source)
    }
}
