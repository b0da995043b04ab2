extension Framework {
    static let pyTorch = Framework("PyTorch", aliases: ["torch"], origins: ["PyTorch"])
}

extension OwnReader {
    static let torch = OwnReader("torch")
    /// A zip of `torch.save`: the object, and its storages.
    static let torchSave = OwnReader("torch", members: ["data.pkl"], payload: ["data/"])
    static let torchStream = OwnReader("torch", runsPickle: true)
    static let torchMembers = OwnReader("torch", seesMembers: true)
}
