extension Framework {
    static let pyTorch = Framework("PyTorch", aliases: ["torch"], origins: ["PyTorch"])
}
